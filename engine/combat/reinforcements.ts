/** Those who found no room when the battle began come in from round 2 (game design 6.1). */
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import { type Place, takesRoom } from "../grid/mod.ts";
import type { CreatureId, Point } from "../types/ids.ts";
import type { Battle, WorldState } from "../types/state.ts";
import { freeSquareNear } from "./placement.ts";

/** Puts every waiting creature beside its own side where there is room; the others go on waiting. */
export function bringReinforcements(play: Play): void {
  for (const id of play.state.battle?.order ?? []) {
    const battle = play.state.battle;
    const one = battle?.on[id];
    if (!battle || !one?.waiting) continue;
    const taken = placesTaken(play.state, battle);
    for (const wish of fellowsOf(play.state, battle, id)) {
      const to = freeSquareNear(battle.field, wish, one.size, taken);
      if (!to) continue;
      play.emit({ type: "ReinforcementsArrived", creature: id, to });
      break;
    }
  }
}

/** Places of all who take up room. */
export function placesTaken(state: WorldState, battle: Battle): readonly Place[] {
  return battle.order.flatMap((id) => {
    const place = battle.on[id];
    return place && !place.waiting && takesRoom(findCreature(state, id)) ? [place] : [];
  });
}

function fellowsOf(state: WorldState, battle: Battle, id: CreatureId): readonly Point[] {
  const side = battle.on[id]?.side;
  const places = battle.order.flatMap((other) => {
    const place = battle.on[other];
    return place && !place.waiting && findCreature(state, other)?.life !== "fled" ? [place] : [];
  });
  return [...places.filter((one) => one.side === side), ...places.filter((one) => one.side !== side)]
    .map((one) => one.at);
}
