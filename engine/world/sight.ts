/** What the party sees of a level: a wedge ahead, as deep as its light, with line of sight over thin walls. */
import { type KnownLevel, type Level, LEVEL_SIZE } from "../types/area.ts";
import { memo2 } from "../core/memo.ts";
import type { Point } from "../types/ids.ts";
import { type Facing, FACINGS } from "../types/names.ts";
import { canPass, DELTA, type Found, inside, isFloor, neighbour, zoneAt } from "./geometry.ts";

/** View depth in cells (game design 4.2): daylight 8, torch or lantern 3, darkvision alone 2, none 1. */
export const DEPTH = { bright: 8, light: 3, darkvision: 2, none: 1 } as const;

export interface Pose {
  readonly at: Point;
  readonly facing: Facing;
}

/**
 * Whether the line between two cells' centres meets no wall and no shut door. Where it runs through a corner it passes when either way
 * around that corner is open.
 */
export function seesCell(level: Level, from: Point, to: Point, found?: Found): boolean {
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  const ax = Math.abs(dx);
  const ay = Math.abs(dy);
  const sideways: Facing = dx > 0 ? "east" : "west";
  const upright: Facing = dy > 0 ? "south" : "north";
  let at: Point = from;
  let doneX = 0;
  let doneY = 0;
  while (doneX < ax || doneY < ay) {
    // The next edge is met after (2 done + 1) / (2 whole) of the line; compared crosswise in whole numbers.
    const nextX = (2 * doneX + 1) * ay;
    const nextY = (2 * doneY + 1) * ax;
    if (nextX === nextY) {
      const corner = crossCorner(level, at, [sideways, upright], found);
      if (!corner) return false;
      at = corner;
      doneX += 1;
      doneY += 1;
    } else {
      const facing: Facing = nextX < nextY ? sideways : upright;
      if (!canPass(level, at, facing, found)) return false;
      at = neighbour(at, facing);
      if (facing === sideways) doneX += 1;
      else doneY += 1;
    }
  }
  return true;
}

function crossCorner(level: Level, at: Point, ways: readonly [Facing, Facing], found?: Found): Point | undefined {
  const [a, b] = ways;
  const end = neighbour(neighbour(at, a), b);
  const around = (one: Facing, two: Facing) =>
    canPass(level, at, one, found) && canPass(level, neighbour(at, one), two, found);
  return around(a, b) || around(b, a) ? end : undefined;
}

/**
 * Cells the party sees: its own, those beside it through open edges, and a right-angled wedge ahead. Dark cells are seen as far as the
 * party's own light reaches (`depth`), cells of a bright zone as far as by day.
 */
export function visibleCells(level: Level, known: KnownLevel | undefined, pose: Pose, depth: number): readonly Point[] {
  const found = known?.found ?? NOTHING_FOUND;
  const looks = looksOf(level, found);
  const look = `${pose.at[0]},${pose.at[1]},${pose.facing},${depth}`;
  const seen = looks.get(look) ?? findVisible(level, found, pose, depth);
  looks.set(look, seen);
  return seen;
}

const NOTHING_FOUND: Found = {};

/** What was seen by place, facing and depth, while neither a door nor a secret changes. */
const looksOf = memo2((_level: Level, _found: Found) => new Map<string, readonly Point[]>());

function findVisible(level: Level, found: Found, pose: Pose, depth: number): readonly Point[] {
  const [fx, fy] = DELTA[pose.facing];
  const out: Point[] = [pose.at];
  for (const facing of FACINGS) {
    if (facing !== pose.facing && canPass(level, pose.at, facing, found)) out.push(neighbour(pose.at, facing));
  }
  for (let ahead = 1; ahead <= Math.max(depth, DEPTH.bright); ahead += 1) {
    for (let side = -Math.min(ahead, LEVEL_SIZE); side <= ahead; side += 1) {
      const at: Point = [pose.at[0] + fx * ahead - fy * side, pose.at[1] + fy * ahead + fx * side];
      if (!inside(at) || !isFloor(level, at)) continue;
      if (ahead > depth && zoneAt(level, at)?.light !== "bright") continue;
      if (seesCell(level, pose.at, at, found)) out.push(at);
    }
  }
  return out;
}
