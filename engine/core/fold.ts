/** Evolve handlers by family; the engine's `evolve` is their union, checked to be complete by the compiler. */
import type { EventOf, WorldEvent } from "../types/event.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Character, Combatant, Creature, Monster } from "../types/creature.ts";
import type { Battle, WorldState } from "../types/state.ts";

export type Fold<T extends WorldEvent["type"]> = {
  readonly [K in T]: (state: WorldState, event: EventOf<K>) => WorldState;
};

/** The creature of an id, character or monster of the running battle. */
export function findCreature(state: WorldState, id: CreatureId): Creature | undefined {
  return state.characters[id] ?? state.battle?.monsters[id];
}

/** The same world with one creature changed. An unknown creature changes nothing: folding is total. */
export function withCreature(
  state: WorldState,
  id: CreatureId,
  change: Partial<Omit<Monster, "type" | "id" | "monster" | "number" | "leader">>,
): WorldState {
  const character = state.characters[id];
  if (character) return { ...state, characters: { ...state.characters, [id]: { ...character, ...change } } };
  const battle = state.battle;
  const monster = battle?.monsters[id];
  if (!battle || !monster) return state;
  return { ...state, battle: { ...battle, monsters: { ...battle.monsters, [id]: { ...monster, ...change } } } };
}

export function withCharacter(
  state: WorldState,
  id: CreatureId,
  change: (character: Character) => Character,
): WorldState {
  const character = state.characters[id];
  return character ? { ...state, characters: { ...state.characters, [id]: change(character) } } : state;
}

export function withBattle(state: WorldState, change: Partial<Battle>): WorldState {
  return state.battle ? { ...state, battle: { ...state.battle, ...change } } : state;
}

export function withCombatant(state: WorldState, id: CreatureId, change: Partial<Combatant>): WorldState {
  const one = state.battle?.on[id];
  return one && state.battle ? withBattle(state, { on: { ...state.battle.on, [id]: { ...one, ...change } } }) : state;
}
