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
    "character/not_yours",
    "turn/wrong_mode",
    "turn/not_yours",
    "character/no_feature",
    "character/feature_spent",
  ],
  about: "Uses a feature of class or lineage, such as second wind or lay on hands",
  example: { character: "c_aldric", feature: "secondWind" },
  intent: (params) => ({ type: "UseFeature", ...params }),
});
