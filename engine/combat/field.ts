/** The battlefield: a window of 8x4 cells of the level, six squares to a cell, walls on the lines (game design 6.1). */
import type { KnownLevel, Level } from "../types/area.ts";
import { LEVEL_SIZE } from "../types/area.ts";
import type { EdgeKey, Point } from "../types/ids.ts";
import type { Field } from "../types/state.ts";
import { dressCell } from "./dressing.ts";

/** Squares from one wall line to the next. */
export const PITCH = 6;
const CELLS_WIDE = 8;
const CELLS_HIGH = 4;

export interface FieldInput {
  readonly level: Level;
  /** Secret doors the party has found; the others look and act like walls. */
  readonly known: KnownLevel | undefined;
  /** Cells that must be inside the window. */
  readonly cells: readonly Point[];
  /** Seed of the world: the same cell is dressed the same on every visit. */
  readonly seed: string;
}

/** What stands on a cell edge as the battlefield shows it. */
export type EdgeLook = "open" | "wall" | "arch" | "doorShut" | "doorOpen";

/** Builds the field around the given cells, clamped to the level. */
export function buildField({ level, known, cells, seed }: FieldInput): Field {
  const origin = windowAround(cells);
  const width = CELLS_WIDE * PITCH + 1;
  const height = CELLS_HIGH * PITCH + 1;
  const squares = Array.from({ length: height }, () => new Array<string>(width).fill("#"));
  const edges: Record<string, EdgeKey> = {};
  const draw = (x: number, y: number, letter: string) => {
    const row = squares[y];
    if (row && x >= 0 && x < width) row[x] = letter;
  };
  for (let row = 0; row < CELLS_HIGH; row++) {
    for (let column = 0; column < CELLS_WIDE; column++) {
      const cell: Point = [origin[0] + column, origin[1] + row];
      if (!isFloor(level, cell)) continue;
      const corner: Point = [column * PITCH + 1, row * PITCH + 1];
      for (const [dx, dy, letter] of dressCell(level, cell, seed)) draw(corner[0] + dx, corner[1] + dy, letter);
    }
  }
  for (let line = 0; line <= CELLS_HIGH; line++) {
    for (let column = 0; column < CELLS_WIDE; column++) {
      const edge: EdgeKey = `n${origin[0] + column},${origin[1] + line}`;
      const rim = line === 0 || line === CELLS_HIGH;
      drawEdge({ level, known, edge, rim, draw, edges, at: [column * PITCH + 1, line * PITCH], along: [1, 0] });
    }
  }
  for (let row = 0; row < CELLS_HIGH; row++) {
    for (let line = 0; line <= CELLS_WIDE; line++) {
      const edge: EdgeKey = `w${origin[0] + line},${origin[1] + row}`;
      const rim = line === 0 || line === CELLS_WIDE;
      drawEdge({ level, known, edge, rim, draw, edges, at: [line * PITCH, row * PITCH + 1], along: [0, 1] });
    }
  }
  for (let row = 1; row < CELLS_HIGH; row++) {
    for (let column = 1; column < CELLS_WIDE; column++) {
      if (isOpenCorner(level, known, [origin[0] + column, origin[1] + row])) draw(column * PITCH, row * PITCH, ".");
    }
  }
  const field: Field = { width, height, rows: squares.map((row) => row.join("")), level: level.id, origin, edges };
  return withWayOut(field, cells);
}

/**
 * Where no way out can be come to without opening a door, the place farthest from the foes becomes one: nobody fights in
 * a sealed box. Rooms behind shut doors do not count, since the party may not learn from it what is in them.
 */
function withWayOut(field: Field, cells: readonly Point[]): Field {
  const [party, foes] = [cells[0], cells.at(-1)].map((cell) => centreOf(field, cell ?? field.origin));
  if (!party || !foes) return field;
  const reach = openGround(field, party);
  if (reach.some(([x, y]) => field.rows[y]?.[x] === ">")) return field;
  let far: Point = party;
  for (const at of reach) {
    if (between(at, foes) > between(far, foes)) far = at;
  }
  const [x, y] = far;
  return { ...field, rows: field.rows.map((row, line) => line === y ? `${row.slice(0, x)}>${row.slice(x + 1)}` : row) };
}

/** Middle square of a level cell on the field. */
export function centreOf(field: Field, cell: Point): Point {
  return [(cell[0] - field.origin[0]) * PITCH + 3, (cell[1] - field.origin[1]) * PITCH + 3];
}

/** Squares one comes to without opening a door. */
function openGround(field: Field, start: Point): readonly Point[] {
  const seen = new Set<number>([start[1] * field.width + start[0]]);
  for (const number of seen) {
    const [x, y] = [number % field.width, Math.floor(number / field.width)];
    for (const [dx, dy] of [[0, -1], [1, 0], [0, 1], [-1, 0]] as const) {
      const letter = field.rows[y + dy]?.[x + dx] ?? "#";
      if (letter !== "#" && letter !== "T" && letter !== "+") seen.add((y + dy) * field.width + x + dx);
    }
  }
  return [...seen].map((number) => [number % field.width, Math.floor(number / field.width)]);
}

function between(a: Point, b: Point): number {
  return Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]));
}

function windowAround(cells: readonly Point[]): Point {
  return [corner(cells.map(([x]) => x), CELLS_WIDE), corner(cells.map(([, y]) => y), CELLS_HIGH)];
}

function corner(values: readonly number[], span: number): number {
  const middle = Math.floor((Math.min(...values) + Math.max(...values) + 1) / 2);
  return Math.max(0, Math.min(LEVEL_SIZE - span, middle - Math.floor(span / 2)));
}

interface EdgeDrawing {
  readonly level: Level;
  readonly known: KnownLevel | undefined;
  readonly edge: EdgeKey;
  readonly rim: boolean;
  readonly at: Point;
  readonly along: Point;
  readonly draw: (x: number, y: number, letter: string) => void;
  readonly edges: Record<string, EdgeKey>;
}

/** An open edge leaves its line as floor, an arch three squares, a door one; on the rim what is open leads out. */
function drawEdge({ level, known, edge, rim, at, along, draw, edges }: EdgeDrawing): void {
  const look = edgeLook(level, known, edge);
  if (look === "wall") return;
  const place = (step: number): Point => [at[0] + along[0] * step, at[1] + along[1] * step];
  const floor = rim ? ">" : ".";
  const steps = look === "open" ? [0, 1, 2, 3, 4] : look === "arch" ? [1, 2, 3] : [2];
  const letter = look === "doorShut" ? "+" : look === "doorOpen" && !rim ? "/" : floor;
  for (const step of steps) {
    const [x, y] = place(step);
    draw(x, y, letter);
    if (look === "doorShut" || look === "doorOpen") edges[`${x},${y}`] = edge;
  }
}

/** Cells on both sides of an edge: the one it is named after, and its northern or western neighbour. */
export function cellsOfEdge(edge: EdgeKey): readonly [Point, Point] {
  const [x = 0, y = 0] = edge.slice(1).split(",").map(Number);
  return edge.startsWith("n") ? [[x, y], [x, y - 1]] : [[x, y], [x - 1, y]];
}

/** How an edge meets a creature in battle. An edge to no floor is a wall by itself. */
export function edgeLook(level: Level, known: KnownLevel | undefined, edge: EdgeKey): EdgeLook {
  const [one, two] = cellsOfEdge(edge);
  if (!isFloor(level, one) || !isFloor(level, two)) return "wall";
  const door = level.doors[edge];
  if (door) {
    if (door.secretDc !== undefined && !known?.found[edge] && !door.open) return "wall";
    if (door.kind === "arch") return "arch";
    return door.open ? "doorOpen" : "doorShut";
  }
  return level.walls[edge] ? "wall" : "open";
}

export function isFloor(level: Level, [x, y]: Point): boolean {
  const letter = level.rows[y]?.[x];
  return letter !== undefined && letter !== "#";
}

function isOpenCorner(level: Level, known: KnownLevel | undefined, [x, y]: Point): boolean {
  const meeting: readonly EdgeKey[] = [`n${x},${y}`, `n${x - 1},${y}`, `w${x},${y}`, `w${x},${y - 1}`];
  return meeting.every((edge) => edgeLook(level, known, edge) === "open");
}
