import { assertEquals } from "@std/assert";
import { c, GROUP, LEVEL } from "../combat/_testing.ts";
import { evolve } from "../evolve.ts";
import { emptyState } from "../seats/mod.ts";
import type { WorldEvent } from "../types/event.ts";
import type { ItemId, WorldId } from "../types/ids.ts";

const nobody = c("nobody");
const nothing = "i_nothing" as ItemId;
const roll = { dice: "1d8", rolls: [4], bonus: 0, total: 4 };
const stack = { id: nothing, item: "torch", count: 1 };

/** Events about creatures, things and groups that are not there. */
const STRAY: readonly WorldEvent[] = [
  { type: "ItemEquipped", character: nobody, item: nothing, slot: "head" },
  { type: "ItemUnequipped", character: nobody, item: nothing, slot: "head" },
  { type: "ItemMoved", item: nothing, count: 1, from: nobody, to: "stash", stack },
  { type: "ItemsGained", to: nobody, items: [stack] },
  { type: "ItemUsed", creature: nobody, item: nothing, record: "torch", left: 0, charges: 1 },
  { type: "AmmunitionSpent", creature: nobody, item: nothing, left: 0 },
  { type: "GroupResolved", level: LEVEL, group: GROUP, how: "beaten" },
  { type: "XpGained", character: nobody, amount: 5, xp: 5 },
  { type: "LootClaimed", character: nobody, item: nothing, claim: "need" },
  { type: "LootGiven", item: nothing, stack, to: nobody, rolls: [] },
  { type: "HitDiceSpent", character: nobody, roll, hp: 5, left: 0 },
  { type: "SpellsPrepared", character: nobody, spells: ["bless"] },
];

Deno.test("events about what is not there change nothing but the count of events", () => {
  const state = emptyState("w_1" as WorldId);
  for (const event of STRAY) {
    assertEquals(evolve(state, event), { ...state, made: state.made + 1 }, event.type);
  }
});
