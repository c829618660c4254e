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
  errors: ["character/not_yours", "turn/wrong_mode", "item/unknown", "item/wrong_slot", "item/no_hands"],
  about: "Puts a carried thing into a slot",
  example: { character: "c_aldric", item: "i_shield", slot: "weaponOff" },
  intent: (params) => ({ type: "EquipItem", ...params }),
});
