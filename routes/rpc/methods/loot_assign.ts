import { z } from "zod";
import { CreatureRef, ItemRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const lootAssign = command({
  name: "loot.assign",
  since: 1,
  who: seat("leader"),
  params: z.strictObject({ item: ItemRef, to: z.union([z.literal("stash"), CreatureRef]) }),
  cost: 2,
  errors: ["turn/wrong_mode", "item/unknown", "item/too_heavy", "character/unknown", "character/dead"],
  about: "Gives a found thing to a character or the stash",
  example: { item: "i_ring", to: "stash" },
  intent: ({ item, to }) => ({ type: "AssignLoot", item, to }),
});
