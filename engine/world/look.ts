/** Seeing: what the party's light and eyes add to its map. */
import { darkvision } from "../character/mod.ts";
import type { Play } from "../core/play.ts";
import type { Character } from "../types/creature.ts";
import type { CellKey, Point } from "../types/ids.ts";
import type { WorldState } from "../types/state.ts";
import { cellKey, zoneAt } from "./geometry.ts";
import { DEPTH, visibleCells } from "./sight.ts";

/** Characters who can act, in marching order. */
export function ableParty(state: WorldState): readonly Character[] {
  return state.party.order.flatMap((id) => {
    const one = state.characters[id];
    return one && one.life === "up" ? [one] : [];
  });
}

/** How many cells deep the party sees from where it stands (game design 4.2). */
export function sightDepth(state: WorldState): number {
  const level = state.levels[state.party.level];
  const here = level ? zoneAt(level, state.party.at)?.light : undefined;
  if (here === "bright") return DEPTH.bright;
  if (state.party.light || here === "dim") return DEPTH.light;
  return ableParty(state).some((one) => darkvision(one) > 0) ? DEPTH.darkvision : DEPTH.none;
}

/** Cells in sight now. */
export function seenNow(state: WorldState): readonly Point[] {
  const level = state.levels[state.party.level];
  if (!level) return [];
  return visibleCells(level, state.known[level.id], state.party, sightDepth(state));
}

/** Puts what is in sight on the map; true when something new was seen. */
export function lookAround(play: Play): boolean {
  const { party, known } = play.state;
  const old = known[party.level]?.cells ?? {};
  const cells: CellKey[] = seenNow(play.state).map(cellKey).filter((key) => old[key] === undefined);
  if (cells.length > 0) play.emit({ type: "CellsSeen", level: party.level, cells });
  return cells.length > 0;
}
