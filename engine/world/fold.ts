/** Folding of exploration: facts into state, nothing more. */
import type { Fold } from "../core/fold.ts";
import type { KnownLevel, Level } from "../types/area.ts";
import type { CellKey, EdgeKey, LevelId } from "../types/ids.ts";
import type { ItemStack } from "../types/creature.ts";
import type { WorldState } from "../types/state.ts";
import { cellKey } from "./geometry.ts";

/** The same world with one level changed; an unknown level changes nothing. */
export function withLevel(state: WorldState, id: LevelId, change: (level: Level) => Partial<Level>): WorldState {
  const level = state.levels[id];
  return level ? { ...state, levels: { ...state.levels, [id]: { ...level, ...change(level) } } } : state;
}

/** The same world with more of a level known. */
export function withKnown(
  state: WorldState,
  id: LevelId,
  more: {
    readonly cells?: readonly CellKey[];
    readonly visited?: readonly CellKey[];
    readonly found?: readonly EdgeKey[];
  },
): WorldState {
  const old = state.known[id] ?? NOTHING;
  const known = {
    cells: marked(old.cells, more.cells),
    visited: marked(old.visited, more.visited),
    found: marked(old.found, more.found),
  };
  const same = known.cells === old.cells && known.visited === old.visited && known.found === old.found;
  return same && state.known[id] ? state : { ...state, known: { ...state.known, [id]: known } };
}

const NOTHING: KnownLevel = { cells: {}, found: {}, visited: {} };

/** The same record when nothing is new: what depends on it need not be worked out again. */
function marked<K extends string>(old: Readonly<Record<K, 1>>, keys: readonly K[] = []): Readonly<Record<K, 1>> {
  const fresh = keys.filter((key) => old[key] === undefined);
  if (fresh.length === 0) return old;
  const out: Record<K, 1> = { ...old };
  for (const key of fresh) out[key] = 1;
  return out;
}

/** Stacks with one unit of `id` used up. */
export function spendOne(stacks: readonly ItemStack[], id: string): readonly ItemStack[] {
  return stacks.flatMap((stack) => {
    if (stack.id !== id) return [stack];
    return stack.count > 1 ? [{ ...stack, count: stack.count - 1 }] : [];
  });
}

export const worldFold: Fold<
  | "TimePassed"
  | "PartyMoved"
  | "PartyTurned"
  | "LevelEntered"
  | "CellsSeen"
  | "SearchSet"
  | "Searched"
  | "SecretFound"
  | "DoorTried"
  | "DoorChanged"
  | "LightLit"
  | "LightWentOut"
  | "TravelStopped"
  | "CacheTaken"
  | "ConditionNoted"
> = {
  TimePassed: (state, event) => ({ ...state, clock: state.clock + event.seconds }),
  PartyMoved: (state, event) => {
    const { level, at, facing } = state.party;
    const next = withKnown(state, level, { visited: [cellKey(event.to)], cells: [cellKey(event.to)] });
    return { ...next, party: { ...next.party, at: event.to, tried: [], lastSafe: { level, at, facing } } };
  },
  PartyTurned: (state, event) => ({ ...state, party: { ...state.party, facing: event.facing } }),
  LevelEntered: (state, event) => {
    const { level, at, facing } = state.party;
    const next = withKnown(state, event.level, { visited: [cellKey(event.to)], cells: [cellKey(event.to)] });
    return {
      ...next,
      party: {
        ...next.party,
        level: event.level,
        at: event.to,
        facing: event.facing,
        tried: [],
        lastSafe: { level, at, facing },
      },
    };
  },
  CellsSeen: (state, event) => withKnown(state, event.level, { cells: event.cells }),
  SearchSet: (state, event) => ({ ...state, party: { ...state.party, searching: event.on } }),
  Searched: (state) => state,
  SecretFound: (state, event) => withKnown(state, event.level, { found: [event.edge] }),
  DoorTried: (state, event) => ({
    ...state,
    party: { ...state.party, tried: [...state.party.tried, `${event.how}:${event.edge}`] },
  }),
  DoorChanged: (state, event) =>
    withLevel(state, event.level, (level) => {
      const door = level.doors[event.edge];
      return door ? { doors: { ...level.doors, [event.edge]: { ...door, open: event.open, pass: event.pass } } } : {};
    }),
  LightLit: (state, event) => {
    const lit = { ...state, party: { ...state.party, light: { item: event.item, until: event.until } } };
    const spent = event.spent;
    if (spent === undefined) return lit;
    const holder = state.characters[event.by];
    if (holder?.pack.some((stack) => stack.id === spent)) {
      const changed = { ...holder, pack: spendOne(holder.pack, spent) };
      return { ...lit, characters: { ...lit.characters, [event.by]: changed } };
    }
    return { ...lit, party: { ...lit.party, stash: spendOne(lit.party.stash, spent) } };
  },
  LightWentOut: (state) => ({ ...state, party: { ...state.party, light: null } }),
  TravelStopped: (state) => state,
  CacheTaken: (state, event) => {
    const gone = new Set<string>(event.items.map((stack) => stack.id));
    const next = withLevel(state, event.level, (level) => {
      const cache = level.caches[event.cache];
      if (!cache) return {};
      const left = cache.items.filter((stack) => !gone.has(stack.id));
      return {
        caches: { ...level.caches, [event.cache]: { ...cache, coins: 0, items: left, taken: left.length === 0 } },
      };
    });
    return {
      ...next,
      party: {
        ...next.party,
        purse: next.party.purse + event.coins,
        stash: [...next.party.stash, ...event.items],
      },
    };
  },
  ConditionNoted: (state) => state,
};
