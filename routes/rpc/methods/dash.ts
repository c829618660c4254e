import { z } from "zod";
import { CreatureRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const dash = command({
  name: "dash",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef }),
  cost: 2,
  errors: ["turn/wrong_mode", "turn/not_yours", "turn/prompt_open", "combat/incapacitated", "combat/no_action"],
  about: "Gains its speed once more as movement",
  example: { character: "c_aldric" },
  intent: ({ character }) => ({ type: "Dash", character }),
});
