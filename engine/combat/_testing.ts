/** Small worlds for tests: a battle drawn as text, characters made by hand, an honest play. */
import { createPlay, type Play } from "../core/play.ts";
import { rngAt } from "../core/rng.ts";
import { monster } from "../content/mod.ts";
import { perform, step } from "../decide.ts";
import { evolve } from "../evolve.ts";
import { emptyState } from "../seats/mod.ts";
import type { Group, Level } from "../types/area.ts";
import type { Command, Intent } from "../types/command.ts";
import type { Character, Combatant, ItemStack, Monster } from "../types/creature.ts";
import type { EventOf, WorldEvent } from "../types/event.ts";
import type {
  AccountId,
  BattleId,
  CreatureId,
  GroupId,
  ItemId,
  LevelId,
  Point,
  SeatId,
  WorldId,
} from "../types/ids.ts";
import type { Rejection } from "../types/rejection.ts";
import type { TurnClock } from "../types/names.ts";
import type { Field, WorldState } from "../types/state.ts";

export const SEAT = "s_1" as SeatId;
export const GROUP = "g_1" as GroupId;
export const LEVEL = "l_1" as LevelId;

const WORLD_SEED = "00112233445566778899aabbccddeeff";

/** Ids in tests: `c("f")` is a character, `n("g")` a monster. */
export function c(name: string): CreatureId {
  return `c_${name}` as CreatureId;
}

export function n(name: string): CreatureId {
  return `n_${name}` as CreatureId;
}

/** A human fighter of level 1 with longsword, shield and chain mail; change what the test is about. */
export function fighter(id: CreatureId, change: Partial<Character> = {}): Character {
  const pack: readonly ItemStack[] = [
    { id: `${id}_sword` as ItemId, item: "longsword", count: 1 },
    { id: `${id}_bow` as ItemId, item: "shortbow", count: 1 },
    { id: `${id}_arrows` as ItemId, item: "arrow", count: 20 },
  ];
  return {
    type: "character",
    id,
    name: id,
    hp: 12,
    maxHp: 12,
    tempHp: 0,
    life: "up",
    effects: [],
    slots: [],
    used: {},
    concentration: null,
    account: "a_1" as AccountId,
    seat: SEAT,
    lineage: "human",
    background: "sellsword",
    classes: [{ id: "fighter", level: 1 }],
    xp: 0,
    abilities: { str: 16, dex: 12, con: 14, int: 10, wis: 10, cha: 10 },
    skills: [],
    features: [],
    choices: {},
    hitDice: 1,
    deathSaves: { successes: 0, failures: 0 },
    pack,
    worn: { weaponMain: [`${id}_sword` as ItemId] },
    cantrips: [],
    spells: [],
    prepared: [],
    policy: { opportunity: "always", shield: "ask" },
    quick: false,
    missed: 0,
    appearance: { icon: "swordman", colours: ["#000", "#fff"] },
    lastLongRest: null,
    ...change,
  };
}

export interface SceneOptions {
  /** Letter -> character. */
  readonly party?: Readonly<Record<string, Character>>;
  /** Letter -> monster record id; its creature is `n(letter)`. */
  readonly foes?: Readonly<Record<string, string>>;
  /** Who acts, letters in initiative order. Default: party, then foes. */
  readonly order?: string;
  readonly clock?: TurnClock;
  readonly change?: Readonly<Record<string, Partial<Combatant>>>;
  readonly hurt?: Readonly<Record<string, Partial<Monster>>>;
  readonly boss?: boolean;
}

/** Reads a drawn battlefield: tiles as in `Field.rows`, letters are creatures standing on floor. First of the order has the turn. */
export function parseScene(drawn: readonly string[], options: SceneOptions = {}): WorldState {
  const { party = {}, foes = {} } = options;
  const on: Record<CreatureId, Combatant> = {};
  const monsters: Record<CreatureId, Monster> = {};
  const characters: Record<CreatureId, Character> = {};
  const idOf = (letter: string) => party[letter]?.id ?? n(letter);
  const rows = drawn.map((row, y) =>
    [...row].map((letter, x) => {
      const character = party[letter];
      const kind = foes[letter];
      if (!character && !kind) return letter;
      const side = character ? "party" as const : "foe" as const;
      on[idOf(letter)] ??= combatant({ at: [x, y], side, size: kind === "ogre" ? 2 : 1 }, options.change?.[letter]);
      if (character) characters[character.id] = character;
      else if (kind) monsters[n(letter)] ??= foe(letter, kind, options.hurt?.[letter]);
      return ".";
    }).join("")
  );
  const order = [...(options.order ?? Object.keys(party).join("") + Object.keys(foes).join(""))].map(idOf);
  const field: Field = {
    width: rows[0]?.length ?? 0,
    height: rows.length,
    rows,
    level: LEVEL,
    origin: [0, 0],
    edges: {},
  };
  const state = emptyState("w_1" as WorldId);
  const turn = order[0] ?? c("");
  return {
    ...state,
    seed: WORLD_SEED,
    options: { ...state.options, turnClock: options.clock ?? "relaxed" },
    mode: "battle",
    seats: {
      [SEAT]: { id: SEAT, account: "a_1" as AccountId, name: "Ann", roles: ["host", "leader"], left: false, number: 1 },
    },
    characters,
    levels: { [LEVEL]: openLevel({ monsters: Object.values(foes), boss: options.boss ?? false }) },
    known: { [LEVEL]: { cells: {}, found: {}, visited: {} } },
    party: {
      ...state.party,
      level: LEVEL,
      at: [1, 1],
      purse: 1_000,
      order: Object.values(characters).map((one) => one.id),
      lastSafe: { level: LEVEL, at: [2, 2], facing: "south" },
    },
    battle: {
      id: "b_1" as BattleId,
      group: GROUP,
      round: 1,
      order,
      turn,
      field,
      on,
      monsters,
      clouds: {},
      prompt: null,
      idle: 0,
      endsAt: null,
      banks: {},
      startedAt: 0,
    },
  };
}

function combatant(input: Pick<Combatant, "at" | "side" | "size">, change: Partial<Combatant> = {}): Combatant {
  return {
    facing: input.side === "party" ? "east" : "west",
    initiative: 10,
    budget: { movement: 30, action: 1, bonusAction: 1, reaction: 1, attacks: 0, freeHand: 1 },
    surprised: false,
    guarding: false,
    dodging: false,
    slipping: false,
    hidden: false,
    helped: null,
    sneakUsed: false,
    spellCast: "none",
    heldFacing: false,
    waiting: false,
    ...input,
    ...change,
  };
}

function foe(letter: string, kind: string, change: Partial<Monster> = {}): Monster {
  const record = monster(kind);
  return {
    type: "monster",
    id: n(letter),
    name: record.name,
    hp: record.hpAverage,
    maxHp: record.hpAverage,
    tempHp: 0,
    life: "up",
    effects: [],
    slots: [],
    used: {},
    concentration: null,
    monster: kind,
    number: 1,
    leader: false,
    ...change,
  };
}

/** A level of one open hall, with a group of these monsters. */
export function openLevel(
  input: { readonly monsters: readonly string[]; readonly boss?: boolean; readonly rows?: readonly string[] },
): Level {
  const counts = new Map<string, number>();
  for (const kind of input.monsters) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const group: Group = {
    id: GROUP,
    at: [1, 2],
    monsters: [...counts].map(([kind, count]) => ({ monster: kind, count })),
    attitude: "hostile",
    boss: input.boss ?? false,
    pattern: "band",
    xp: input.monsters.reduce((sum, kind) => sum + monster(kind).xp, 0),
    state: "met",
  };
  return {
    id: LEVEL,
    depth: 1,
    name: "Hall",
    theme: "keep",
    tier: 1,
    rows: input.rows ?? Array.from({ length: 16 }, () => "a".repeat(16)),
    zones: { a: { name: "Hall", kind: "room", light: "bright", safe: false } },
    walls: {},
    doors: {},
    features: {},
    groups: { [GROUP]: group },
    caches: {},
    entry: { at: [0, 0], facing: "north" },
    goal: [15, 15],
    restPeriod: 3_600,
    restPercent: 10,
    wanderPercent: 5,
    plan: { linear: false, loops: 1, roll: 0 },
  };
}

/** A play on a scene whose dice depend on `seed` alone. */
export function playOn(state: WorldState, seed = "1", at = 1_000): Play {
  return createPlay({ state, by: { type: "system" }, at, rng: rngAt(WORLD_SEED, `test/${seed}`), evolve, perform });
}

export interface Tried {
  readonly state: WorldState;
  readonly events: readonly WorldEvent[];
  readonly rejection: Rejection | undefined;
}

/** Asks for something as the seat does (or as the host, for its own intents) and says what came of it. */
export function ask(
  state: WorldState,
  intent: Intent,
  options: { readonly seed?: string; readonly at?: number; readonly system?: true } = {},
): Tried {
  const system = options.system === true || intent.type === "AiTurn" || intent.type === "TurnExpired" ||
    intent.type === "PromptExpired";
  const by: Command["by"] = system ? { type: "system" } : { type: "seat", seat: SEAT };
  const outcome = step(
    state,
    { by, at: options.at ?? 1_000, intent },
    rngAt(WORLD_SEED, `test/${options.seed ?? "1"}`),
  );
  return outcome.ok
    ? { state: outcome.state, events: outcome.events, rejection: undefined }
    : { state, events: [], rejection: outcome.rejection };
}

/** Tries seeds until the outcome is as wished: dice are never faked. Throws after 400. */
export function askUntil(state: WorldState, intent: Intent, wish: (tried: Tried) => boolean, at?: number): Tried {
  for (let seed = 0; seed < 400; seed++) {
    const tried = ask(state, intent, { seed: String(seed), ...(at === undefined ? {} : { at }) });
    if (wish(tried)) return tried;
  }
  throw new RangeError("Cannot find a seed as one in 400 must give the wished outcome");
}

/** Events of one type. */
export function eventsOf<T extends WorldEvent["type"]>(
  tried: { readonly events: readonly WorldEvent[] },
  type: T,
): readonly EventOf<T>[] {
  return tried.events.filter((event): event is EventOf<T> => event.type === type);
}

/** Where a creature stands. */
export function placeOf(state: WorldState, id: CreatureId): Point | undefined {
  return state.battle?.on[id]?.at;
}
