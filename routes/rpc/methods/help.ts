import { z } from "zod";
import { CreatureRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const help = command({
  name: "help",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef, ally: CreatureRef }),
  cost: 2,
  errors: [
    "turn/wrong_mode",
    "turn/not_yours",
    "turn/prompt_open",
    "combat/incapacitated",
    "combat/no_action",
    "combat/bad_target",
    "combat/not_adjacent",
  ],
  about: "Gives an ally advantage on the next attack",
  example: { character: "c_aldric", ally: "c_brianna" },
  intent: ({ character, ally }) => ({ type: "Help", character, ally }),
});
