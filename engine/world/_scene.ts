/** Small worlds for the tests of exploring: a drawn level, a party of made characters, commands through the front door. */
import { createCharacter } from "../character/mod.ts";
import { commandRng } from "../core/rng.ts";
import { type Outcome, step } from "../decide.ts";
import { emptyState } from "../seats/mod.ts";
import { type Level, LEVEL_SIZE, type Zone } from "../types/area.ts";
import type { Intent, PlayerIntent } from "../types/command.ts";
import type { Character } from "../types/creature.ts";
import type { AccountId, CreatureId, SeatId, WorldId } from "../types/ids.ts";
import type { ClassId } from "../types/names.ts";
import type { WorldState } from "../types/state.ts";
import { levelId } from "./ids.ts";

export const SEED = "0123456789abcdef".repeat(2);
export const SEAT = "s_1" as SeatId;
export const ACCOUNT = "a_1" as AccountId;
export const WORLD = "w_1" as WorldId;

const CLASSES: readonly ClassId[] = ["fighter", "cleric", "thief", "mage", "ranger", "paladin"];

/** A level-1 human of a class, as a roster would hand it over. */
export function hero(number: number, account: AccountId = ACCOUNT): Character {
  const made = createCharacter({
    id: `c_${number}` as CreatureId,
    account,
    rolls: [],
    intent: {
      name: `Hero ${"ABCDEFGHIJ".charAt(number)}`,
      class: CLASSES[number % CLASSES.length] ?? "fighter",
      lineage: "human",
      background: "acolyte",
      method: "standard",
    },
  });
  if (!made.ok) throw new RangeError(`Cannot make hero: got ${made.rejection.code}`);
  return made.character;
}

const ZONE: Zone = { name: "Hall", kind: "room", light: "bright", safe: false };

/** A level from rows of letters; what is not given is empty. Short drawings are filled up with rock. */
export function drawLevel(rows: readonly string[], more: Partial<Level> = {}): Level {
  const full = Array.from({ length: LEVEL_SIZE }, (_, y) => (rows[y] ?? "").padEnd(LEVEL_SIZE, "#"));
  const letters = new Set(full.join("").replaceAll("#", ""));
  return {
    id: levelId("l_1"),
    depth: 1,
    name: "Test",
    theme: "ruin",
    tier: 1,
    rows: full,
    zones: Object.fromEntries([...letters].map((letter) => [letter, { ...ZONE, name: `Hall ${letter}` }])),
    walls: {},
    doors: {},
    features: {},
    groups: {},
    caches: {},
    entry: { at: [0, 0], facing: "east" },
    goal: [0, 0],
    restPeriod: 7_200,
    restPercent: 0,
    wanderPercent: 0,
    plan: { linear: true, loops: 0, roll: 0 },
    ...more,
  };
}

/** A seated party of `size` at the level's entry. */
export function sceneOn(level: Level, size = 1): WorldState {
  const characters = Array.from({ length: size }, (_, index) => ({ ...hero(index), seat: SEAT }));
  const pose = { level: level.id, at: level.entry.at, facing: level.entry.facing };
  const empty = emptyState(WORLD);
  return {
    ...empty,
    seed: SEED,
    generator: 1,
    seats: { [SEAT]: { id: SEAT, account: ACCOUNT, name: "Ann", roles: ["host", "leader"], left: false, number: 1 } },
    characters: Object.fromEntries(characters.map((one) => [one.id, one])),
    levels: { [level.id]: level },
    known: { [level.id]: { cells: {}, found: {}, visited: {} } },
    party: { ...empty.party, ...pose, lastSafe: pose, order: characters.map((one) => one.id) },
  };
}

/** One command through the front door. `n` keys its dice. */
export function ask(state: WorldState, intent: Intent, n = 1, by: SeatId | "system" = SEAT): Outcome {
  const who = by === "system" ? { type: "system" as const } : { type: "seat" as const, seat: by };
  return step(state, { by: who, at: 1_000 + n, intent }, commandRng(state.seed || SEED, 1, n));
}

/** The same, where the command must be accepted. */
export function act(state: WorldState, ...intents: readonly PlayerIntent[]): WorldState {
  let now = state;
  for (const [index, intent] of intents.entries()) {
    const outcome = ask(now, intent, index + 1);
    if (!outcome.ok) throw new RangeError(`Cannot ${intent.type}: ${outcome.rejection.code}`);
    now = outcome.state;
  }
  return now;
}

/** Code of the refusal, or `ok`. */
export function codeOf(outcome: Outcome): string {
  return outcome.ok ? "ok" : outcome.rejection.code;
}
