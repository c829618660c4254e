import { z } from "zod";
import { CreatureRef, RecordRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const useFeature = command({
  name: "useFeature",
  since: 1,
  who: seat("own"),
  params: z.strictObject({
    character: CreatureRef,
    feature: RecordRef,
    target: CreatureRef.exactOptional(),
    amount: z.int().min(1).max(1_000).exactOptional(),
    choice: RecordRef.exactOptional(),
  }),
  cost: 2,
  errors: [
    "turn/wrong_mode",
    "turn/not_yours",
    "turn/prompt_open",
    "combat/incapacitated",
    "combat/no_action",
    "combat/no_bonus_action",
    "combat/already_acted",
    "combat/bad_target",
    "combat/not_adjacent",
    "magic/bad_target",
    "magic/not_here",
    "magic/no_slot",
    "character/no_feature",
    "character/feature_spent",
    "character/bad_choice",
    "character/rested",
  ],
  about: "Uses a feature of class or lineage, such as second wind or lay on hands",
  example: { character: "c_aldric", feature: "secondWind" },
  intent: (params) => ({ type: "UseFeature", ...params }),
});
