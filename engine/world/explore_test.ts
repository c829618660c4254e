import { assert, assertEquals } from "@std/assert";
import type { Door, Level } from "../types/area.ts";
import type { ItemId } from "../types/ids.ts";
import { legalForSeat } from "../legal.ts";
import type { WorldState } from "../types/state.ts";
import { act, ask, codeOf, drawLevel, sceneOn, SEAT } from "./_scene.ts";
import { cacheId, itemId, levelId } from "./ids.ts";

const DOOR: Door = { kind: "wood", pass: 1, open: false, dc: 13 };
const KEY = itemId("i_key");

function doorScene(door: Partial<Door>, size = 1) {
  return sceneOn(drawLevel(["aab"], { doors: { "w1,0": { ...DOOR, ...door } } }), size);
}

function withStash(state: ReturnType<typeof sceneOn>, id: ItemId, item: string) {
  return { ...state, party: { ...state.party, stash: [{ id, item, count: 1 }] } };
}

Deno.test("Step moves the party, takes a minute and marks what is seen", () => {
  const state = act(sceneOn(drawLevel(["aaaa"])), { type: "Step" });

  assertEquals(state.party.at, [1, 0]);
  assertEquals(state.clock, 28_860);
  assertEquals(Object.keys(state.known[levelId("l_1")]?.cells ?? {}).sort(), ["0,0", "1,0", "2,0", "3,0"]);
});

Deno.test("Step while searching takes ten minutes and rolls for everybody", () => {
  const outcome = ask(act(sceneOn(drawLevel(["aaaa"]), 2), { type: "Search", mode: "on" }), { type: "Step" });

  assert(outcome.ok);
  assertEquals(outcome.state.clock, 28_800 + 600);
  assertEquals(outcome.events.filter((event) => event.type === "Searched").length, 1);
});

Deno.test("a blocked Step costs nothing and says why", () => {
  const wall = sceneOn(drawLevel(["aa"], { walls: { "w1,0": 1 } }));

  assertEquals(codeOf(ask(wall, { type: "Step" })), "move/blocked");
  assertEquals(codeOf(ask(doorScene({}), { type: "Step" })), "move/door_shut");
  assertEquals(codeOf(ask(doorScene({ pass: 2 }), { type: "Step" })), "move/locked");
  assertEquals(codeOf(ask(doorScene({ pass: 3 }), { type: "Step" })), "move/barred");
});

Deno.test("Turn takes no time and goes round in four", () => {
  const start = sceneOn(drawLevel(["a"]));
  const left = act(start, { type: "Turn", to: "left" });

  assertEquals(left.party.facing, "north");
  assertEquals(left.clock, start.clock);
  assertEquals(act(left, { type: "Turn", to: "about" }, { type: "Turn", to: "left" }).party.facing, "east");
});

Deno.test("Interact opens and shuts an unlocked door", () => {
  const open = act(doorScene({}), { type: "Interact", how: "open" });

  assertEquals(open.levels[levelId("l_1")]?.doors["w1,0"]?.open, true);
  assertEquals(act(open, { type: "Interact", how: "close" }).levels[levelId("l_1")]?.doors["w1,0"]?.open, false);
  assertEquals(codeOf(ask(open, { type: "Interact", how: "open" })), "move/nothing_there");
});

Deno.test("Interact unlocks with the key that fits, wherever the party carries it", () => {
  const locked = doorScene({ pass: 2, key: KEY });

  assertEquals(codeOf(ask(locked, { type: "Interact", how: "unlock" })), "move/no_key");
  assertEquals(
    codeOf(ask(withStash(locked, itemId("i_other"), "ironKey"), { type: "Interact", how: "unlock" })),
    "move/no_key",
  );
  const after = act(withStash(locked, KEY, "ironKey"), { type: "Interact", how: "unlock" }, { type: "Step" });
  assertEquals(after.party.at, [1, 0]);
});

Deno.test("bashing is tried once per approach and carries every number", () => {
  const locked = doorScene({ pass: 2, dc: 99 });
  const bash = { type: "Interact", how: "bash" } as const;
  const outcome = ask(locked, bash);

  assert(outcome.ok);
  const tried = outcome.events.find((event) => event.type === "DoorTried");
  assert(tried?.type === "DoorTried" && tried.roll && tried.dc === 99 && !tried.ok);
  assertEquals(codeOf(ask(outcome.state, bash)), "move/tried");
});

Deno.test("leaving the cell and coming back is a new approach", () => {
  const level = drawLevel(["aab"], { doors: { "w2,0": { ...DOOR, pass: 2, dc: 99 } } });
  const tried = act(sceneOn(level), { type: "Step" }, { type: "Interact", how: "bash" });
  const back = act(tried, { type: "Turn", to: "about" }, { type: "Step" }, { type: "Turn", to: "about" }, {
    type: "Step",
  });

  assertEquals(codeOf(ask(back, { type: "Interact", how: "bash" })), "ok");
});

Deno.test("bashing succeeds for good when the roll reaches the number", () => {
  const after = act(doorScene({ pass: 3, dc: -30 }), { type: "Interact", how: "bash" });

  assertEquals(after.levels[levelId("l_1")]?.doors["w1,0"], { ...DOOR, pass: 1, open: true, dc: -30 });
});

Deno.test("picking needs tools and never opens a bar", () => {
  const thief = { type: "Interact", how: "pick", character: sceneOn(drawLevel(["a"]), 3).party.order[2] } as const;
  assert(thief.character);
  const fighter = { type: "Interact", how: "pick" } as const;

  assertEquals(codeOf(ask(doorScene({ pass: 2 }, 3), fighter)), "move/no_tools");
  assertEquals(codeOf(ask(doorScene({ pass: 2 }, 3), { ...thief, character: thief.character })), "ok");
  assertEquals(codeOf(ask(doorScene({ pass: 3 }, 3), { ...thief, character: thief.character })), "move/barred");
});

Deno.test("Look takes ten minutes and finds a secret its roll reaches", () => {
  const secret = doorScene({ secretDc: -30 });
  const after = act(secret, { type: "Search", mode: "look" });

  assertEquals(after.clock, 28_800 + 600);
  assertEquals(after.known[levelId("l_1")]?.found, { "w1,0": 1 });
});

Deno.test("passive eyes notice an easy secret in passing and miss a hard one", () => {
  const level = (dc: number) => drawLevel(["aab"], { doors: { "w2,0": { ...DOOR, secretDc: dc } } });

  assertEquals(act(sceneOn(level(5)), { type: "Step" }).known[levelId("l_1")]?.found, { "w2,0": 1 });
  assertEquals(act(sceneOn(level(30)), { type: "Step" }).known[levelId("l_1")]?.found, {});
});

Deno.test("a torch is used up, shows three cells and goes out in time", () => {
  const zones = { a: { name: "Dark", kind: "room", light: "dark", safe: false } } as const;
  const dark = withStash(sceneOn(drawLevel(["aaaaaa"], { zones })), itemId("i_torch"), "torch");
  const character = dark.party.order[0];
  assert(character);
  const lit = act(dark, { type: "Light", character, item: itemId("i_torch") });

  assertEquals(lit.party.stash, []);
  assertEquals(lit.party.light, { item: "torch", until: dark.clock + 3_600 });
  assertEquals(lit.known[levelId("l_1")]?.cells["3,0"], 1);
  assertEquals(lit.known[levelId("l_1")]?.cells["4,0"], undefined);
  const look = { type: "Search", mode: "look" } as const;
  assertEquals(act(lit, look, look, look, look, look, look).party.light, null);
});

Deno.test("Interact takes a cache once: coins to the purse, things to the stash", () => {
  const id = cacheId("k_1");
  const level = drawLevel(["a"], {
    features: { "0,0": { type: "cache", cache: id } },
    caches: {
      [id]: { id, at: [0, 0], coins: 120, items: [{ id: itemId("i_1"), item: "torch", count: 2 }], taken: false },
    },
  });
  const after = act(sceneOn(level), { type: "Interact", how: "take" });

  assertEquals(after.party.purse, 120);
  assertEquals(after.party.stash.map((stack) => stack.count), [2]);
  assertEquals(codeOf(ask(after, { type: "Interact", how: "take" })), "move/nothing_there");
});

Deno.test("stairs lead to the other level and back", () => {
  const below: Level = drawLevel(["aa"], {
    id: levelId("l_2"),
    depth: 2,
    features: { "0,0": { type: "stairs", direction: "up", to: { level: levelId("l_1"), at: [0, 0] } } },
  });
  const above = drawLevel(["aa"], {
    features: { "0,0": { type: "stairs", direction: "down", to: { level: levelId("l_2"), at: [0, 0] } } },
  });
  const scene = sceneOn(above);
  const both = { ...scene, levels: { ...scene.levels, [below.id]: below } };
  const down = act(both, { type: "Interact", how: "stairs" });

  assertEquals(down.party.level, below.id);
  assertEquals(act(down, { type: "Interact", how: "stairs" }).party.level, above.id);
});

Deno.test("Travel walks known ground and stops before a shut door, facing it", () => {
  const level = drawLevel(["aaab"], { doors: { "w3,0": DOOR } });
  const scene = sceneOn(level);
  const known = { cells: { "0,0": 1, "1,0": 1, "2,0": 1, "3,0": 1 }, found: {}, visited: {} } as const;
  const outcome = ask({ ...scene, known: { [level.id]: known } }, {
    type: "Travel",
    to: { level: level.id, at: [3, 0] },
  });

  assert(outcome.ok);
  assertEquals(outcome.state.party.at, [2, 0]);
  assertEquals(outcome.events.at(-1), { type: "TravelStopped", why: "door" });
  assertEquals(codeOf(ask(scene, { type: "Travel", to: { level: level.id, at: [3, 0] } })), "move/unknown_cell");
});

Deno.test("Travel to the frontier goes where the party has not been", () => {
  const state = act(sceneOn(drawLevel(["aaaaa"])), { type: "Step" }, { type: "Travel", to: "frontier" });

  assertEquals(state.party.at, [2, 0]);
});

Deno.test("exploring without a party is refused", () => {
  assertEquals(codeOf(ask(sceneOn(drawLevel(["aa"]), 0), { type: "Step" })), "character/none");
});

Deno.test("a party of which nobody stands is brought back by its next act", () => {
  const scene = sceneOn(drawLevel(["aa"]), 2);
  const dead = Object.fromEntries(
    Object.values(scene.characters).map((one) => [one.id, { ...one, hp: 0, life: "dead" as const }]),
  );
  const after = act({ ...scene, characters: dead }, { type: "Search", mode: "look" });

  assertEquals(Object.values(after.characters).map((one) => one.life), ["up", "up"]);
});

function withDead(purse: number) {
  const scene = sceneOn(drawLevel(["aa"], { features: { "0,0": { type: "board" } } }), 3);
  const [, second, third] = scene.party.order;
  assert(second && third);
  const characters = { ...scene.characters };
  for (const id of [second, third]) {
    const one = characters[id];
    if (one) characters[id] = { ...one, life: "dead", hp: 0 };
  }
  return { ...scene, characters, party: { ...scene.party, purse } };
}

Deno.test("Interact with the temple raises all the dead at 1 hit point for 100 gp each, a day later", () => {
  const scene = withDead(25_000);
  const raised = act(scene, { type: "Interact", how: "temple" });

  assertEquals(raised.party.purse, 5_000);
  assertEquals(raised.clock, scene.clock + 86_400);
  assertEquals(raised.party.order.slice(1).map((id) => [raised.characters[id]?.life, raised.characters[id]?.hp]), [
    ["up", 1],
    ["up", 1],
  ]);
  assertEquals(codeOf(ask(raised, { type: "Interact", how: "temple" })), "move/nothing_there");
});

Deno.test("Interact with the temple takes the whole purse of who cannot pay and forgives the rest", () => {
  const poor = act(withDead(70), { type: "Interact", how: "temple" });
  const beggars = act(withDead(0), { type: "Interact", how: "temple" });

  assertEquals([poor.party.purse, beggars.party.purse], [0, 0]);
  assertEquals(Object.values(beggars.characters).every((one) => one.life === "up"), true);
});

Deno.test("the temple is listed beside the board alone, and only while somebody is dead", () => {
  const scene = withDead(0);
  const listed = (state: WorldState) =>
    legalForSeat(state, SEAT).some((one) => one.type === "Interact" && one.how === "temple");

  assertEquals(listed(scene), true);
  assertEquals(listed({ ...scene, party: { ...scene.party, at: [1, 0] } }), false);
  assertEquals(listed(act(scene, { type: "Interact", how: "temple" })), false);
});
