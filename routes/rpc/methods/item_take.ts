import { z } from "zod";
import { Count, CreatureRef, ItemRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const itemTake = command({
  name: "item.take",
  since: 1,
  who: seat("own"),
  params: z.strictObject({
    character: CreatureRef,
    item: ItemRef,
    count: Count,
    from: z.enum(["stash", "ground"]),
  }),
  cost: 2,
  errors: ["turn/wrong_mode", "item/unknown", "item/too_heavy", "character/dead"],
  about: "Takes a thing out of the stash or from the ground",
  example: { character: "c_aldric", item: "i_torch", count: 1, from: "stash" },
  intent: (params) => ({ type: "TakeItem", ...params }),
});
