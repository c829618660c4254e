/** Nobody stays in another's space: who was struck down while walking through a friend comes to lie beside (SRD 5.1, Moving Around Other Creatures). */
import type { Play } from "../core/play.ts";
import { findCreature } from "../core/fold.ts";
import { canStand, crowdOf, footprint, reachable, samePoint, takesRoom } from "../grid/mod.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Battle, WorldState } from "../types/state.ts";

/** Feet searched for a free square. */
const SEARCHED = 60;

/** Moves each creature that shares its square, the fallen first, to the nearest one where it may lie or stand. */
export function stepAside(play: Play): void {
  const { battle } = play.state;
  if (!battle) return;
  if (!areCrowded(play.state, battle)) return;
  const up = (id: CreatureId) => (findCreature(play.state, id)?.life === "up" ? 1 : 0);
  for (const id of [...battle.order].sort((a, b) => up(a) - up(b))) settleOne(play, id);
}

/** Whether two creatures fill the same square, which is rare. */
function areCrowded(state: WorldState, battle: Battle): boolean {
  const taken = new Set<number>();
  for (const id of battle.order) {
    const place = battle.on[id];
    if (!place || place.waiting || !takesRoom(findCreature(state, id))) continue;
    for (const [x, y] of footprint(place)) {
      const square = y * battle.field.width + x;
      if (taken.has(square)) return true;
      taken.add(square);
    }
  }
  return false;
}

function settleOne(play: Play, id: CreatureId): void {
  const { battle } = play.state;
  const own = battle?.on[id];
  if (!battle || !own || own.waiting || !takesRoom(findCreature(play.state, id))) return;
  if (canStand(battle, own.at, own.size, crowdOf(play.state, battle, id))) return;
  const to = reachable(play.state, id, SEARCHED).squares.find((at) => !samePoint(at, own.at));
  if (to) play.emit({ type: "CreatureMoved", creature: id, to, cost: 0, facing: own.facing, forced: true });
}
