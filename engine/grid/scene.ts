/** Geometry questions asked about creatures of a running battle. */
import { findCreature } from "../core/fold.ts";
import type { CreatureId, Point } from "../types/ids.ts";
import type { Battle, WorldState } from "../types/state.ts";
import { type Crowd, crowdFor, type Reach, reachFrom, takesRoom, type Walk } from "./reach.ts";
import { liesBetween, placesSee, wallCover } from "./sight.ts";
import { distanceBetween, footprint, type Place } from "./square.ts";

/** Feet between two creatures on the field; Infinity when one is not there. */
export function creatureDistance(battle: Battle, a: CreatureId, b: CreatureId): number {
  const one = battle.on[a];
  const two = battle.on[b];
  return one && two ? distanceBetween(one, two) : Infinity;
}

/** Whether two creatures have a clear line. */
export function creaturesSee(battle: Battle, a: CreatureId, b: CreatureId): boolean {
  const one = battle.on[a];
  const two = battle.on[b];
  return one !== undefined && two !== undefined && placesSee(battle, one, two);
}

/** Cover of `target` against `by`: 0, 2 or 5. Every other creature on its feet between them counts as half cover. */
export function coverBetween(state: WorldState, by: CreatureId, target: CreatureId): 0 | 2 | 5 {
  const from = state.battle?.on[by];
  return from ? coverFrom(state, from, target, by) : 0;
}

/** The same from any place, as if `by` stood there. */
export function coverFrom(state: WorldState, from: Place, target: CreatureId, by?: CreatureId): 0 | 2 | 5 {
  const battle = state.battle;
  const to = battle?.on[target];
  if (!battle || !to) return 0;
  const walls = wallCover(battle.field, from, to);
  if (walls > 0) return walls;
  for (const id of battle.order) {
    const place = battle.on[id];
    if (!place || place.waiting || id === by || id === target || !liesBetween(place, from, to)) continue;
    if (findCreature(state, id)?.life === "up") return 2;
  }
  return 0;
}

/** Who stands in the way of a creature. */
export function crowdOf(state: WorldState, battle: Battle, id: CreatureId): Crowd {
  return crowdFor(battle, id, (one) => findCreature(state, one));
}

/** Squares a creature can walk to with so many feet. Throws a RangeError when it is not on the field. */
export function reachable(state: WorldState, id: CreatureId, feet: number, walk: Walk = {}): Reach {
  const battle = state.battle;
  const place = battle?.on[id];
  if (!battle || !place) throw new RangeError(`Cannot walk as the creature must be on the field: got ${id}`);
  return reachFrom(battle, place, feet, crowdOf(state, battle, id), walk);
}

/** Creatures still on the field (the fallen too, the dead not) that stand on one of the squares, in initiative order. */
export function creaturesOn(state: WorldState, squares: readonly Point[]): readonly CreatureId[] {
  const battle = state.battle;
  if (!battle) return [];
  const { width } = battle.field;
  const inside = new Set<number>();
  for (const [x, y] of squares) inside.add(y * width + x);
  return battle.order.filter((id) => {
    const place = battle.on[id];
    if (!place || place.waiting || !takesRoom(findCreature(state, id))) return false;
    return footprint(place).some(([x, y]) => inside.has(y * width + x));
  });
}
