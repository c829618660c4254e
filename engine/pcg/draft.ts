/** A level before it is filled: rooms, what joins them, and which doors are locked. */
import { LEVEL_SIZE, type Zone } from "../types/area.ts";
import type { EdgeKey, Point } from "../types/ids.ts";
import { type Facing, FACINGS } from "../types/names.ts";
import { edgeOf, neighbour } from "../world/geometry.ts";

export interface DraftRoom {
  readonly letter: string;
  readonly kind: Zone["kind"];
  readonly cells: readonly Point[];
}

/** Where two rooms meet: a gap is no wall at all. */
export interface Joint {
  readonly edge: EdgeKey;
  readonly kind: "gap" | "arch" | "wood" | "iron";
  readonly pass: 1 | 2 | 3;
  readonly secret?: true;
}

/** A locked joint and the room in which its key is found. */
export interface Lock {
  readonly edge: EdgeKey;
  readonly behind: string;
  readonly keyRoom: string;
}

export interface Draft {
  readonly rows: readonly string[];
  readonly rooms: readonly DraftRoom[];
  readonly joints: readonly Joint[];
  /** Walls within rooms: stalls, screens, broken partitions. */
  readonly inner: readonly EdgeKey[];
  readonly entry: { readonly at: Point; readonly facing: Facing };
  readonly goal: Point;
  readonly locks: readonly Lock[];
  readonly loops: number;
}

const SIZE = LEVEL_SIZE;

/** Letters for rooms, in the order they are handed out. */
export const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The room's letter at a cell; `#` where there is no floor or no level. */
export function letterAt(rows: readonly string[], at: Point): string {
  return rows[at[1]]?.[at[0]] ?? "#";
}

/** A cell as one number, in reading order. */
export function cellIndex(at: Point): number {
  return at[1] * SIZE + at[0];
}

/** The cell of a number. */
export function pointAt(index: number): Point {
  return [index % SIZE, Math.floor(index / SIZE)];
}

/** Edges between two floor cells of different rooms that nothing joins, and the walls within rooms. */
export function wallsOf(draft: Pick<Draft, "rows" | "joints" | "inner">): Record<EdgeKey, 1> {
  const joined = new Set(draft.joints.map((joint) => joint.edge));
  const walls: Record<EdgeKey, 1> = {};
  for (let index = 0; index < SIZE * SIZE; index += 1) {
    const at = pointAt(index);
    const letter = letterAt(draft.rows, at);
    if (letter === "#") continue;
    for (const facing of ["north", "west"] as const) {
      const other = letterAt(draft.rows, neighbour(at, facing));
      const edge = edgeOf(at, facing);
      if (other !== "#" && other !== letter && !joined.has(edge)) walls[edge] = 1;
    }
  }
  for (const edge of draft.inner) walls[edge] = 1;
  return walls;
}

/** For each cell its four neighbours by facing, or -1 where a wall stands. `skip`: joints that count as walls. */
export function passages(
  draft: Pick<Draft, "rows" | "joints" | "inner">,
  skip: (joint: Joint) => boolean = () => false,
): Int16Array {
  const walls = wallsOf(draft);
  for (const joint of draft.joints) if (skip(joint)) walls[joint.edge] = 1;
  const out = new Int16Array(SIZE * SIZE * 4).fill(-1);
  for (let index = 0; index < SIZE * SIZE; index += 1) {
    const at = pointAt(index);
    if (letterAt(draft.rows, at) === "#") continue;
    FACINGS.forEach((facing, side) => {
      const to = neighbour(at, facing);
      if (letterAt(draft.rows, to) !== "#" && !walls[edgeOf(at, facing)]) out[index * 4 + side] = cellIndex(to);
    });
  }
  return out;
}

/** Steps from a cell to each other one; -1 where no way leads. */
export function stepsFrom(ways: Int16Array, start: number): Int16Array {
  const steps = new Int16Array(SIZE * SIZE).fill(-1);
  const queue = [start];
  steps[start] = 0;
  for (let head = 0; head < queue.length; head += 1) {
    const at = queue[head] ?? 0;
    for (let side = 0; side < 4; side += 1) {
      const to = ways[at * 4 + side] ?? -1;
      if (to >= 0 && steps[to] === -1) {
        steps[to] = (steps[at] ?? 0) + 1;
        queue.push(to);
      }
    }
  }
  return steps;
}

/** Cells of each room, gathered from rows. */
export function roomCells(rows: readonly string[]): ReadonlyMap<string, readonly Point[]> {
  const cells = new Map<string, Point[]>();
  for (let index = 0; index < SIZE * SIZE; index += 1) {
    const at = pointAt(index);
    const letter = letterAt(rows, at);
    if (letter === "#") continue;
    const list = cells.get(letter);
    if (list) list.push(at);
    else cells.set(letter, [at]);
  }
  return cells;
}
