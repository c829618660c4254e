import { z } from "zod";
import { CreatureRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const bandage = command({
  name: "bandage",
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
  about: "Stabilises a dying ally beside the character",
  example: { character: "c_aldric", ally: "c_brianna" },
  intent: ({ character, ally }) => ({ type: "Bandage", character, ally }),
});
