/** What lies about in a cell: from a stream of its own, so that the same place looks the same on every visit. */
import { rngAt } from "../core/rng.ts";
import type { Level } from "../types/area.ts";
import type { Theme } from "../types/names.ts";
import type { Point } from "../types/ids.ts";

const SIDE = 5;
/** Chance in percent of a square's rubble, of a pillar on each of four places, and of a pool in the cell. */
const DRESS: Readonly<Record<Theme, { readonly rubble: number; readonly pillar: number; readonly pool: number }>> = {
  crypt: { rubble: 4, pillar: 30, pool: 0 },
  sewer: { rubble: 3, pillar: 5, pool: 60 },
  temple: { rubble: 2, pillar: 45, pool: 5 },
  cave: { rubble: 10, pillar: 15, pool: 25 },
  wood: { rubble: 8, pillar: 45, pool: 10 },
  keep: { rubble: 3, pillar: 20, pool: 0 },
  town: { rubble: 2, pillar: 10, pool: 0 },
  ruin: { rubble: 12, pillar: 20, pool: 8 },
};
/** Places where a pillar can never cut a cell in two. */
const PILLARS: readonly Point[] = [[1, 1], [3, 1], [1, 3], [3, 3]];

type Drawn = readonly [dx: number, dy: number, letter: string];

/** The 25 squares of a floor cell: floor, rubble, pillars, water; a stair is a way out in the cell's middle. */
export function dressCell(level: Level, cell: Point, seed: string): readonly Drawn[] {
  const dice = rngAt(seed, `field/${level.id}/${cell[0]},${cell[1]}`).dice();
  const letter = level.rows[cell[1]]?.[cell[0]] ?? "#";
  const roomy = level.zones[letter]?.kind !== "corridor";
  const dress = DRESS[level.theme];
  const squares: string[] = [];
  for (let i = 0; i < SIDE * SIDE; i++) squares.push(dice.int(1, 100) <= dress.rubble ? ":" : ".");
  const pool = dice.int(1, 100) <= dress.pool;
  const wet: Point = [dice.int(0, 3), dice.int(0, 3)];
  if (pool) {
    for (const [dx, dy] of [[0, 0], [1, 0], [0, 1], [1, 1]] as const) put(squares, wet[0] + dx, wet[1] + dy, "~");
  }
  for (const [x, y] of PILLARS) if (dice.int(1, 100) <= dress.pillar && roomy) put(squares, x, y, "T");
  const feature = level.features[`${cell[0]},${cell[1]}`];
  if (feature?.type === "stairs" || feature?.type === "exit") put(squares, 2, 2, ">");
  return squares.map((one, i) => [i % SIDE, Math.floor(i / SIDE), one]);
}

function put(squares: string[], x: number, y: number, letter: string): void {
  squares[y * SIDE + x] = letter;
}
