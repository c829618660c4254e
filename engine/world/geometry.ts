/** Thin-wall geometry of a level: cells, edges, faces and what lies beyond them (game design 4.1). */
import { type Door, type Level, LEVEL_SIZE, type Zone } from "../types/area.ts";
import type { CellKey, EdgeKey, Point } from "../types/ids.ts";
import { type Facing, FACINGS } from "../types/names.ts";

export const DELTA: Readonly<Record<Facing, Point>> = {
  north: [0, -1],
  east: [1, 0],
  south: [0, 1],
  west: [-1, 0],
};

/** What stands between a cell and its neighbour. A secret door that is not found yet is a wall. */
export type FaceKind =
  | { readonly type: "wall" }
  | { readonly type: "open" }
  | { readonly type: "door"; readonly edge: EdgeKey; readonly door: Door };

/** Secret doors someone has found; leave it out to see a level as it truly is. */
export type Found = Readonly<Record<EdgeKey, 1>>;

const WALL: FaceKind = { type: "wall" };
const OPEN: FaceKind = { type: "open" };

/** Keys are asked for thousands of times per level: those of every cell and edge are spelt once. */
const SPAN = LEVEL_SIZE + 1;
const CELL_KEYS = spell((x, y): CellKey => `${x},${y}`);
const NORTH_EDGES = spell((x, y): EdgeKey => `n${x},${y}`);
const WEST_EDGES = spell((x, y): EdgeKey => `w${x},${y}`);

function spell<K>(key: (x: number, y: number) => K): readonly K[] {
  return Array.from({ length: SPAN * SPAN }, (_, index) => key(index % SPAN, Math.floor(index / SPAN)));
}

function spelt<K>(table: readonly K[], x: number, y: number): K | undefined {
  return x >= 0 && y >= 0 && x < SPAN ? table[y * SPAN + x] : undefined;
}

/** The name a cell goes by in records. */
export function cellKey(at: Point): CellKey {
  return spelt(CELL_KEYS, at[0], at[1]) ?? `${at[0]},${at[1]}`;
}

function northOf(x: number, y: number): EdgeKey {
  return spelt(NORTH_EDGES, x, y) ?? `n${x},${y}`;
}

function westOf(x: number, y: number): EdgeKey {
  return spelt(WEST_EDGES, x, y) ?? `w${x},${y}`;
}

/** The cell a key names. Throws a RangeError when it names none. */
export function pointOf(key: CellKey): Point {
  const [x, y] = key.split(",").map(Number);
  if (x === undefined || y === undefined || Number.isNaN(x) || Number.isNaN(y)) {
    throw new RangeError(`Cannot read cell as it must look like 3,4: got ${key}`);
  }
  return [x, y];
}

/** Whether two points are one place. */
export function samePoint(a: Point, b: Point): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** The cell on one side; it may lie outside the level. */
export function neighbour(at: Point, facing: Facing): Point {
  const [dx, dy] = DELTA[facing];
  return [at[0] + dx, at[1] + dy];
}

/** Whether a cell lies within the level's 16x16. */
export function inside(at: Point): boolean {
  return at[0] >= 0 && at[1] >= 0 && at[0] < LEVEL_SIZE && at[1] < LEVEL_SIZE;
}

/** The edge on one side of a cell; south and east edges belong to the neighbour. */
export function edgeOf(at: Point, facing: Facing): EdgeKey {
  const [x, y] = at;
  if (facing === "north") return northOf(x, y);
  if (facing === "west") return westOf(x, y);
  return facing === "south" ? northOf(x, y + 1) : westOf(x + 1, y);
}

/** The two cells an edge divides; the second may lie outside the level. */
export function cellsOf(edge: EdgeKey): readonly [Point, Point] {
  const [x = 0, y = 0] = edge.slice(1).split(",").map(Number);
  return edge.startsWith("n") ? [[x, y], [x, y - 1]] : [[x, y], [x - 1, y]];
}

/** Whether anybody can stand there. */
export function isFloor(level: Level, at: Point): boolean {
  const letter = level.rows[at[1]]?.[at[0]];
  return letter !== undefined && letter !== "#";
}

/** The zone a cell belongs to; undefined off the floor. */
export function zoneAt(level: Level, at: Point): Zone | undefined {
  const letter = level.rows[at[1]]?.[at[0]];
  return letter === undefined ? undefined : level.zones[letter];
}

/** What a party standing at `at` has on its `facing` side. */
export function faceOf(level: Level, at: Point, facing: Facing, found?: Found): FaceKind {
  if (!isFloor(level, at) || !isFloor(level, neighbour(at, facing))) return WALL;
  const edge = edgeOf(at, facing);
  const door = level.doors[edge];
  if (door) {
    if (door.secretDc !== undefined && found !== undefined && found[edge] === undefined) return WALL;
    return { type: "door", edge, door };
  }
  return level.walls[edge] ? WALL : OPEN;
}

/** An arch is always open; any other door when it stands open. */
export function isOpenDoor(door: Door): boolean {
  return door.kind === "arch" || (door.open && door.pass === 1);
}

/** Whether a step that way is possible now, as doors stand. */
export function canPass(level: Level, at: Point, facing: Facing, found?: Found): boolean {
  const face = faceOf(level, at, facing, found);
  return face.type === "open" || (face.type === "door" && isOpenDoor(face.door));
}

/** The facing after a turn. */
export function turned(facing: Facing, to: "left" | "right" | "about"): Facing {
  const by = to === "left" ? 3 : to === "right" ? 1 : 2;
  return FACINGS[(FACINGS.indexOf(facing) + by) % 4] ?? facing;
}

/** The facing that leads from one cell to the next beside it; undefined when they are not side by side. */
export function facingTo(from: Point, to: Point): Facing | undefined {
  return FACINGS.find((facing) => samePoint(neighbour(from, facing), to));
}

/** All floor cells of a level in reading order. */
export function floorCells(level: Level): readonly Point[] {
  return level.rows.flatMap((row, y) => [...row].flatMap((letter, x) => (letter === "#" ? [] : [[x, y] as const])));
}
