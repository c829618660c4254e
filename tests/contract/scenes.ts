/** Ways to put a world into a state: small, and each about one thing. */
import type { Level, Pass } from "../../engine/types/area.ts";
import type { Budget, Character, Combatant, ItemStack } from "../../engine/types/creature.ts";
import type { CacheId, CreatureId, EdgeKey, ItemId, Point, SeatId } from "../../engine/types/ids.ts";
import type { Battle, Quest, WorldState } from "../../engine/types/state.ts";
import type { ClassId } from "../../engine/types/names.ts";

export type Scene = (state: WorldState) => WorldState;

/** One after another. */
export function scene(...parts: readonly Scene[]): Scene {
  return (state) => parts.reduce((so, part) => part(so), state);
}

export function byClass(state: WorldState, id: ClassId): CreatureId {
  const found = Object.values(state.characters).find(({ classes }) => classes[0]?.id === id);
  if (found === undefined) throw new Error(`There is no ${id}`);
  return found.id;
}

export function who(id: ClassId, change: Partial<Character> | ((one: Character) => Partial<Character>)): Scene {
  return (state) => {
    const key = byClass(state, id);
    const one = state.characters[key];
    if (one === undefined) return state;
    const changed = { ...one, ...(typeof change === "function" ? change(one) : change) };
    return { ...state, characters: { ...state.characters, [key]: changed } };
  };
}

export const nobody: Scene = (state) => ({ ...state, characters: {}, party: { ...state.party, order: [] } });

export function party(change: Partial<WorldState["party"]>): Scene {
  return (state) => ({ ...state, party: { ...state.party, ...change } });
}

export function level(change: (level: Level) => Partial<Level>): Scene {
  return (state) => {
    const here = state.levels[state.party.level];
    return here === undefined
      ? state
      : { ...state, levels: { ...state.levels, [here.id]: { ...here, ...change(here) } } };
  };
}

/** The party faces a door of the level, in this state. */
export function atDoor(pass: Pass, door: { readonly open?: boolean; readonly dc?: number } = {}): Scene {
  return (state) => {
    const edge = Object.keys(state.levels[state.party.level]?.doors ?? {})[0];
    const [, side, x, y] = /^([nw])(\d+),(\d+)$/.exec(edge ?? "") ?? [];
    if (edge === undefined || side === undefined) throw new Error("The level has no door");
    const known = state.known[state.party.level];
    return scene(
      level(({ doors }) => ({
        doors: { ...doors, [edge as EdgeKey]: { kind: "wood", pass, open: false, dc: 15, ...door } },
      })),
      party({ at: [Number(x), Number(y)], facing: side === "n" ? "north" : "west", tried: [] }),
      (so) => ({
        ...so,
        known: known === undefined
          ? so.known
          : { ...so.known, [so.party.level]: { ...known, found: { ...known.found, [edge]: 1 } } },
      }),
    )(state);
  };
}

/** The party faces a shut door and knows the ground behind it. */
export const atKnownDoor: Scene = (state) => {
  const so = atDoor(1)(state);
  const { level: id, at } = so.party;
  const known = so.known[id];
  const cells = { ...known?.cells, [at.join(",")]: 1, [ahead(so).join(",")]: 1 };
  return known === undefined ? so : { ...so, known: { ...so.known, [id]: { ...known, cells } } };
};

/** The cell the party faces, to the north or the west. */
export function ahead({ party: { at: [x, y], facing } }: WorldState): readonly [number, number] {
  return facing === "north" ? [x, y - 1] : [x - 1, y];
}

/** The party looks at a wall. */
export const atWall: Scene = (state) => {
  const here = state.levels[state.party.level];
  for (const [y, row] of (here?.rows ?? []).entries()) {
    const x = [...row].findIndex((cell, at) => cell !== "#" && (y === 0 || here?.rows[y - 1]?.[at] === "#"));
    if (x >= 0) return party({ at: [x, y], facing: "north" })(state);
  }
  throw new Error("The level has no wall");
};

/** Something lies under foot. */
export function onCache(coins: number): Scene {
  return (state) => {
    const [x, y] = state.party.at;
    const id = "k_test" as CacheId;
    return level(({ features, caches }) => ({
      features: { ...features, [`${x},${y}`]: { type: "cache", cache: id } },
      caches: { ...caches, [id]: { id, at: [x, y], coins, items: [stack("i_found", "dagger")], taken: false } },
    }))(state);
  };
}

export function stack(id: string, item: string, more: Partial<ItemStack> = {}): ItemStack {
  return { id: id as ItemId, item, count: 1, ...more };
}

/** A stash with no room left. */
export const fullStash: Scene = party({
  stash: Array.from({ length: 400 }, (_, index) => stack(`i_stash${index}`, "dagger")),
});

export const camp: Scene = (state) => ({ ...state, mode: "camp", camp: { since: state.clock, rests: 1 } });

/** Foes ahead: the first group of the level that still waits, as if met. */
export function encounter(change: Partial<NonNullable<WorldState["encounter"]>> = {}): Scene {
  return (state) => {
    const here = state.levels[state.party.level];
    const group = Object.values(here?.groups ?? {}).find((one) => one.state === "waiting");
    if (here === undefined || group === undefined) throw new Error("Nobody waits on this level");
    return {
      ...state,
      mode: "encounter",
      encounter: {
        group: group.id,
        level: here.id,
        distance: 1,
        attitude: "hostile",
        waits: 0,
        surprised: "none",
        endsAt: state.at + 60_000,
        ...change,
      },
    };
  };
}

export function aftermath(items: readonly ItemStack[]): Scene {
  return (state) => {
    const group = Object.values(state.levels[state.party.level]?.groups ?? {})[0];
    if (group === undefined) throw new Error("The level has no group");
    return {
      ...state,
      mode: "aftermath",
      aftermath: { group: group.id, xpEach: 10, coins: 5, items, claims: {}, endsAt: state.at + 60_000, cache: null },
    };
  };
}

export function quest(change: Partial<Quest>): Scene {
  return (state) => {
    const first = Object.values(state.quests)[0];
    return first === undefined ? state : { ...state, quests: { ...state.quests, [first.id]: { ...first, ...change } } };
  };
}

export const stepsDone: Scene = (state) => {
  const first = Object.values(state.quests)[0];
  return quest({ state: "active", steps: (first?.steps ?? []).map((step) => ({ ...step, done: true })) })(state);
};

export function battle(change: (battle: Battle) => Partial<Battle>): Scene {
  return (state) => {
    if (state.battle === null) throw new Error("There is no battle");
    return { ...state, battle: { ...state.battle, ...change(state.battle) } };
  };
}

const FULL: Budget = { movement: 30, action: 1, bonusAction: 1, reaction: 1, attacks: 0, freeHand: 1 };
const WIDTH = 49;
const HEIGHT = 25;

/**
 * An open field: the one of this class at 10,10 on its turn, the others below it, one foe beside it and the rest far
 * away. A shut door stands at 10,9, a pillar wall between 20 and 30.
 */
export function arena(acting: ClassId, budget: Partial<Budget> = {}, mine: Partial<Combatant> = {}): Scene {
  return (state) => {
    const actor = byClass(state, acting);
    const rows = Array.from(
      { length: HEIGHT },
      (_, y) => y === 0 || y === HEIGHT - 1 ? "#".repeat(WIDTH) : `#${row(y)}#`,
    );
    const place = (id: CreatureId, index: number): Point =>
      id === actor
        ? [10, 10]
        : state.characters[id] === undefined
        ? (id === firstFoe(state) ? [11, 10] : [40, 2 + index])
        : [10, 11 + index];
    const set = battle(({ on, field, order }) => ({
      turn: actor,
      prompt: null,
      clouds: {},
      order: [actor, ...order.filter((id) => id !== actor)],
      field: { ...field, width: WIDTH, height: HEIGHT, rows, edges: { ...field.edges, "10,9": doorOf(state) } },
      on: Object.fromEntries(
        Object.entries(on).map(([id, { attacked: _, ...one }], index) => [id, {
          ...one,
          at: place(id as CreatureId, index),
          waiting: false,
          hidden: false,
          surprised: false,
          guarding: false,
          dodging: false,
          slipping: false,
          spellCast: "none",
          ...(id === actor ? { budget: { ...FULL, ...budget }, ...mine } : {}),
        }]),
      ),
    }));
    return scene(who(acting, { life: "up", effects: [], hp: 8, quick: false }), set)(state);
  };
}

function row(y: number): string {
  const cells: string[] = Array.from({ length: WIDTH - 2 }, (_, x) => x + 1 === 25 && y < 20 ? "#" : ".");
  if (y === 9) cells[9] = "+";
  return cells.join("");
}

function doorOf(state: WorldState): EdgeKey {
  const [edge] = Object.keys(state.levels[state.party.level]?.doors ?? {});
  return edge as EdgeKey;
}

/** The door of the arena, in this state. */
export function fieldDoor(pass: Pass): Scene {
  return (state) => {
    const edge = doorOf(state);
    return level(({ doors }) => ({ doors: { ...doors, [edge]: { kind: "wood", pass, open: false, dc: 15 } } }))(state);
  };
}

export function firstFoe(state: WorldState): CreatureId {
  const [foe] = Object.keys(state.battle?.monsters ?? {});
  if (foe === undefined) throw new Error("There is no foe");
  return foe as CreatureId;
}

/** A combatant put elsewhere, or marked. */
export function placed(find: (state: WorldState) => CreatureId, change: Partial<Combatant>): Scene {
  return (state) => {
    const id = find(state);
    return battle(({ on }) => {
      const one = on[id];
      return one === undefined ? {} : { on: { ...on, [id]: { ...one, ...change } } };
    })(state);
  };
}

/** A question to somebody, so that nobody else may act. */
export function prompted(id: ClassId): Scene {
  return (state) =>
    battle(() => ({
      prompt: {
        type: "opportunity",
        creature: byClass(state, id),
        mover: firstFoe(state),
        path: [[11, 9]],
        asked: [byClass(state, id)],
        endsAt: state.at + 60_000,
      },
    }))(state);
}

/** Lying on the ground, by an effect that lasts. */
export function prone(id: ClassId): Scene {
  return who(id, ({ effects }) => ({
    effects: [...effects, {
      id: "e_prone" as Character["effects"][number]["id"],
      record: {
        kind: "condition",
        name: "Prone",
        tags: [],
        condition: "prone",
        duration: null,
        stackKey: "prone",
        stackRule: "exclusive",
        priority: 50,
        dispel: "none",
      },
      source: "test",
      caster: null,
      dc: 0,
      startsAt: 0,
      endsAt: null,
    }],
  }));
}

export function seatNumber(state: WorldState, number: number): SeatId {
  const seat = Object.values(state.seats).find((one) => one.number === number);
  return seat?.id ?? "s_9" as SeatId;
}
