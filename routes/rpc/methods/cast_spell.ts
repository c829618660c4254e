import { z } from "zod";
import { CreatureRef, PointRef, RecordRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const castSpell = command({
  name: "castSpell",
  since: 1,
  who: seat("own"),
  params: z.strictObject({
    character: CreatureRef,
    spell: RecordRef,
    slot: z.int().min(0).max(9),
    targets: z.array(CreatureRef).max(12).exactOptional(),
    point: PointRef.exactOptional(),
  }),
  cost: 2,
  errors: [
    "turn/wrong_mode",
    "turn/not_yours",
    "turn/prompt_open",
    "combat/incapacitated",
    "combat/no_action",
    "combat/no_bonus_action",
    "combat/no_line_of_sight",
    "combat/out_of_range",
    "magic/unknown_spell",
    "magic/not_prepared",
    "magic/no_slot",
    "magic/bad_target",
    "magic/not_here",
    "magic/too_many",
    "magic/one_spell",
    "move/occupied",
  ],
  about: "Casts a known and prepared spell; spends the slot and the budget. Cantrips take slot 0",
  example: { character: "c_dessa", spell: "magicMissile", slot: 1, targets: ["n_gob1"] },
  intent: (params) => ({ type: "CastSpell", ...params }),
});
