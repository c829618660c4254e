import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { evolve } from "../evolve.ts";
import { legalForSeat } from "../legal.ts";
import { emptyState } from "../seats/mod.ts";
import type { PlayerIntent } from "../types/command.ts";
import type { WorldEvent } from "../types/event.ts";
import type { LevelId } from "../types/ids.ts";
import type { WorldState } from "../types/state.ts";
import { ACCOUNT, ask, hero, SEAT, WORLD } from "./_scene.ts";
import { canPass, facingTo, isFloor } from "./geometry.ts";

/** A generated world with four characters. Without dwellers, unless asked for: then encounters happen, too. */
function worldOf(seed: number, dwellers: boolean): WorldState {
  const hex = seed.toString(16).padStart(32, "0");
  const made = ask(
    { ...emptyState(WORLD), seed: hex },
    {
      type: "CreateWorld",
      world: WORLD,
      name: "Test",
      seed: hex,
      seedHash: "hash",
      invite: "secret",
      options: { turnClock: "normal", difficulty: "normal" },
    },
    1,
    "system",
  );
  assert(made.ok);
  const levels = Object.fromEntries(
    Object.values(made.state.levels).map((level) => [
      level.id,
      dwellers ? level : {
        ...level,
        groups: {},
        caches: Object.fromEntries(
          Object.values(level.caches).map(({ heldBy: _, ...cache }) => [cache.id, cache]),
        ),
        wanderPercent: 0,
      },
    ]),
  );
  const seated = ask(
    { ...made.state, levels },
    { type: "JoinGame", account: ACCOUNT, name: "Ann", seat: SEAT, characters: [0, 1, 2, 3].map((one) => hero(one)) },
    2,
    "system",
  );
  assert(seated.ok);
  return seated.state;
}

const EXPLORING: ReadonlySet<PlayerIntent["type"]> = new Set([
  "Step",
  "Turn",
  "Interact",
  "Search",
  "Travel",
  "Light",
  "ChooseEncounter",
  "StartQuest",
  "CompleteQuest",
]);

function plotOf(state: WorldState): readonly string[] {
  const lying = Object.values(state.levels).flatMap((level) => Object.values(level.caches))
    .filter((cache) => !cache.taken).flatMap((cache) => cache.items);
  const held = Object.values(state.characters).flatMap((one) => one.pack);
  return [...lying, ...held, ...state.party.stash].filter((one) => one.plot).map((one) => one.id).sort();
}

function seenOf(state: WorldState, level: LevelId): number {
  return Object.keys(state.known[level]?.cells ?? {}).length;
}

/** Folds events one by one: each step of the party crosses an edge that is open at that moment. */
function checkSteps(before: WorldState, events: readonly WorldEvent[]): void {
  let state = before;
  for (const event of events) {
    if (event.type === "PartyMoved") {
      const level = state.levels[state.party.level];
      const facing = facingTo(state.party.at, event.to);
      assert(level && facing && canPass(level, state.party.at, facing, state.known[level.id]?.found ?? {}));
      assertEquals(facing, state.party.facing);
    }
    state = evolve(state, event);
  }
}

function explore(seed: number, choices: readonly number[], dwellers: boolean): void {
  let state = worldOf(seed, dwellers);
  const keys = plotOf(state);
  choices.forEach((choice, index) => {
    const legal = legalForSeat(state, SEAT).filter((one) => EXPLORING.has(one.type));
    if (state.mode === "battle" || state.mode === "aftermath") return;
    assert(legal.length > 0, `nothing to do in ${state.mode}`);
    const intent = legal[choice % legal.length];
    assert(intent);
    const outcome = ask(state, intent, index + 10);
    assert(outcome.ok, `${JSON.stringify(intent)} was listed but refused: ${outcome.ok ? "" : outcome.rejection.code}`);
    checkSteps(state, outcome.events);
    const next = outcome.state;
    const level = next.levels[next.party.level];
    assert(level && isFloor(level, next.party.at), "the party stands on floor");
    for (const id of Object.keys(state.known) as LevelId[]) assert(seenOf(next, id) >= seenOf(state, id));
    assert(next.party.purse >= 0 && next.clock >= state.clock);
    if (!dwellers) assertEquals(plotOf(next), keys);
    state = next;
  });
}

Deno.test("exploring keeps the party on floor, its map growing, its keys and coins whole, and every listed act legal", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.array(fc.nat({ max: 10_000 }), { minLength: 20, maxLength: 60 }),
      (seed, choices) => explore(seed, choices, false),
    ),
    { numRuns: 25 },
  );
});

Deno.test("encounters on the way offer only choices the rules accept", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.array(fc.nat({ max: 10_000 }), { minLength: 20, maxLength: 60 }),
      (seed, choices) => explore(seed, choices, true),
    ),
    { numRuns: 15 },
  );
});
