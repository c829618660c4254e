/** How far every square is from the nearest of some squares, walls and doors in the way: the influence map of the AI. */
import type { Point } from "../types/ids.ts";
import type { Field } from "../types/state.ts";
import { SQUARE } from "./square.ts";
import { isDifficult, isShutDoor, solidGrid } from "./terrain.ts";

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
  let rings: readonly [number[], number[], number[]] = [[], [], []];
  for (const [x, y] of sources) {
    if (x < 0 || y < 0 || x >= width || y >= height) continue;
    feet[y * width + x] = 0;
    rings[0].push(y * width + x);
  }
  for (let now = 0; rings.some((ring) => ring.length > 0); now += SQUARE) {
    const [first, second, third] = rings;
    for (const at of first) if (feet[at] === now) spread(at, now, { feet, price, width, height, second, third });
    rings = [second, third, []];
  }
  return feet;
}

interface Wave {
  readonly feet: Int16Array;
  readonly price: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly second: number[];
  readonly third: number[];
}

function spread(at: number, now: number, wave: Wave): void {
  const { feet, price, width, height } = wave;
  const x = at % width;
  const y = (at - x) / width;
  const step = price[at] === 2 ? 2 : 1;
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const nx = x + dx;
      const ny = y + dy;
      if ((dx === 0 && dy === 0) || nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
      const next = ny * width + nx;
      if (price[next] === 0) continue;
      if (dx !== 0 && dy !== 0 && (price[y * width + nx] === 0 || price[ny * width + x] === 0)) continue;
      const sum = now + SQUARE * step;
      const known = feet[next] ?? NO_WAY;
      if (known !== NO_WAY && known <= sum) continue;
      feet[next] = sum;
      (step === 1 ? wave.second : wave.third).push(next);
    }
  }
}

/** 0 blocked, 1 plain, 2 hard going. */
function prices(field: Field, opens: (x: number, y: number) => boolean): Uint8Array {
  const solid = solidGrid(field);
  const out = new Uint8Array(field.width * field.height);
  for (let y = 0; y < field.height; y++) {
    for (let x = 0; x < field.width; x++) {
      const at = y * field.width + x;
      const door = solid[at] === 1 && isShutDoor(field, [x, y]) && opens(x, y);
      out[at] = door ? 2 : solid[at] === 1 ? 0 : isDifficult(field, x, y) ? 2 : 1;
    }
  }
  return out;
}
