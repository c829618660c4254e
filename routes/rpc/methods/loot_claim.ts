import { z } from "zod";
import { CreatureRef, ItemRef } from "../../wire/pieces.ts";
import { command, seat } from "../method.ts";

export const lootClaim = command({
  name: "loot.claim",
  since: 1,
  who: seat("own"),
  params: z.strictObject({
    character: CreatureRef,
    item: ItemRef,
    claim: z.enum(["need", "greed", "pass"]),
  }),
  cost: 2,
  errors: ["turn/wrong_mode", "item/unknown", "item/too_heavy", "character/dead"],
  about: "Says how much a character wants a found thing",
  example: { character: "c_aldric", item: "i_ring", claim: "need" },
  intent: (params) => ({ type: "ClaimLoot", ...params }),
});
