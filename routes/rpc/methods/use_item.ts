import { z } from "zod";
import { CreatureRef, ItemRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const useItem = command({
  name: "useItem",
  since: 1,
  who: seat("own"),
  params: z.strictObject({ character: CreatureRef, item: ItemRef, target: CreatureRef.exactOptional() }),
  cost: 2,
  errors: ["character/not_yours", "turn/wrong_mode", "turn/not_yours", "item/unknown", "item/not_usable"],
  about: "Uses a thing a character carries; its effects come from its record",
  example: { character: "c_aldric", item: "i_potion" },
  intent: (params) => ({ type: "UseItem", ...params }),
});
