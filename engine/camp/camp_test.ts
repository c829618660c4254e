import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { ask, askUntil, c, eventsOf, fighter, GROUP, LEVEL, parseScene, SEAT } from "../combat/_testing.ts";
import { createCharacter, levelOf, maxSlots } from "../character/mod.ts";
import { legalForSeat } from "../legal.ts";
import type { Level } from "../types/area.ts";
import type { Character, ItemStack } from "../types/creature.ts";
import type { AccountId, ItemId } from "../types/ids.ts";
import type { ClassId } from "../types/names.ts";
import type { WorldState } from "../types/state.ts";
import { CLASSES } from "../types/names.ts";

const f = c("f");
const HOUR = 3_600;

function made(who: ClassId, change: Partial<Character> = {}): Character {
  const outcome = createCharacter({
    intent: { name: "Test", class: who, lineage: "human", background: "acolyte", method: "standard" },
    id: f,
    account: "a_1" as AccountId,
    rolls: [],
  });
  assert(outcome.ok);
  return { ...outcome.character, seat: SEAT, ...change };
}

function rations(count: number): ItemStack {
  return { id: "i_rations" as ItemId, item: "ration", count };
}

/** One character in camp in a hall without foes; `level` changes the place. */
function camp(one: Character, level: Partial<Level> = {}): WorldState {
  const scene = parseScene(["f"], { party: { f: one } });
  const hall = scene.levels[LEVEL];
  assert(hall);
  return {
    ...scene,
    mode: "camp",
    battle: null,
    camp: { since: 0, rests: 0 },
    levels: { [LEVEL]: { ...hall, groups: {}, restPercent: 0, wanderPercent: 0, ...level } },
  };
}

const SAFE: Partial<Level> = { zones: { a: { name: "Chapel", kind: "safe", light: "bright", safe: true } } };

function sheet(state: WorldState): Character {
  const one = state.characters[f];
  assert(one);
  return one;
}

Deno.test("camp is made by the leader where no hostile group is within two cells", () => {
  const near = parseScene(["f"], { party: { f: fighter(f) }, foes: {} });
  const peace: WorldState = { ...near, mode: "explore", battle: null };
  assertEquals(ask(peace, { type: "MakeCamp" }).rejection?.code, "move/foes_near");
  const level = near.levels[LEVEL];
  const group = level?.groups[GROUP];
  assert(level && group);
  const gone = {
    ...peace,
    levels: { [LEVEL]: { ...level, groups: { [GROUP]: { ...group, state: "resolved" as const } } } },
  };
  assertEquals(ask(gone, { type: "MakeCamp" }).state.mode, "camp");
});

Deno.test("a long rest brings back hit points, slots and features, and half the hit dice", () => {
  const tired = made("cleric", { hp: 1, slots: [0], used: { channelDivinity: 1 }, hitDice: 0, pack: [rations(1)] });
  const after = ask(camp(tired), { type: "Rest", kind: "long" });
  const one = sheet(after.state);
  assertEquals([one.hp, one.slots, one.used, one.hitDice], [one.maxHp, maxSlots(one), {}, 1]);
  assertEquals(after.state.clock, camp(tired).clock + 8 * HOUR);
  assertEquals(one.lastLongRest, after.state.clock);
});

Deno.test("a long rest away from safe walls eats a ration a head, and without one it does not begin", () => {
  const fed = ask(camp(made("fighter", { pack: [rations(2)], worn: {} })), { type: "Rest", kind: "long" }).state;
  assertEquals(sheet(fed).pack.map((stack) => stack.count), [1]);
  const hungry = camp(made("fighter", { pack: [], worn: {} }));
  assertEquals(ask(hungry, { type: "Rest", kind: "long" }).rejection?.details?.["item"], "ration");
  assertEquals(
    ask(camp(made("fighter", { pack: [], worn: {} }), SAFE), { type: "Rest", kind: "long" }).rejection,
    undefined,
  );
});

Deno.test("rations in the stash are eaten too", () => {
  const state = camp(made("fighter", { pack: [], worn: {} }));
  const stocked = { ...state, party: { ...state.party, stash: [rations(3)] } };
  const after = ask(stocked, { type: "Rest", kind: "long" });
  assertEquals(after.rejection, undefined);
  const all = [...after.state.party.stash, ...sheet(after.state).pack];
  assertEquals(all.reduce((sum, one) => sum + one.count, 0), 2);
});

Deno.test("a second long rest within a day helps nobody and is refused", () => {
  const first = ask(camp(made("fighter"), SAFE), { type: "Rest", kind: "long" }).state;
  assertEquals(ask(first, { type: "Rest", kind: "long" }).rejection?.code, "character/rested");
});

Deno.test("a short rest takes an hour and brings back second wind, not spells", () => {
  const tired = made("cleric", { slots: [0], used: { secondWind: 1, channelDivinity: 1, arcaneRecovery: 1 } });
  const after = ask(camp(tired, SAFE), { type: "Rest", kind: "short" });
  assertEquals(sheet(after.state).used, { arcaneRecovery: 1 });
  assertEquals(sheet(after.state).slots, [0]);
  assertEquals(after.state.clock, camp(tired).clock + HOUR);
});

Deno.test("hit dice are spent after a short rest and heal within their dice, never beyond the maximum", () => {
  const hurt = made("fighter", { hp: 1 });
  const fresh = camp(hurt, SAFE);
  const code = ask(fresh, { type: "SpendHitDice", character: f, count: 1 }).rejection?.code;
  assertEquals(code, "character/no_hit_dice");
  const rested = ask(fresh, { type: "Rest", kind: "short" }).state;
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const after = ask(rested, { type: "SpendHitDice", character: f, count: 1 }, { seed: String(seed) }).state;
      const one = sheet(after);
      assert(one.hp > 1 && one.hp <= one.maxHp && one.hitDice === 0);
    }),
    { numRuns: 40 },
  );
  const twice = ask(rested, { type: "SpendHitDice", character: f, count: 2 });
  assertEquals(twice.rejection?.code, "character/no_hit_dice");
});

Deno.test("rest never lifts anything over its maximum, whatever was left", () => {
  const anyone = fc.constantFrom(...CLASSES);
  fc.assert(
    fc.property(anyone, fc.constantFrom("short", "long"), fc.nat(12), fc.nat(1), (who, kind, hp, hitDice) => {
      const whole = made(who);
      const one = made(who, { hp: Math.min(hp, whole.maxHp), life: hp === 0 ? "stable" : "up", hitDice });
      const after = ask(camp(one, SAFE), { type: "Rest", kind });
      assertEquals(after.rejection, undefined);
      const rested = sheet(after.state);
      assert(rested.hp >= 1 && rested.hp <= rested.maxHp);
      assert(rested.hp >= one.hp && rested.hitDice >= one.hitDice && rested.hitDice <= levelOf(rested));
      assert(rested.slots.every((left, index) => left <= (maxSlots(rested)[index] ?? 0)));
    }),
    { numRuns: 60 },
  );
});

Deno.test("a night can be broken off by wanderers, and goes on where it was within an hour", () => {
  const state = camp(made("fighter", { hp: 1, pack: [rations(5)], worn: {} }), {
    restPercent: 30,
    restPeriod: 2 * HOUR,
  });
  const broken = askUntil(state, { type: "Rest", kind: "long" }, (tried) => tried.state.mode === "encounter");
  const [cut] = eventsOf(broken, "RestInterrupted");
  assert(cut && cut.afterSeconds > 0 && cut.afterSeconds < 8 * HOUR && cut.afterSeconds % (2 * HOUR) === 0);
  assertEquals(broken.state.encounter?.camp, true, "they come upon the camp");
  assertEquals(sheet(broken.state).hp, 1);
  const back: WorldState = {
    ...broken.state,
    mode: "camp",
    encounter: null,
    camp: { since: broken.state.clock, rests: 0 },
    levels: state.levels,
  };
  const eaten = sheet(back).pack;
  const slept = askUntil(back, { type: "Rest", kind: "long" }, (tried) => eventsOf(tried, "Rested").length > 0);
  assertEquals(slept.state.clock - back.clock, 8 * HOUR - cut.afterSeconds);
  assertEquals(sheet(slept.state).pack, eaten, "supper was eaten once");
});

Deno.test("a level is gained in camp when the XP are there, one at a time", () => {
  const green = camp(made("fighter", { xp: 299 }));
  assertEquals(ask(green, { type: "LevelUp", character: f, hp: "average" }).rejection?.code, "character/not_enough_xp");
  const ripe = camp(made("fighter", { xp: 900 }));
  const second = ask(ripe, { type: "LevelUp", character: f, hp: "average" });
  assertEquals(levelOf(sheet(second.state)), 2);
  assertEquals(eventsOf(second, "LevelGained").flatMap((event) => event.features), ["actionSurge"]);
  const third = ask(second.state, { type: "LevelUp", character: f, hp: "roll" });
  assertEquals(levelOf(sheet(third.state)), 3);
  assert(eventsOf(third, "LevelGained")[0]?.roll);
  const fourth = ask(third.state, { type: "LevelUp", character: f, hp: "average" });
  assertEquals(fourth.rejection?.code, "character/max_level");
});

Deno.test("PrepareSpells keeps to the book, the slots and the number", () => {
  const mage = made("mage");
  const state = camp(mage);
  const ask3 = (spells: readonly string[]) => ask(state, { type: "PrepareSpells", character: f, spells });
  const some = mage.spells.slice(2, 4);
  assertEquals(sheet(ask3(some).state).prepared, some);
  assertEquals(ask3(["bless"]).rejection?.code, "magic/unknown_spell");
  assertEquals(ask3(["toString"]).rejection?.code, "magic/unknown_spell");
  assertEquals(ask3(mage.spells).rejection?.code, "magic/too_many");
  const thief = camp(made("thief"));
  const refused = ask(thief, { type: "PrepareSpells", character: f, spells: [] });
  assertEquals(refused.rejection?.code, "character/no_feature");
});

Deno.test("a cleric keeps the domain's prayers whatever it prepares", () => {
  const after = ask(camp(made("cleric")), { type: "PrepareSpells", character: f, spells: ["guidingBolt"] }).state;
  assertEquals(sheet(after).prepared, ["bless", "cureWounds", "guidingBolt"]);
});

Deno.test("SetOrder takes the same members in another order and nothing else", () => {
  const scene = parseScene(["fm"], { party: { f: fighter(f), m: fighter(c("m")) } });
  const state: WorldState = { ...scene, mode: "camp", battle: null, camp: { since: 0, rests: 0 } };
  assertEquals(ask(state, { type: "SetOrder", order: [c("m"), f] }).state.party.order, [c("m"), f]);
  assertEquals(ask(state, { type: "SetOrder", order: [f, f] }).rejection?.code, "character/unknown");
});

Deno.test("everything camp lists is accepted", () => {
  for (const who of CLASSES) {
    const state = camp(made(who, { xp: 300, hp: 3 }), SAFE);
    const rested = ask(state, { type: "Rest", kind: "short" }).state;
    for (const now of [state, rested]) {
      for (const intent of legalForSeat(now, SEAT)) {
        assertEquals(ask(now, intent).rejection, undefined, JSON.stringify(intent));
      }
    }
  }
});
