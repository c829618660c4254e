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
  const wave: Wave = {
    feet: new Int16Array(width * height).fill(NO_WAY),
    price: prices(field, opens),
    rings: [[], [], []],
    width,
  };
  for (const [x, y] of sources) {
    if (x < 0 || y < 0 || x >= width || y >= height) continue;
    wave.feet[y * width + x] = 0;
    wave.rings[0].push(y * width + x);
  }
  let empty = 0;
  for (let turn = 0; empty < 3; turn++) {
    const ring = ringAt(wave, turn);
    empty = ring.length === 0 ? empty + 1 : 0;
    for (const at of ring) if (wave.feet[at] === turn * SQUARE) spread(wave, at, turn);
    ring.length = 0;
  }
  return wave.feet;
}

/** A flood under way; everything by square number. */
interface Wave {
  readonly feet: Int16Array;
  readonly price: Uint8Array;
  /** Squares to go on from in this turn and the next two, in turns: no step costs more. */
  readonly rings: readonly [number[], number[], number[]];
  readonly width: number;
}

function ringAt({ rings }: Wave, turn: number): number[] {
  const [first, second, third] = rings;
  return turn % 3 === 0 ? first : turn % 3 === 1 ? second : third;
}

/** Offers the way on to the eight neighbours; a diagonal needs both squares beside it free. */
function spread(wave: Wave, at: number, turn: number): void {
  const { price, width } = wave;
  const to = turn + (price[at] === 2 ? 2 : 1);
  const next = ringAt(wave, to);
  const x = at % width;
  const north = at >= width && price[at - width] !== 0;
  const south = at + width < price.length && price[at + width] !== 0;
  const west = x > 0 && price[at - 1] !== 0;
  const east = x + 1 < width && price[at + 1] !== 0;
  if (north) offer(wave, next, at - width, to * SQUARE);
  if (south) offer(wave, next, at + width, to * SQUARE);
  if (west) offer(wave, next, at - 1, to * SQUARE);
  if (east) offer(wave, next, at + 1, to * SQUARE);
  if (north && west) offer(wave, next, at - width - 1, to * SQUARE);
  if (north && east) offer(wave, next, at - width + 1, to * SQUARE);
  if (south && west) offer(wave, next, at + width - 1, to * SQUARE);
  if (south && east) offer(wave, next, at + width + 1, to * SQUARE);
}

function offer({ feet, price }: Wave, next: number[], at: number, sum: number): void {
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
