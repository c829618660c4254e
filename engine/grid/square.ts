/** Squares, distances and footprints. One metric everywhere: a diagonal costs and measures 5 ft (game design 6.1). */
import type { Combatant } from "../types/creature.ts";
import type { Facing } from "../types/names.ts";
import type { Point } from "../types/ids.ts";

/** Feet per square. */
export const SQUARE = 5;

/** A creature's place: its north-west square and how many squares it is wide. */
export type Place = Pick<Combatant, "at" | "size">;

/** The eight neighbours, straight ones first. */
export const NEIGHBOURS: readonly Point[] = [
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, 0],
  [1, -1],
  [1, 1],
  [-1, 1],
  [-1, -1],
];

/** Feet between two squares. */
export function distance(a: Point, b: Point): number {
  return SQUARE * Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]));
}

/** Feet between the nearest squares of two creatures. */
export function distanceBetween(a: Place, b: Place): number {
  return feetBetween(a.at[0], a.at[1], a.size, b.at[0], b.at[1], b.size);
}

/** The same by numbers alone, for loops over many squares. */
export function feetBetween(x: number, y: number, size: number, toX: number, toY: number, toSize: number): number {
  return SQUARE * Math.max(gap(x, size, toX, toSize), gap(y, size, toY, toSize));
}

function gap(a: number, sizeA: number, b: number, sizeB: number): number {
  if (b >= a + sizeA) return b - (a + sizeA - 1);
  if (a >= b + sizeB) return a - (b + sizeB - 1);
  return 0;
}

/** Whether two creatures stand within 5 feet of each other. */
export function adjacent(a: Place, b: Place): boolean {
  return distanceBetween(a, b) <= SQUARE;
}

/** The squares a creature fills. */
export function footprint(place: Place): readonly Point[] {
  if (place.size === 1) return [place.at];
  const out: Point[] = [];
  for (let y = 0; y < place.size; y++) {
    for (let x = 0; x < place.size; x++) out.push([place.at[0] + x, place.at[1] + y]);
  }
  return out;
}

/** Whether a creature fills this square. */
export function covers(place: Place, square: Point): boolean {
  const x = square[0] - place.at[0];
  const y = square[1] - place.at[1];
  return x >= 0 && y >= 0 && x < place.size && y < place.size;
}

export function samePoint(a: Point, b: Point): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** The facing nearest to a direction; on a true diagonal east and west win. */
export function facingTowards(from: Point, to: Point): Facing {
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  if (Math.abs(dx) >= Math.abs(dy)) return dx < 0 ? "west" : "east";
  return dy < 0 ? "north" : "south";
}
