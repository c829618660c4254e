/** Where one may rest, and how well (game design 8). */
import type { Level } from "../types/area.ts";
import type { Point } from "../types/ids.ts";
import type { WorldState } from "../types/state.ts";
import { zoneAt } from "../world/geometry.ts";

/** Cells within which foes keep a party from making camp. */
const NEAR = 2;

/** A safe cell or the way in: nothing comes by, and no food is needed. */
export function isSafe(state: WorldState): boolean {
  const zone = zoneOf(state);
  return zone !== undefined && (zone.safe || zone.kind === "safe" || zone.kind === "entry");
}

/** A zone whose every group is gone for good. */
export function isCleared(state: WorldState): boolean {
  const level = state.levels[state.party.level];
  if (!level) return false;
  const letter = letterAt(level, state.party.at);
  const groups = Object.values(level.groups).filter((one) => letterAt(level, one.at) === letter);
  return groups.length > 0 && groups.every((one) => one.state === "resolved");
}

/** Foes known to wait close by. */
export function foesNear(state: WorldState): boolean {
  const level = state.levels[state.party.level];
  if (!level) return false;
  const [x, y] = state.party.at;
  return Object.values(level.groups).some((one) =>
    one.state !== "resolved" && one.attitude === "hostile" && Math.abs(one.at[0] - x) + Math.abs(one.at[1] - y) <= NEAR
  );
}

function zoneOf(state: WorldState) {
  const level = state.levels[state.party.level];
  return level ? zoneAt(level, state.party.at) : undefined;
}

function letterAt(level: Level, at: Point): string | undefined {
  return level.rows[at[1]]?.[at[0]];
}
