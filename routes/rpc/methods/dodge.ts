import { z } from "zod";
import { CreatureRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const dodge = command({
  name: "dodge",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef }),
  cost: 2,
  errors: ["turn/wrong_mode", "turn/not_yours", "turn/prompt_open", "combat/incapacitated", "combat/no_action"],
  about: "Attackers have disadvantage until the next turn",
  example: { character: "c_aldric" },
  intent: ({ character }) => ({ type: "Dodge", character }),
});
