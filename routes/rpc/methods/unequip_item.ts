import { z } from "zod";
import { SLOTS } from "../../../engine/types/names.ts";
import { CreatureRef, ItemRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const unequipItem = command({
  name: "unequipItem",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef, slot: z.enum(SLOTS), item: ItemRef.exactOptional() }),
  cost: 2,
  errors: ["character/not_yours", "turn/wrong_mode", "item/none_worn"],
  about: "Takes off what a slot holds",
  example: { character: "c_aldric", slot: "weaponOff" },
  intent: (params) => ({ type: "UnequipItem", ...params }),
});
