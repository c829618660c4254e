import { z } from "zod";
import { SLOTS } from "../../../engine/types/names.ts";
import { CreatureRef, ItemRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const equipItem = command({
  name: "equipItem",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef, item: ItemRef, slot: z.enum(SLOTS) }),
  cost: 2,
  errors: [
    "turn/wrong_mode",
    "turn/not_yours",
    "turn/prompt_open",
    "combat/incapacitated",
    "combat/no_action",
    "combat/already_acted",
    "item/in_battle",
    "item/not_yours",
    "item/wrong_slot",
    "item/not_proficient",
    "item/no_hands",
  ],
  about: "Puts a carried thing into a slot",
  example: { character: "c_aldric", item: "i_shield", slot: "weaponOff" },
  intent: (params) => ({ type: "EquipItem", ...params }),
});
