import { z } from "zod";
import { CreatureRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const guard = command({
  name: "guard",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef }),
  cost: 2,
  errors: [
    "turn/wrong_mode",
    "turn/not_yours",
    "turn/prompt_open",
    "combat/incapacitated",
    "combat/no_action",
    "combat/no_reaction",
    "combat/no_weapon",
  ],
  about: "Strikes at whoever comes into reach before the next turn",
  example: { character: "c_aldric" },
  intent: ({ character }) => ({ type: "Guard", character }),
});
