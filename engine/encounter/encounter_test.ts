import { assert, assertEquals } from "@std/assert";
import type { Outcome } from "../decide.ts";
import type { Group } from "../types/area.ts";
import type { WorldEvent } from "../types/event.ts";
import type { Attitude } from "../types/names.ts";
import type { Encounter, WorldState } from "../types/state.ts";
import { act, ask, codeOf, drawLevel, sceneOn } from "../world/_scene.ts";
import { cacheId, groupId, itemId, levelId } from "../world/ids.ts";
import type { Choice } from "./choose.ts";

const ID = groupId("g_1");
const LEVEL = levelId("l_1");

function band(change: Partial<Group> = {}): Group {
  return {
    id: ID,
    at: [5, 0],
    monsters: [{ monster: "goblin", count: 2 }],
    attitude: "hostile",
    boss: false,
    pattern: "band",
    xp: 100,
    state: "waiting",
    ...change,
  };
}

function sceneWith(group: Group, rows: readonly string[] = ["aaaaaaaa"]): WorldState {
  return sceneOn(drawLevel(rows, { groups: { [ID]: group }, entry: { at: [2, 0], facing: "east" } }), 2);
}

/** At the menu with a group of that mind. */
function menu(attitude: Attitude, change: Partial<Encounter> = {}, group: Partial<Group> = {}): WorldState {
  const scene = sceneWith(band({ attitude, state: "met", at: [4, 0], ...group }));
  const encounter: Encounter = {
    group: ID,
    level: LEVEL,
    distance: 2,
    attitude,
    waits: 0,
    surprised: "none",
    endsAt: 60_000,
    ...change,
  };
  return { ...scene, mode: "encounter", encounter };
}

function choose(state: WorldState, choice: Choice): Outcome {
  return ask(state, { type: "ChooseEncounter", choice });
}

function has(outcome: Outcome, type: WorldEvent["type"]): boolean {
  return outcome.ok && outcome.events.some((event) => event.type === type);
}

Deno.test("a group is met when it is seen two cells away, and the menu opens for a minute", () => {
  const outcome = ask(sceneWith(band()), { type: "Step" });

  assert(outcome.ok);
  assertEquals(outcome.state.mode, "encounter");
  assertEquals(outcome.state.encounter?.distance, 2);
  assertEquals(outcome.state.encounter?.endsAt, 1_001 + 60_000);
});

Deno.test("a group behind a shut door is not met", () => {
  const scene = sceneWith(band());
  const level = scene.levels[LEVEL];
  assert(level);
  const door = { "w4,0": { kind: "wood", pass: 1, open: false, dc: 13 } } as const;

  assertEquals(act({ ...scene, levels: { [LEVEL]: { ...level, doors: door } } }, { type: "Step" }).mode, "explore");
});

Deno.test("the party turns to a group it sees at its side", () => {
  const rows = ["aaaaaaaa", "###a####"];
  const state = act(sceneWith(band({ at: [3, 1] }), rows), { type: "Step" });

  assertEquals(state.mode, "encounter");
  assertEquals(state.party.facing, "south");
  assertEquals(state.encounter?.distance, 1);
});

Deno.test("the distance is never more than the open cells ahead", () => {
  const rows = ["aaaaaaaa", "aaaaaaaa"];
  const scene = sceneWith(band({ at: [4, 1] }), rows);
  const level = scene.levels[LEVEL];
  assert(level);
  const walled = { ...scene, levels: { [LEVEL]: { ...level, walls: { "w4,0": 1 as const } } } };

  assertEquals(act(walled, { type: "Step" }).encounter?.distance, 0);
});

Deno.test("hostile foes close in while the party waits, and fight when they are there", () => {
  assertEquals(act(menu("hostile"), { type: "ChooseEncounter", choice: "wait" }).encounter?.distance, 1);
  assertEquals(has(choose(menu("hostile", { distance: 0 }), "wait"), "CombatStarted"), true);
  assertEquals(has(choose(menu("hostile", { distance: 1 }), "advance"), "CombatStarted"), true);
  assertEquals(has(choose(menu("hostile", { distance: 2 }), "advance"), "CombatStarted"), false);
});

Deno.test("the party gets away from hostile foes only if its slowest keeps up with their fastest", () => {
  const wolves = { monsters: [{ monster: "wolf", count: 1 }] } as const;

  assertEquals(codeOf(choose(menu("hostile", {}, wolves), "flee")), "combat/too_fast");
  const away = choose(menu("hostile"), "flee");
  assert(away.ok);
  assertEquals(away.state.mode, "explore");
  assertEquals(away.state.party.at, away.state.party.lastSafe.at);
  assertEquals(away.state.levels[LEVEL]?.groups[ID]?.state, "met");
});

Deno.test("wary foes leave after two waits, and that pays like a fight", () => {
  const once = act(menu("wary"), { type: "ChooseEncounter", choice: "wait" });
  const twice = choose(once, "wait");

  assertEquals(once.mode, "encounter");
  assert(twice.ok);
  assertEquals(twice.state.levels[LEVEL]?.groups[ID]?.state, "resolved");
  assertEquals(Object.values(twice.state.characters).map((one) => one.xp), [50, 50]);
});

Deno.test("timid foes run from a party that is no faster, and are fought by one that is", () => {
  const slow = { monsters: [{ monster: "zombie", count: 1 }] } as const;

  assertEquals(has(choose(menu("timid"), "combat"), "CombatStarted"), false);
  assertEquals(has(choose(menu("timid", {}, slow), "combat"), "CombatStarted"), true);
  assertEquals(has(choose(menu("timid"), "advance"), "GroupResolved"), true);
});

Deno.test("the curious come near and then let the party pass; friends at once", () => {
  const near = act(menu("curious"), { type: "ChooseEncounter", choice: "wait" });

  assertEquals(near.encounter?.distance, 1);
  assertEquals(has(choose(menu("curious", { distance: 0 }), "wait"), "GroupResolved"), true);
  assertEquals(has(choose(menu("friendly"), "wait"), "GroupResolved"), true);
});

Deno.test("those who leave drop what locks need and keep the rest", () => {
  const key = { id: itemId("i_key"), item: "ironKey", count: 1, plot: true } as const;
  const cache = cacheId("k_1");
  const state = menu("timid", {}, { cache });
  const level = state.levels[LEVEL];
  assert(level);
  const torch = { id: itemId("i_torch"), item: "torch", count: 1 };
  const caches = {
    [cache]: { id: cache, at: [4, 0], coins: 50, items: [key, torch], taken: false, heldBy: ID },
  } as const;
  const outcome = choose({ ...state, levels: { [LEVEL]: { ...level, caches } } }, "wait");

  assert(outcome.ok);
  assertEquals(outcome.state.party.stash.map((stack) => stack.id), [key.id]);
  assertEquals(outcome.state.party.purse, 0);
});

Deno.test("advance is not offered to a party that stands before them", () => {
  assertEquals(codeOf(choose(menu("hostile", { distance: 0 }), "advance")), "move/too_far");
});

Deno.test("silence counts as Wait, and not before its minute is over", () => {
  const state = menu("wary", { endsAt: 60_000 });
  const early = ask(state, { type: "EncounterExpired" }, 1, "system");
  const late = ask(state, { type: "EncounterExpired" }, 59_000, "system");

  assertEquals(codeOf(early), "turn/over");
  assert(late.ok);
  assertEquals(late.state.encounter?.waits, 1);
});

Deno.test("StartCombat is Combat by another name", () => {
  assertEquals(has(ask(menu("hostile"), { type: "StartCombat" }), "CombatStarted"), true);
});

Deno.test("an ambush nobody notices begins as a fight with the party surprised", () => {
  let sprung = 0;
  for (let n = 1; n <= 30; n += 1) {
    const outcome = ask(sceneWith(band({ pattern: "ambush" })), { type: "Step" }, n);
    assert(outcome.ok);
    const roll = outcome.events.find((event) => event.type === "SurpriseRolled");
    assert(roll?.type === "SurpriseRolled");
    assertEquals(has(outcome, "CombatStarted"), roll.surprised === "party");
    if (roll.surprised === "party") sprung += 1;
  }
  assert(sprung > 0 && sprung < 30);
});

Deno.test("wanderers come by the level's chance, never to a safe place, and are weak", () => {
  const level = drawLevel(["ab"], { wanderPercent: 100 });
  const outcome = ask(sceneOn(level, 2), { type: "Search", mode: "look" });

  assert(outcome.ok);
  const came = outcome.events.find((event) => event.type === "WanderersCame");
  assert(came?.type === "WanderersCame");
  assert(came.group.xp <= 60);
  const zone = level.zones["a"];
  assert(zone);
  const safe = { ...level, zones: { ...level.zones, a: { ...zone, safe: true } } };
  assertEquals(has(ask(sceneOn(safe, 2), { type: "Search", mode: "look" }), "WanderersCame"), false);
});

Deno.test("wanderers the party got away from do not follow it", () => {
  const scene = sceneWith(band({ wandering: true, state: "met", at: [3, 0] }));

  assertEquals(act(scene, { type: "Turn", to: "about" }, { type: "Turn", to: "about" }).mode, "explore");
  assertEquals(act(scene, { type: "Step" }).mode, "encounter");
});
