/** Pieces a level is accreted from: drawn once, stamped in eight orientations. `x` is floor. */
import type { Dice } from "../core/rng.ts";
import type { Point } from "../types/ids.ts";

export interface Piece {
  readonly kind: "hall" | "room" | "closet" | "corridor";
  readonly rows: readonly string[];
  readonly weight: number;
}

function box(width: number, height: number): readonly string[] {
  return Array.from({ length: height }, () => "x".repeat(width));
}

/** Built places: cut stone and right angles. */
export const BUILT: readonly Piece[] = [
  { kind: "closet", rows: box(2, 2), weight: 5 },
  { kind: "closet", rows: box(1, 2), weight: 2 },
  { kind: "closet", rows: box(3, 1), weight: 2 },
  { kind: "closet", rows: ["xx", "x."], weight: 1 },
  { kind: "room", rows: box(2, 3), weight: 6 },
  { kind: "room", rows: box(3, 3), weight: 9 },
  { kind: "room", rows: box(3, 4), weight: 6 },
  { kind: "room", rows: box(2, 4), weight: 3 },
  { kind: "room", rows: ["xxx", "xxx", ".x."], weight: 2 },
  { kind: "room", rows: ["xxx", "x..", "xxx"], weight: 2 },
  { kind: "room", rows: [".x.", "xxx", ".x."], weight: 2 },
  { kind: "room", rows: ["xx.", "xxx", ".xx"], weight: 2 },
  { kind: "room", rows: ["xxx", "xxx", "xx."], weight: 2 },
  { kind: "hall", rows: box(4, 4), weight: 5 },
  { kind: "hall", rows: box(3, 5), weight: 4 },
  { kind: "hall", rows: box(4, 5), weight: 2 },
  { kind: "hall", rows: ["xxxx", "x..x", "x..x", "xxxx"], weight: 3 },
  { kind: "hall", rows: ["xxx", "x.x", "xxx"], weight: 2 },
  { kind: "hall", rows: [".xxx.", "xxxxx", "xxxxx", "xxxxx", ".xxx."], weight: 2 },
  { kind: "hall", rows: ["..x..", "..x..", "xxxxx", "..x..", "..x.."], weight: 2 },
  { kind: "hall", rows: ["xxxx", "xxxx", "xx..", "xx.."], weight: 3 },
  { kind: "hall", rows: ["x.x.x", "xxxxx", "xxxxx", "x.x.x"], weight: 2 },
  { kind: "hall", rows: ["xxxxx", "x.x.x", "xxxxx"], weight: 2 },
  { kind: "hall", rows: [".xx.", "xxxx", "xxxx", ".xx."], weight: 3 },
  { kind: "corridor", rows: box(4, 1), weight: 3 },
  { kind: "corridor", rows: box(5, 1), weight: 4 },
  { kind: "corridor", rows: box(6, 1), weight: 4 },
  { kind: "corridor", rows: box(8, 1), weight: 2 },
  { kind: "corridor", rows: ["xxxx", "...x", "...x"], weight: 3 },
  { kind: "corridor", rows: ["xxxxx", "..x..", "..x.."], weight: 2 },
  { kind: "corridor", rows: ["xxx..", "..x..", "..xxx"], weight: 2 },
  { kind: "corridor", rows: ["xxxxxx", "x....."], weight: 2 },
  { kind: "corridor", rows: ["x..x", "xxxx", "x..x"], weight: 1 },
];

/** Cells of a drawing, the top left one at 0,0. */
function cellsIn(rows: readonly string[]): readonly Point[] {
  return rows.flatMap((row, y) => [...row].flatMap((sign, x) => (sign === "x" ? [[x, y] as const] : [])));
}

/** One of the eight orientations of a set of cells, moved to begin at 0,0. */
export function orient(cells: readonly Point[], way: number): readonly Point[] {
  const turnedCells = cells.map(([x, y]): Point => {
    const [mx, my] = way & 4 ? [-x, y] : [x, y];
    switch (way & 3) {
      case 1:
        return [-my, mx];
      case 2:
        return [-mx, -my];
      case 3:
        return [my, -mx];
      default:
        return [mx, my];
    }
  });
  const left = Math.min(...turnedCells.map(([x]) => x));
  const top = Math.min(...turnedCells.map(([, y]) => y));
  return turnedCells.map(([x, y]): Point => [x - left, y - top]);
}

type Weighted = readonly (readonly [orientations: readonly (readonly Point[])[], weight: number])[];

function orientedOf(kind: Piece["kind"]): Weighted {
  return BUILT.filter((piece) => piece.kind === kind).map(({ rows, weight }) => {
    const cells = cellsIn(rows);
    return [[0, 1, 2, 3, 4, 5, 6, 7].map((way) => orient(cells, way)), weight] as const;
  });
}

/** Every built piece in its eight orientations. */
const ORIENTED: Readonly<Record<Piece["kind"], Weighted>> = {
  hall: orientedOf("hall"),
  room: orientedOf("room"),
  closet: orientedOf("closet"),
  corridor: orientedOf("corridor"),
};

/** A grown hollow of so many cells: for caves and woods. */
function blob(dice: Dice, size: number): readonly Point[] {
  const cells: Point[] = [[0, 0]];
  const has = (x: number, y: number) => cells.some((at) => at[0] === x && at[1] === y);
  for (let tries = 0; cells.length < size && tries < 200; tries += 1) {
    const [x, y] = dice.pick(cells);
    const [dx, dy] = dice.pick([[1, 0], [-1, 0], [0, 1], [0, -1]] as const);
    const to: Point = [x + dx, y + dy];
    // Two neighbours make it round; one in five is a nook.
    const near = [[1, 0], [-1, 0], [0, 1], [0, -1]].filter(([a = 0, b = 0]) => has(to[0] + a, to[1] + b)).length;
    if (!has(to[0], to[1]) && (near >= 2 || cells.length < 4 || dice.int(1, 5) === 1)) cells.push(to);
  }
  return orient(cells, 0);
}

/** A passage that wanders: each step goes on or bends, never back. */
function tunnel(dice: Dice, length: number): readonly Point[] {
  const cells: Point[] = [[0, 0]];
  let [x, y] = [0, 0];
  for (let i = 1; i < length; i += 1) {
    if (dice.int(1, 3) > 1) x += 1;
    else y += 1;
    cells.push([x, y]);
  }
  return cells;
}

const GROWN_SIZES = { closet: [2, 4], room: [5, 9], hall: [10, 17], corridor: [4, 7] } as const;

/** Cells of a new piece of a kind, in an orientation of its own. */
export function drawPiece(dice: Dice, kind: Piece["kind"], grown: boolean): readonly Point[] {
  const way = dice.int(0, 7);
  if (grown && dice.int(1, 10) <= 8) {
    const [least, most] = GROWN_SIZES[kind];
    const size = dice.int(least, most);
    return orient(kind === "corridor" ? tunnel(dice, size) : blob(dice, size), way);
  }
  return dice.weighted(ORIENTED[kind])[way] ?? [];
}
