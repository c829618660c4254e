/** Walls within large rooms: stalls, screens and half-fallen partitions, so that halls are not all alike. */
import type { Dice } from "../core/rng.ts";
import type { EdgeKey, Point } from "../types/ids.ts";
import { cellIndex, type Joint } from "./draft.ts";
import type { Plot } from "./plot.ts";

/** Rooms from this many cells may be divided. */
const LARGE = 12;

/** Extra walls that never cut a room in two: each line keeps a gap, and lines do not cross. */
export function partition(dice: Dice, plot: Plot, joints: readonly Joint[]): readonly EdgeKey[] {
  const taken = new Set(joints.map((joint) => joint.edge));
  const walls: EdgeKey[] = [];
  for (const room of plot.rooms) {
    if (room.cells.length < LARGE || room.kind === "corridor" || room.kind === "entry" || dice.int(1, 5) > 2) continue;
    const line = screenOf(dice, room.cells);
    if (staysWhole(room.cells, line)) walls.push(...line.filter((edge) => !taken.has(edge)));
  }
  return walls;
}

/** A straight screen through the room with one or two gaps. */
function screenOf(dice: Dice, cells: readonly Point[]): readonly EdgeKey[] {
  const upright = dice.int(0, 1) === 0;
  const axis = upright ? 0 : 1;
  const places = [...new Set(cells.map((at) => at[axis]))].sort((a, b) => a - b);
  const line = dice.pick(places.slice(1).length > 0 ? places.slice(1) : places);
  const here = new Set(cells.map(cellIndex));
  const edges: EdgeKey[] = [];
  for (const at of cells) {
    const before: Point = upright ? [at[0] - 1, at[1]] : [at[0], at[1] - 1];
    if (at[axis] !== line || before[0] < 0 || before[1] < 0 || !here.has(cellIndex(before))) continue;
    edges.push(upright ? `w${at[0]},${at[1]}` : `n${at[0]},${at[1]}`);
  }
  const gaps = new Set([dice.int(0, Math.max(0, edges.length - 1)), dice.int(0, Math.max(0, edges.length - 1))]);
  return edges.filter((_, index) => !gaps.has(index));
}

function staysWhole(cells: readonly Point[], walls: readonly EdgeKey[]): boolean {
  const shut = new Set<EdgeKey>(walls);
  const here = new Set(cells.map(cellIndex));
  const first = cells[0];
  if (!first) return true;
  const seen = new Set([cellIndex(first)]);
  const queue: Point[] = [first];
  for (let at = queue.pop(); at; at = queue.pop()) {
    const [x, y] = at;
    const ways: readonly (readonly [Point, EdgeKey])[] = [
      [[x, y - 1], `n${x},${y}`],
      [[x - 1, y], `w${x},${y}`],
      [[x, y + 1], `n${x},${y + 1}`],
      [[x + 1, y], `w${x + 1},${y}`],
    ];
    for (const [to, edge] of ways) {
      if (to[0] < 0 || to[0] > 15 || shut.has(edge) || !here.has(cellIndex(to)) || seen.has(cellIndex(to))) continue;
      seen.add(cellIndex(to));
      queue.push(to);
    }
  }
  return seen.size === cells.length;
}
