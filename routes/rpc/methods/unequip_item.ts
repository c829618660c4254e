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
  errors: [
    "turn/wrong_mode",
    "turn/not_yours",
    "turn/prompt_open",
    "combat/incapacitated",
    "combat/no_action",
    "combat/already_acted",
    "item/in_battle",
    "item/none_worn",
  ],
  about: "Takes off what a slot holds",
  example: { character: "c_aldric", slot: "weaponOff" },
  intent: (params) => ({ type: "UnequipItem", ...params }),
});
