import { z } from "zod";
import { Count, CreatureRef, ItemRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const itemGive = command({
  name: "item.give",
  since: 1,
  who: seat("own"),
  params: z.strictObject({
    character: CreatureRef,
    item: ItemRef,
    count: Count,
    to: z.union([z.enum(["stash", "ground"]), CreatureRef]),
  }),
  cost: 2,
  errors: [
    "turn/wrong_mode",
    "item/not_yours",
    "item/unknown",
    "item/plot",
    "item/stash_full",
    "item/too_heavy",
    "character/dead",
  ],
  about: "Hands a thing to another character, into the stash or onto the ground",
  example: { character: "c_aldric", item: "i_torch", count: 1, to: "stash" },
  intent: (params) => ({ type: "GiveItem", ...params }),
});
