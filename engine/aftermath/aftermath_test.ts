import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { ask, c, fighter, GROUP, LEVEL, parseScene, playOn, SEAT } from "../combat/_testing.ts";
import { monster } from "../content/mod.ts";
import { step } from "../decide.ts";
import { legalForSeat } from "../legal.ts";
import { rngAt } from "../core/rng.ts";
import type { Cache } from "../types/area.ts";
import type { Character, ItemStack } from "../types/creature.ts";
import type { CacheId, ItemId } from "../types/ids.ts";
import type { WorldState } from "../types/state.ts";
import { beginAftermath, LOOT_MS, shareOf } from "./mod.ts";

const f = c("f");
const m = c("m");
const HOARD = "x_1" as CacheId;
const RING: ItemStack = { id: "i_ring" as ItemId, item: "ringProtection", count: 1 };
const GEMS: ItemStack = { id: "i_gems" as ItemId, item: "gemAgate", count: 3 };

interface Options {
  readonly foes?: readonly string[];
  readonly party?: readonly Character[];
  readonly items?: readonly ItemStack[];
  readonly coins?: number;
}

/** A battle at its end, its group guarding a hoard. */
function battle({ foes = ["orc", "orc"], party = [fighter(f), fighter(m)], items = [], coins = 500 }: Options = {}) {
  const letters = "abdehijk";
  const scene = parseScene([letters.slice(0, foes.length) + ".fm"], {
    party: Object.fromEntries(party.map((one) => [one.id.slice(2), one])),
    foes: Object.fromEntries(foes.map((kind, index) => [letters[index] ?? "z", kind])),
  });
  const hoard: Cache = { id: HOARD, at: [1, 2], coins, items, taken: false, heldBy: GROUP };
  const level = scene.levels[LEVEL];
  const group = level?.groups[GROUP];
  assert(level && group);
  return {
    ...scene,
    levels: {
      [LEVEL]: { ...level, groups: { [GROUP]: { ...group, cache: HOARD } }, caches: { [HOARD]: hoard } },
    },
  };
}

/** The same, won. */
function won(options: Options = {}): WorldState {
  const play = playOn(battle(options));
  beginAftermath(play);
  const running = play.state.battle;
  assert(running);
  play.emit({ type: "CombatEnded", combat: running.id, outcome: "won" });
  return play.state;
}

function system(state: WorldState, type: "LootExpired", seed = "1") {
  return step(state, { by: { type: "system" }, at: 70_000, intent: { type } }, rngAt("00".repeat(16), seed));
}

Deno.test("a won battle pays the foes' XP in equal whole shares, the hoard's coins, and resolves the group", () => {
  const state = won({ foes: ["orc", "goblin"] });
  assertEquals(state.mode, "aftermath");
  assertEquals(state.characters[f]?.xp, Math.floor((100 + 50) / 2));
  assertEquals(state.party.purse, 1_000 + 500);
  assertEquals(state.levels[LEVEL]?.groups[GROUP]?.state, "resolved");
  assertEquals(state.levels[LEVEL]?.caches[HOARD]?.taken, true);
  assertEquals(state.aftermath?.endsAt, 1_000 + LOOT_MS);
});

Deno.test("the dead take no share", () => {
  const state = won({ foes: ["orc"], party: [fighter(f), fighter(m, { hp: 0, life: "dead" })] });
  assertEquals(state.characters[f]?.xp, 100);
  assertEquals(state.characters[m]?.xp, 0);
});

Deno.test("shares never add up to more than the pool, and lose less than one point a head", () => {
  fc.assert(fc.property(fc.nat(100_000), fc.integer({ min: 0, max: 8 }), (pool, heads) => {
    const sum = shareOf(pool, heads) * heads;
    assert(sum <= pool);
    if (heads > 0) assert(pool - sum < heads);
  }));
});

Deno.test("whoever is there, the party's XP rises by no more than the foes were worth", () => {
  const kinds = fc.array(fc.constantFrom("kobold", "goblin", "orc", "ogre", "stirge"), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(kinds, fc.boolean(), (foes, dead) => {
      const mate = fighter(m, dead ? { hp: 0, life: "dead" } : {});
      const state = won({ foes, party: [fighter(f), mate] });
      const gained = Object.values(state.characters).reduce((sum, one) => sum + one.xp, 0);
      assert(gained <= foes.reduce((sum, kind) => sum + monster(kind).xp, 0));
      assert(gained > 0);
    }),
    { numRuns: 40 },
  );
});

Deno.test("need beats greed, and a single claim needs no dice", () => {
  const state = won({ items: [RING, GEMS] });
  const greedy = ask(state, { type: "ClaimLoot", character: f, item: RING.id, claim: "greed" }).state;
  const needy = ask(greedy, { type: "ClaimLoot", character: m, item: RING.id, claim: "need" }).state;
  const after = ask(needy, { type: "FinishLoot" });
  assert(after.state.characters[m]?.pack.some((one) => one.id === RING.id));
  assert(after.state.party.stash.some((one) => one.id === GEMS.id));
  assertEquals(after.state.mode, "explore");
  assertEquals(after.state.aftermath, null);
});

Deno.test("equal claims are rolled for, and the highest d100 has it", () => {
  let state = won({ items: [RING] });
  state = ask(state, { type: "ClaimLoot", character: f, item: RING.id, claim: "need" }).state;
  const after = ask(state, { type: "ClaimLoot", character: m, item: RING.id, claim: "need" });
  const given = after.events.find((event) => event.type === "LootGiven");
  assert(given?.type === "LootGiven");
  assertEquals(given.rolls.length, 2);
  const best = given.rolls.reduce((a, b) => (b.roll.total > a.roll.total ? b : a));
  assertEquals(given.to, best.character);
  assertEquals(after.state.mode, "explore", "all have spoken: the share is over");
});

Deno.test("when time runs out, who said nothing has passed, and what nobody wants goes to the stash", () => {
  const outcome = system(won({ items: [RING] }), "LootExpired");
  assert(outcome.ok);
  assertEquals(outcome.state.party.stash.map((one) => one.id), [RING.id]);
  assertEquals(outcome.state.mode, "explore");
});

Deno.test("the leader may assign a thing, once", () => {
  const state = won({ items: [RING] });
  const after = ask(state, { type: "AssignLoot", item: RING.id, to: f }).state;
  assert(after.characters[f]?.pack.some((one) => one.id === RING.id));
  assertEquals(ask(after, { type: "AssignLoot", item: RING.id, to: m }).rejection?.code, "item/unknown");
});

Deno.test("half the arrows shot and every javelin thrown are found again", () => {
  const state = battle();
  const arrows = "c_f_arrows" as ItemId;
  const javelin = "c_m_javelin" as ItemId;
  const play = playOn({
    ...state,
    characters: {
      ...state.characters,
      [m]: { ...fighter(m), pack: [{ id: javelin, item: "javelin", count: 1 }], worn: {} },
    },
  });
  for (let left = 19; left >= 15; left--) play.emit({ type: "AmmunitionSpent", creature: f, item: arrows, left });
  play.emit({ type: "AmmunitionSpent", creature: m, item: javelin, left: 0 });
  beginAftermath(play);
  const count = (id: typeof f, item: string) => play.state.characters[id]?.pack.find((one) => one.item === item)?.count;
  assertEquals(count(f, "arrow"), 15 + 2);
  assertEquals(count(m, "javelin"), 1);
});

Deno.test("sharing conserves every thing and coin of the hoard, by whatever legal way it is shared", () => {
  const kinds = ["ringProtection", "gemAgate", "longswordPlus1", "potionHealing", "plate"];
  const loot = fc.array(fc.constantFrom(...kinds), { maxLength: 4 }).map((list) =>
    list.map((kind, index): ItemStack => ({ id: `i_loot${index}` as ItemId, item: kind, count: 1 + index % 2 }))
  );
  fc.assert(
    fc.property(loot, fc.nat(5_000), fc.array(fc.nat(), { maxLength: 10 }), (items, coins, choices) => {
      const before = count(battle({ items, coins })) + items.reduce((sum, one) => sum + one.count, 0);
      let state = won({ items, coins });
      assertEquals(state.party.purse, 1_000 + coins);
      for (const choice of choices) {
        const legal = legalForSeat(state, SEAT).filter((intent) => /Loot/.test(intent.type));
        const intent = legal[choice % Math.max(1, legal.length)];
        if (!intent || state.mode !== "aftermath") break;
        const after = ask(state, intent, { seed: String(choice) });
        assertEquals(after.rejection, undefined, JSON.stringify(intent));
        state = after.state;
        assertEquals(count(state), before);
      }
      if (state.mode !== "aftermath") return;
      const ended = system(state, "LootExpired");
      assert(ended.ok);
      assertEquals(count(ended.state), before);
    }),
    { numRuns: 60 },
  );
});

/** Things in packs, stash and the share. */
function count(state: WorldState): number {
  const packs = Object.values(state.characters).flatMap((one) => one.pack);
  return [...packs, ...state.party.stash, ...state.aftermath?.items ?? []].reduce((sum, one) => sum + one.count, 0);
}
