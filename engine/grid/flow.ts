/** How far every square is from the nearest of some squares, walls and doors in the way: the influence map of the AI. */
import type { Point } from "../types/ids.ts";
import type { Field } from "../types/state.ts";
import { SQUARE } from "./square.ts";
import { groundGrid } from "./terrain.ts";

/** Squares no way leads to. */
export const NO_WAY = -1;

/**
 * Feet on foot from each square (by `y * width + x`) to the nearest source; NO_WAY where there is none. Shut doors that
 * `opens` says yes to count as hard going; creatures in the way are not looked at.
 */
export function flowTo(field: Field, sources: readonly Point[], opens: (x: number, y: number) => boolean): Int16Array {
  const { width, height } = field;
  const price = prices(field, opens);
  const feet = new Int16Array(width * height).fill(NO_WAY);
  const starts: number[] = [];
  for (const [x, y] of sources) {
    if (x < 0 || y < 0 || x >= width || y >= height) continue;
    feet[y * width + x] = 0;
    starts.push(y * width + x);
  }
  let rings: readonly [number[], number[], number[]] = [starts, [], []];
  for (let now = 0; rings.some((ring) => ring.length > 0); now += SQUARE) {
    const [first, second, third] = rings;
    for (const at of first) {
      if (feet[at] !== now) continue;
      const slow = price[at] === 2;
      spread(at, now + (slow ? 2 * SQUARE : SQUARE), { feet, price, width, height, next: slow ? third : second });
    }
    rings = [second, third, []];
  }
  return feet;
}

interface Wave {
  readonly feet: Int16Array;
  readonly price: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly next: number[];
}

/** Offers `sum` to the eight neighbours; a diagonal needs both squares beside it free. */
function spread(at: number, sum: number, wave: Wave): void {
  const { price, width, height } = wave;
  const x = at % width;
  const north = at >= width && price[at - width] !== 0;
  const south = at + width < width * height && price[at + width] !== 0;
  const west = x > 0 && price[at - 1] !== 0;
  const east = x + 1 < width && price[at + 1] !== 0;
  if (north) offer(at - width, sum, wave);
  if (south) offer(at + width, sum, wave);
  if (west) offer(at - 1, sum, wave);
  if (east) offer(at + 1, sum, wave);
  if (north && west) offer(at - width - 1, sum, wave);
  if (north && east) offer(at - width + 1, sum, wave);
  if (south && west) offer(at + width - 1, sum, wave);
  if (south && east) offer(at + width + 1, sum, wave);
}

function offer(at: number, sum: number, { feet, price, next }: Wave): void {
  if (price[at] === 0) return;
  const known = feet[at] ?? NO_WAY;
  if (known !== NO_WAY && known <= sum) return;
  feet[at] = sum;
  next.push(at);
}

/** 0 blocked, 1 plain, 2 hard going; doors that open are hard going. */
function prices(field: Field, opens: (x: number, y: number) => boolean): Uint8Array {
  const out = groundGrid(field).slice();
  for (let y = 0; y < field.height; y++) {
    const row = field.rows[y] ?? "";
    for (let x = row.indexOf("+"); x >= 0; x = row.indexOf("+", x + 1)) if (opens(x, y)) out[y * field.width + x] = 2;
  }
  return out;
}
