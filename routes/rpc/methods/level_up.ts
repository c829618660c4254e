import { z } from "zod";
import { Choices, CreatureRef, RecordRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const levelUp = command({
  name: "levelUp",
  since: 1,
  who: seat("own"),
  params: z.strictObject({
    character: CreatureRef,
    hp: z.enum(["average", "roll"]),
    choices: Choices.exactOptional(),
    spells: z.array(RecordRef).max(20).exactOptional(),
  }),
  cost: 2,
  errors: [
    "turn/wrong_mode",
    "character/not_enough_xp",
    "character/max_level",
    "character/bad_choice",
    "character/dead",
    "magic/unknown_spell",
  ],
  about: "Raises a character by one level, in camp",
  example: { character: "c_aldric", hp: "average" },
  intent: (params) => ({ type: "LevelUp", ...params }),
});
