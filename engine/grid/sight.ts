/**
 * Line of sight and cover by straight lines between square corners (game design 6.1; SRD 5.1, Combat, Cover).
 * A line is stopped by the inside of a blocking square, by a seam between two blocking squares, and by a corner where
 * two of them meet. Whole numbers only, and the two ends are put in one order first: who looks makes no difference.
 */
import type { Point } from "../types/ids.ts";
import type { Battle, Cloud, Field } from "../types/state.ts";
import { distanceBetween, footprint, type Place, SQUARE } from "./square.ts";
import { inCloud, isOpenBox, solidGrid } from "./terrain.ts";
import { memo } from "../core/memo.ts";

type Blocks = (x: number, y: number) => boolean;
type Scene = Pick<Battle, "field" | "clouds">;

/** Whether some corner of square `a` sees some corner of square `b`. Symmetric; clouds that block sight count beyond 5 feet. */
export function lineOfSight(battle: Scene, a: Point, b: Point): boolean {
  return placesSee(battle, { at: a, size: 1 }, { at: b, size: 1 });
}

/** The same for creatures of any size: one square of each is enough. */
export function placesSee(battle: Scene, a: Place, b: Place): boolean {
  const clouds = blinding(battle.clouds);
  if (clouds.length === 0 || distanceBetween(a, b) <= SQUARE) return wallsLetSee(battle.field, a, b);
  const blocks = blockerOf(battle.field, clouds);
  for (const from of footprint(a)) {
    if (hidden(clouds, from)) continue;
    for (const to of footprint(b)) {
      if (!hidden(clouds, to) && squaresSee(blocks, from, to)) return true;
    }
  }
  return false;
}

const blinding = memo((clouds: Battle["clouds"]): readonly Cloud[] =>
  Object.values(clouds).filter((cloud) => cloud.blocksSight)
);

function wallsLetSee(field: Field, a: Place, b: Place): boolean {
  for (const from of footprint(a)) {
    for (const to of footprint(b)) {
      if (isOpenBox(field, from, to) || clearBetween(field, from, to)) return true;
    }
  }
  return false;
}

/** Whether walls leave a line between two squares: the same both ways, so that they are remembered in one order. */
function clearBetween(field: Field, from: Point, to: Point): boolean {
  const { width, height } = field;
  const a = from[1] * width + from[0];
  const b = to[1] * width + to[0];
  const key = Math.min(a, b) * width * height + Math.max(a, b);
  const known = sightsOf(field);
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = squaresSee(blockerOf(field, []), from, to);
  known.set(key, found);
  return found;
}

const sightsOf = memo((_field: Field) => new Map<number, boolean>());

/** What hides one square from another: nothing, walls that give cover of 2 or 5, or all of it. */
type Screen = 0 | 2 | 5 | typeof SHUT;

/** No line at all. */
export const SHUT = 9;

/** The least that walls put between the squares of two creatures. */
function screen(field: Field, from: Place, to: Place): Screen {
  let least: Screen = SHUT;
  for (const a of footprint(from)) {
    for (const b of footprint(to)) {
      const one = isOpenBox(field, a, b) ? 0 : screenOf(field, a, b);
      if (one === 0) return 0;
      if (one < least) least = one;
    }
  }
  return least;
}

/** The same between two squares by drawing lines, remembered. */
export function screenOf(field: Field, a: Point, b: Point): Screen {
  const { width, height } = field;
  const known = screensOf(field);
  const key = (a[1] * width + a[0]) * width * height + b[1] * width + b[0];
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = squareScreen(blockerOf(field, []), a, b);
  known.set(key, found);
  return found;
}

/** What the walls of a field hide, asked before. Walls stand still, and thinkers ask very often. */
const screensOf = memo((_field: Field) => new Map<number, Screen>());

/** The cover that walls alone give; 5 where nothing is seen. */
export function wallCover(field: Field, from: Place, to: Place): 0 | 2 | 5 {
  const found = screen(field, from, to);
  return found === SHUT ? 5 : found;
}

/**
 * Bonus to AC and DEX saves from cover: 0, 2 (half) or 5 (three-quarters). Where walls give none, each of the others on
 * their feet that lies between gives half; whoever is looked at may be among them.
 */
export function cover(field: Field, from: Place, to: Place, others: readonly Place[]): 0 | 2 | 5 {
  const walls = wallCover(field, from, to);
  return walls > 0 ? walls : bodyCover(from, to, others);
}

function bodyCover(from: Place, to: Place, others: readonly Place[]): 0 | 2 {
  for (const one of others) if (one !== to && liesBetween(one, from, to)) return 2;
  return 0;
}

/** Sight and cover in one look: cover of somebody who is seen, undefined for whoever is not. */
export function lookAt(battle: Scene, from: Place, to: Place, others: readonly Place[]): 0 | 2 | 5 | undefined {
  const walls = screen(battle.field, from, to);
  if (walls === SHUT || (blinding(battle.clouds).length > 0 && !placesSee(battle, from, to))) return undefined;
  return walls > 0 ? walls : bodyCover(from, to, others);
}

function hidden(clouds: readonly Cloud[], at: Point): boolean {
  return clouds.some((cloud) => inCloud(cloud, at[0], at[1]));
}

function blockerOf(field: Field, clouds: readonly Cloud[]): Blocks {
  const grid = solidGrid(field);
  const { width, height } = field;
  const solid: Blocks = (x, y) => x < 0 || y < 0 || x >= width || y >= height || grid[y * width + x] === 1;
  if (clouds.length === 0) return solid;
  return (x, y) => solid(x, y) || clouds.some((cloud) => inCloud(cloud, x, y));
}

function squaresSee(blocks: Blocks, a: Point, b: Point): boolean {
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 4; j++) if (cornersSee(blocks, a, i, b, j)) return true;
  }
  return false;
}

/** Line from corner `i` of one square to corner `j` of another: 0 north-west, 1 north-east, 2 south-west, 3 south-east. */
function cornersSee(blocks: Blocks, a: Point, i: number, b: Point, j: number): boolean {
  const x0 = a[0] + (i & 1);
  const y0 = a[1] + (i >> 1);
  const x1 = b[0] + (j & 1);
  const y1 = b[1] + (j >> 1);
  const same = x0 === x1 && y0 === y1;
  const dx = same ? b[0] - a[0] : x1 - x0;
  const dy = same ? b[1] - a[1] : y1 - y0;
  return !shutIn(blocks, a, i, dx, dy) && !shutIn(blocks, b, j, -dx, -dy) && isClear(blocks, x0, y0, x1, y1);
}

/** A line cannot leave a square by a corner that two blocking squares close, but for back across the square itself. */
function shutIn(blocks: Blocks, at: Point, corner: number, dx: number, dy: number): boolean {
  const outX = (corner & 1) === 1 ? 1 : -1;
  const outY = corner >> 1 === 1 ? 1 : -1;
  if (dx * outX < 0 || dy * outY < 0) return false;
  return blocks(at[0] + outX, at[1]) && blocks(at[0], at[1] + outY);
}

/** From the attacker's best corner: how many of the four lines to the target's corners are stopped. */
function squareScreen(blocks: Blocks, a: Point, b: Point): Screen {
  let fewest = 4;
  for (let i = 0; i < 4 && fewest > 0; i++) {
    let stopped = 0;
    for (let j = 0; j < 4; j++) {
      if (!cornersSee(blocks, a, i, b, j)) stopped += 1;
    }
    if (stopped < fewest) fewest = stopped;
  }
  return fewest === 0 ? 0 : fewest <= 2 ? 2 : fewest === 3 ? 5 : SHUT;
}

/** Whether the straight line between two middles crosses another creature's squares. */
export function liesBetween(one: Place, from: Place, to: Place): boolean {
  const ax = 2 * from.at[0] + from.size;
  const ay = 2 * from.at[1] + from.size;
  const bx = 2 * to.at[0] + to.size;
  const by = 2 * to.at[1] + to.size;
  return crosses(ax, ay, bx, by, 2 * one.at[0], 2 * one.at[1], 2 * one.size);
}

/** Whether a segment passes through the inside of a square box with its corner at x, y: by the signs of its corners. */
function crosses(ax: number, ay: number, bx: number, by: number, x: number, y: number, side: number): boolean {
  if (Math.max(ax, bx) <= x || Math.min(ax, bx) >= x + side) return false;
  if (Math.max(ay, by) <= y || Math.min(ay, by) >= y + side) return false;
  const dx = bx - ax;
  const dy = by - ay;
  let above = false;
  let below = false;
  for (let i = 0; i < 4; i++) {
    const turn = dx * (y + side * (i >> 1) - ay) - dy * (x + side * (i & 1) - ax);
    if (turn > 0) above = true;
    if (turn < 0) below = true;
  }
  return above && below;
}

/** Whether nothing stops the line between two grid corners. */
function isClear(blocks: Blocks, x0: number, y0: number, x1: number, y1: number): boolean {
  if (x0 > x1 || (x0 === x1 && y0 > y1)) return isClear(blocks, x1, y1, x0, y0);
  const dx = x1 - x0;
  const dy = y1 - y0;
  if (dx === 0) return seamClear(blocks, x0, Math.min(y0, y1), Math.abs(dy), true);
  if (dy === 0) return seamClear(blocks, y0, x0, dx, false);
  return slantClear(blocks, x0, y0, dx, dy);
}

/** A line along the grid is stopped where both sides block, and where it would slip from one side to the other. */
function seamClear(blocks: Blocks, fixed: number, start: number, length: number, upright: boolean): boolean {
  const side = (offset: number, i: number) => upright ? blocks(fixed + offset, i) : blocks(i, fixed + offset);
  let before = false;
  let after = false;
  for (let i = start; i < start + length; i++) {
    const left = side(-1, i);
    const right = side(0, i);
    if ((left && right) || (left && after) || (right && before)) return false;
    before = left;
    after = right;
  }
  return true;
}

/** Walks the squares whose inside a slanted line crosses, column by column; corners it meets exactly are looked at too. */
function slantClear(blocks: Blocks, x0: number, y0: number, dx: number, dy: number): boolean {
  const down = dy > 0;
  const rise = Math.abs(dy);
  for (let column = 0; column < dx; column++) {
    const low = Math.floor((column * rise) / dx);
    const high = Math.ceil(((column + 1) * rise) / dx) - 1;
    for (let step = low; step <= high; step++) {
      if (blocks(x0 + column, down ? y0 + step : y0 - 1 - step)) return false;
    }
    const meets = ((column + 1) * rise) % dx === 0 && column + 1 < dx;
    if (meets && pinched(blocks, x0 + column + 1, y0, ((column + 1) * rise) / dx, down)) return false;
  }
  return true;
}

/** Where a line passes exactly through a corner, the two squares it does not enter may meet there and close the gap. */
function pinched(blocks: Blocks, x: number, y0: number, steps: number, down: boolean): boolean {
  const y = down ? y0 + steps : y0 - steps;
  return down ? blocks(x, y - 1) && blocks(x - 1, y) : blocks(x - 1, y - 1) && blocks(x, y);
}
