import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { due } from "../due.ts";
import { replay } from "../evolve.ts";
import type { Character } from "../types/creature.ts";
import type { WorldEvent } from "../types/event.ts";
import type { CreatureId } from "../types/ids.ts";
import { ROUND, type WorldState } from "../types/state.ts";
import { ask, c, fighter, GROUP, openLevel, parseScene, playOn } from "./_testing.ts";
import { startBattle } from "./start.ts";

const KINDS = [
  "goblin",
  "wolf",
  "skeleton",
  "zombie",
  "orc",
  "ogre",
  "giantSpider",
  "ghoul",
  "kobold",
  "shadow",
] as const;

/** A world in peace with a party in an open hall and a group two cells ahead. */
function meeting(party: readonly Character[], monsters: readonly string[]): WorldState {
  const scene = parseScene(["."], {});
  return {
    ...scene,
    mode: "explore",
    battle: null,
    characters: Object.fromEntries(party.map((one) => [one.id, one])),
    levels: { ...scene.levels, ["l_1" as keyof typeof scene.levels]: openLevel({ monsters }) },
    party: { ...scene.party, at: [7, 7], facing: "east", order: party.map((one) => one.id) },
  };
}

function quickParty(size: number): readonly Character[] {
  return Array.from({ length: size }, (_, i) => fighter(c(`f${i}`), { quick: true }));
}

/** What must hold between any two commands of a battle. */
function checkInvariants(state: WorldState): void {
  for (const one of [...Object.values(state.characters), ...Object.values(state.battle?.monsters ?? {})]) {
    assert(one.hp >= 0 && one.hp <= one.maxHp, `${one.id} has ${one.hp} of ${one.maxHp}`);
    assert(one.life !== "up" || one.hp > 0, `${one.id} stands at 0`);
  }
  const battle = state.battle;
  if (!battle) return;
  assertEquals([...battle.order].sort(), Object.keys(battle.on).sort());
  assertEquals(new Set(battle.order).size, battle.order.length);
  assert(battle.order.includes(battle.turn), "exactly one creature has the turn");
  for (const [id, one] of Object.entries(battle.on)) {
    for (const [name, left] of Object.entries(one.budget)) assert(left >= 0, `${id} has ${left} ${name}`);
    if (id !== battle.turn) assert(one.budget.action === 0 && one.budget.movement === 0, `${id} keeps a budget`);
  }
}

/** Plays by the host's timers alone until peace returns; answers the states and events on the way. */
function playOut(
  start: WorldState,
  seed: string,
): { readonly state: WorldState; readonly events: readonly WorldEvent[] } {
  let state = start;
  const events: WorldEvent[] = [];
  for (let turn = 0; state.mode === "battle"; turn++) {
    assert(turn < 1_500, "the battle must end");
    checkInvariants(state);
    const next = due(state);
    assert(next, "something must be due in a battle of the AI");
    const tried = ask(state, next.intent, { seed: `${seed}/${turn}`, at: Math.max(state.at, next.at) });
    assertEquals(tried.rejection, undefined);
    events.push(...tried.events);
    state = tried.state;
  }
  checkInvariants(state);
  return { state, events };
}

Deno.test("startBattle() gives everyone a square of their own, an order and one turn", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 12 }),
      fc.constantFrom(0 as const, 1 as const, 2 as const),
      fc.constantFrom("none" as const, "party" as const, "foes" as const),
      fc.nat(9_999),
      (size, monsters, distance, surprised, seed) => {
        const play = playOn(meeting(quickParty(size), monsters), String(seed));

        startBattle(play, { group: GROUP, distance, surprised });

        const { battle } = play.state;
        assert(battle);
        checkInvariants(play.state);
        assertEquals(Object.keys(battle.on).length, size + monsters.length);
        const taken = new Set<string>();
        for (const one of Object.values(battle.on)) {
          if (one.waiting) continue;
          for (let y = 0; y < one.size; y++) {
            for (let x = 0; x < one.size; x++) {
              const key = `${one.at[0] + x},${one.at[1] + y}`;
              assert(!taken.has(key), `two stand on ${key}`);
              taken.add(key);
              assert("./:~".includes(battle.field.rows[one.at[1] + y]?.[one.at[0] + x] ?? "#"), `no floor at ${key}`);
            }
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("a battle of the AI against itself ends for every seed, and its events fold to its state", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 8 }),
      fc.constantFrom("none" as const, "party" as const, "foes" as const),
      fc.nat(99_999),
      (size, monsters, surprised, seed) => {
        const before = meeting(quickParty(size), monsters);
        const play = playOn(before, String(seed));
        startBattle(play, { group: GROUP, distance: 2, surprised });

        const { state, events } = playOut(play.state, String(seed));

        assertEquals(replay(before, [...play.events, ...events]), state);
        assert(state.mode === "aftermath" || state.mode === "explore" || state.mode === "encounter");
        if (state.mode !== "aftermath") {
          assert(Object.values(state.characters).some((one) => one.life === "up"), "somebody can act after any ending");
        }
      },
    ),
    { numRuns: 25 },
  );
});

Deno.test("a round takes six seconds of the world's clock", () => {
  const play = playOn(meeting(quickParty(2), ["zombie"]), "1");
  startBattle(play, { group: GROUP, distance: 2, surprised: "none" });
  const { events } = playOut(play.state, "1");

  const rounds = events.filter((event) => event.type === "RoundStarted").length;

  const ended = [...play.events, ...events].find((event) => event.type === "CombatEnded");
  assert(ended && rounds > 0);
  const clock = replay(
    meeting(quickParty(2), ["zombie"]),
    [...play.events, ...events].filter((event) => event.type === "CombatStarted" || event.type === "RoundStarted"),
  ).clock;
  assertEquals(clock, 28_800 + rounds * ROUND);
});

Deno.test("foes who find no room come in from round 2", () => {
  const rows = Array.from({ length: 16 }, (_, y) => y === 7 ? "#######a########" : "#".repeat(16));
  const party = quickParty(6);
  const world = meeting(party, Array.from({ length: 20 }, () => "ogre"));
  const level = { ...openLevel({ monsters: Array.from({ length: 20 }, () => "ogre"), rows }) };
  const cramped = { ...world, levels: { [level.id]: level } };
  const play = playOn(cramped, "7");

  startBattle(play, { group: GROUP, distance: 0, surprised: "none" });

  const on = Object.entries(play.state.battle?.on ?? {});
  const waiting = on.filter(([, one]) => one.waiting).map(([id]) => id as CreatureId);
  assert(waiting.length > 0);
  const { events } = playOut(play.state, "7");
  const arrivals = events.filter((event) => event.type === "ReinforcementsArrived" || event.type === "CombatEnded");
  assert(arrivals.length > 0);
});
