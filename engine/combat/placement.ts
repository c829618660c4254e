/** Where everyone stands when a fight begins (game design 6.1): ranks of three, foes ahead, overflow, reinforcements. */
import type { Facing } from "../types/names.ts";
import type { Point } from "../types/ids.ts";
import type { Field } from "../types/state.ts";
import { footprint, isExit, isSolid, NEIGHBOURS, type Place } from "../grid/mod.ts";
import { centreOf } from "./field.ts";

/** Feet between the front ranks by encounter distance, in squares: 15, 30 and 60 ft. */
const GAP = [3, 6, 12] as const;
/** Steps of search around the wished square before a creature has to wait for a later round. */
const SEARCH = 14;

const AHEAD: Readonly<Record<Facing, Point>> = { north: [0, -1], east: [1, 0], south: [0, 1], west: [-1, 0] };

export interface PlacementInput {
  readonly field: Field;
  /** The party's cell and facing on the level. */
  readonly cell: Point;
  readonly facing: Facing;
  readonly distance: 0 | 1 | 2;
  /** Number of characters in marching order, and foes' footprints in the order they want to stand in front. */
  readonly party: number;
  readonly foes: readonly number[];
  /** Around a camp fire in the middle of the cell, foes on two sides. */
  readonly camp?: boolean;
}

export interface Placement {
  readonly party: readonly (Point | undefined)[];
  /** undefined: no room now, comes later. */
  readonly foes: readonly (Point | undefined)[];
}

/** One step along a facing. */
export function ahead(facing: Facing): Point {
  return AHEAD[facing];
}

/** Places both sides. Everyone gets a square of their own, or undefined when there is none near enough. */
export function placeAll(input: PlacementInput): Placement {
  const taken: Place[] = [];
  const middle = centreOf(input.field, input.cell);
  const party = placeParty(input, middle, taken);
  const foes = placeFoes(input, middle, taken);
  return { party, foes };
}

/** Squares ahead of the middle (behind when below 0) and aside from it: ranks of three. */
function rankAndFile(index: number): Point {
  return [-1 - Math.floor(index / 3), [0, -1, 1][index % 3] ?? 0];
}

/** Around a fire: the first of the order at opposite sides of it. */
const AROUND: readonly Point[] = [[1, 0], [-1, 0], [1, 1], [-1, -1], [1, -1], [-1, 1]];

function placeParty(input: PlacementInput, middle: Point, taken: Place[]): readonly (Point | undefined)[] {
  const [fx, fy] = AHEAD[input.facing];
  const around = flood(input.field, middle);
  const out: (Point | undefined)[] = [];
  for (let i = 0; i < input.party; i++) {
    const [forth, aside] = input.camp ? AROUND[i % AROUND.length] ?? [0, 0] : rankAndFile(i);
    const wish: Point = [middle[0] + fx * forth - fy * aside, middle[1] + fy * forth + fx * aside];
    const open = around.filter((square) => isFree(input.field, { at: square, size: 1 }, taken));
    const at = nearest(open, wish);
    if (at) taken.push({ at, size: 1 });
    out.push(at);
  }
  return out;
}

function placeFoes(input: PlacementInput, middle: Point, taken: Place[]): readonly (Point | undefined)[] {
  const [fx, fy] = AHEAD[input.facing];
  const sides = input.camp
    ? [foeSquares(input, middle, [fx, fy], middle), foeSquares(input, middle, [-fx, -fy], middle)]
    : [foeSquares(input, middle, [fx, fy], [middle[0] - fx, middle[1] - fy])];
  const apart = taken.map((place) => place.at);
  return input.foes.map((size, index) => {
    const own = index % sides.length;
    const squares = [...sides.slice(own), ...sides.slice(0, own)].flat();
    const at = squares.find((square) =>
      isFree(input.field, { at: square, size }, taken) && apart.every((other) => chebyshev(square, other) > 1)
    );
    if (at) taken.push({ at, size });
    return at;
  });
}

/** Squares for foes who stand that way of the party's front, best first. */
function foeSquares(input: PlacementInput, middle: Point, [dx, dy]: Point, front: Point): readonly Point[] {
  const line = GAP[input.distance];
  const wish = nearest(flood(input.field, middle), [front[0] + dx * line, front[1] + dy * line]) ?? middle;
  const depth = (square: Point) => (square[0] - front[0]) * dx + (square[1] - front[1]) * dy;
  const order = flood(input.field, wish);
  const least = Math.min(line, Math.max(2, depth(wish)));
  return [...order.filter((square) => depth(square) >= least), ...order.filter((square) => depth(square) < least)];
}

/** Squares a walker could come to from `start` without opening doors, nearest first, within the search. */
export function flood(field: Field, start: Point): readonly Point[] {
  const seen = new Set<string>([`${start[0]},${start[1]}`]);
  let ring: readonly Point[] = isSolid(field, start[0], start[1]) ? [] : [start];
  const out: Point[] = [...ring];
  for (let step = 0; step < SEARCH && ring.length > 0; step++) {
    const next: Point[] = [];
    for (const [x, y] of ring) {
      for (const [dx, dy] of NEIGHBOURS) {
        const to: Point = [x + dx, y + dy];
        const key = `${to[0]},${to[1]}`;
        if (seen.has(key) || isSolid(field, to[0], to[1])) continue;
        if (dx !== 0 && dy !== 0 && (isSolid(field, x + dx, y) || isSolid(field, x, y + dy))) continue;
        seen.add(key);
        next.push(to);
      }
    }
    out.push(...next);
    ring = next;
  }
  return out;
}

/** A free square near `wish` for a latecomer, or undefined. */
export function freeSquareNear(
  field: Field,
  wish: Point,
  size: number,
  taken: readonly Place[],
): Point | undefined {
  return flood(field, wish).find((at) => isFree(field, { at, size }, taken));
}

function isFree(field: Field, place: Place, taken: readonly Place[]): boolean {
  const own = footprint(place);
  if (own.some((square) => isSolid(field, square[0], square[1]) || isExit(field, square))) return false;
  return taken.every((other) =>
    place.at[0] + place.size <= other.at[0] || other.at[0] + other.size <= place.at[0] ||
    place.at[1] + place.size <= other.at[1] || other.at[1] + other.size <= place.at[1]
  );
}

function nearest(squares: readonly Point[], wish: Point): Point | undefined {
  let best: Point | undefined;
  for (const square of squares) if (!best || chebyshev(square, wish) < chebyshev(best, wish)) best = square;
  return best;
}

function chebyshev(a: Point, b: Point): number {
  return Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]));
}
