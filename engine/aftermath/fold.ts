/** Folding of victory: experience, coins, shares. */
import { type Fold, withCharacter } from "../core/fold.ts";
import { addStack } from "../items/stacks.ts";
import type { CacheId, GroupId, LevelId } from "../types/ids.ts";
import type { Group } from "../types/area.ts";
import type { WorldState } from "../types/state.ts";

export const aftermathFold: Fold<
  "BattleWon" | "GroupResolved" | "XpGained" | "LootClaimed" | "LootGiven" | "AftermathEnded"
> = {
  BattleWon(state, event) {
    const emptied = event.cache ? emptyCache(state, event.cache) : state;
    const { group, xpEach, coins, items, endsAt, cache } = event;
    return { ...emptied, mode: "aftermath", aftermath: { group, xpEach, coins, items, claims: {}, endsAt, cache } };
  },
  GroupResolved: (state, event) => withGroup(state, event.level, event.group, { state: "resolved" }),
  XpGained: (state, event) => withCharacter(state, event.character, (one) => ({ ...one, xp: event.xp })),
  LootClaimed(state, event) {
    const { aftermath } = state;
    if (!aftermath) return state;
    const claims = {
      ...aftermath.claims,
      [event.item]: { ...aftermath.claims[event.item], [event.character]: event.claim },
    };
    return { ...state, aftermath: { ...aftermath, claims } };
  },
  LootGiven(state, event) {
    const { aftermath } = state;
    if (!aftermath) return state;
    const items = aftermath.items.filter((one) => one.id !== event.item);
    if (items.length === aftermath.items.length) return state;
    const { [event.item]: _, ...claims } = aftermath.claims;
    return addStack({ ...state, aftermath: { ...aftermath, items, claims } }, event.to, event.stack);
  },
  AftermathEnded: (state) => ({ ...state, aftermath: null, mode: state.mode === "aftermath" ? "explore" : state.mode }),
};

function withGroup(state: WorldState, levelId: LevelId, id: GroupId, change: Partial<Group>): WorldState {
  const level = state.levels[levelId];
  const group = level?.groups[id];
  if (!level || !group) return state;
  const groups = { ...level.groups, [id]: { ...group, ...change } };
  return { ...state, levels: { ...state.levels, [levelId]: { ...level, groups } } };
}

function emptyCache(state: WorldState, id: CacheId): WorldState {
  const level = Object.values(state.levels).find((one) => one.caches[id]);
  const cache = level?.caches[id];
  if (!level || !cache) return state;
  const caches = { ...level.caches, [id]: { ...cache, taken: true } };
  return { ...state, levels: { ...state.levels, [level.id]: { ...level, caches } } };
}
