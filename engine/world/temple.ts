/** The temple beside the dungeon's mouth: the dead are raised for a fee, the poor on credit that is forgiven (game design 8, 17). */
import { reject } from "../core/rule.ts";
import type { Play } from "../core/play.ts";
import type { Character } from "../types/creature.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";
import { cellKey } from "./geometry.ts";
import { letTimePass } from "./time.ts";

/** Copper for raising one of the dead: 100 gp (own, far below the towns' price: nobody shall sit out an evening). */
export const RAISE_FEE = 10_000;
const DAY = 24 * 3_600;

function theDead(state: WorldState): readonly Character[] {
  return state.party.order.flatMap((id) => {
    const one = state.characters[id];
    return one?.life === "dead" ? [one] : [];
  });
}

/** Why the temple cannot help here, or undefined: it stands by the board, or the way out, and raises whoever is dead. */
export function templeFault(state: WorldState): Rejection | undefined {
  const feature = state.levels[state.party.level]?.features[cellKey(state.party.at)]?.type;
  const near = feature === "board" || feature === "exit";
  return near && theDead(state).length > 0 ? undefined : reject("move/nothing_there");
}

/** All dead are raised at 1 hit point after a day of prayers. Who cannot pay the whole fee gives the whole purse. */
export function visitTemple(play: Play): void {
  const dead = theDead(play.state);
  const { purse } = play.state.party;
  const fee = Math.min(purse, dead.length * RAISE_FEE);
  if (fee > 0) play.emit({ type: "PurseChanged", by: -fee, purse: purse - fee, why: "rescue" });
  letTimePass(play, DAY);
  for (const { id } of dead) play.emit({ type: "LifeChanged", creature: id, life: "up", hp: 1, why: "raised" });
}
