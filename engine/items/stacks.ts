/** Where things lie: packs, the stash, the floor under the party. Counts are conserved by every function here. */
import { withCharacter } from "../core/fold.ts";
import type { Character, ItemStack } from "../types/creature.ts";
import type { CellKey, CreatureId, ItemId, LevelId } from "../types/ids.ts";
import type { Slot } from "../types/names.ts";
import { SLOTS } from "../types/names.ts";
import type { WorldState } from "../types/state.ts";

export type Place = CreatureId | "stash" | "ground";

/** Key of the pile on the party's cell. */
export function pileKey(state: WorldState): `${LevelId}:${CellKey}` {
  const { level, at } = state.party;
  return `${level}:${at[0]},${at[1]}`;
}

export function stacksAt(state: WorldState, place: Place): readonly ItemStack[] {
  if (place === "stash") return state.party.stash;
  if (place === "ground") return state.piles[pileKey(state)] ?? [];
  return state.characters[place]?.pack ?? [];
}

function withStacks(state: WorldState, place: Place, stacks: readonly ItemStack[]): WorldState {
  if (place === "stash") return { ...state, party: { ...state.party, stash: stacks } };
  if (place === "ground") {
    const { [pileKey(state)]: _, ...others } = state.piles;
    return { ...state, piles: stacks.length === 0 ? others : { ...others, [pileKey(state)]: stacks } };
  }
  return withCharacter(state, place, (one) => withoutMissing({ ...one, pack: stacks }));
}

/** Takes off whatever is no longer in the pack. */
function withoutMissing(character: Character): Character {
  const here = new Set(character.pack.map((one) => one.id));
  if (Object.values(character.worn).every((ids) => ids.every((id) => here.has(id)))) return character;
  return { ...character, worn: keepWorn(character, (id) => here.has(id)) };
}

export function keepWorn(character: Character, keep: (id: ItemId, slot: Slot) => boolean): Character["worn"] {
  return Object.fromEntries(SLOTS.flatMap((slot) => {
    const ids = (character.worn[slot] ?? []).filter((id) => keep(id, slot));
    return ids.length > 0 ? [[slot, ids]] : [];
  }));
}

/** Adds a stack; one with the same id, or the one named by `into`, takes it in. */
export function addStack(state: WorldState, place: Place, stack: ItemStack, into: ItemId = stack.id): WorldState {
  const here = stacksAt(state, place);
  const found = here.some((one) => one.id === into);
  const next = found
    ? here.map((one) => (one.id === into ? { ...one, count: one.count + stack.count } : one))
    : [...here, stack];
  return withStacks(state, place, next);
}

/** Sets how many of a stack are left; none removes it. */
export function setCount(state: WorldState, place: Place, id: ItemId, left: number): WorldState {
  const next = stacksAt(state, place).flatMap((one) => {
    if (one.id !== id) return [one];
    return left > 0 ? [{ ...one, count: left }] : [];
  });
  return withStacks(state, place, next);
}
