import { z } from "zod";
import { CreatureRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const guard = command({
  name: "guard",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef }),
  cost: 2,
  errors: ["character/not_yours", "turn/not_yours", "turn/wrong_mode", "combat/no_action"],
  about: "Strikes at whoever comes into reach before the next turn",
  example: { character: "c_aldric" },
  intent: ({ character }) => ({ type: "Guard", character }),
});
