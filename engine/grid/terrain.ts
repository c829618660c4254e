/** What the letters of a battlefield mean for movement and sight. */
import type { Battle, Cloud, Field } from "../types/state.ts";
import type { Point } from "../types/ids.ts";
import { memo } from "../core/memo.ts";

const WALL = 35;
const SHUT_DOOR = 43;
const RUBBLE = 58;
const PILLAR = 84;
const WATER = 126;
const EXIT = 62;

/** The letter's character code at a square; a wall outside the field. */
export function tileAt(field: Field, x: number, y: number): number {
  const row = field.rows[y];
  if (row === undefined || x < 0 || x >= row.length) return WALL;
  return row.charCodeAt(x);
}

/** Walls, pillars and shut doors stop movement and sight alike. */
export function isSolid(field: Field, x: number, y: number): boolean {
  const tile = tileAt(field, x, y);
  return tile === WALL || tile === PILLAR || tile === SHUT_DOOR;
}

/** 1 for every solid square by `y * width + x`, worked out once for each state of a field: sight asks very often. */
export const solidGrid: (field: Field) => Uint8Array = memo(gridOf);

/** Price of entering a square by its ground alone: 0 solid, 1 plain, 2 hard going. */
export const groundGrid: (field: Field) => Uint8Array = memo(groundOf);

function groundOf(field: Field): Uint8Array {
  const solid = solidGrid(field);
  return solid.map((one, at) =>
    one === 1 ? 0 : isDifficult(field, at % field.width, Math.floor(at / field.width)) ? 2 : 1
  );
}

function gridOf(field: Field): Uint8Array {
  const grid = new Uint8Array(field.width * field.height);
  for (let y = 0; y < field.height; y++) {
    for (let x = 0; x < field.width; x++) grid[y * field.width + x] = isSolid(field, x, y) ? 1 : 0;
  }
  return grid;
}

/** Solid squares north-west of each corner of the grid, by `y * (width + 1) + x`: four look-ups count those of any box. */
const solidSums = memo((field: Field): Int32Array => {
  const solid = solidGrid(field);
  const { width, height } = field;
  const sums = new Int32Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0, row = 0; x < width; x++) {
      row += solid[y * width + x] ?? 0;
      sums[(y + 1) * (width + 1) + x + 1] = row + (sums[y * (width + 1) + x + 1] ?? 0);
    }
  }
  return sums;
});

/** Whether nothing solid lies in the box of these two squares or right beside it; the outside of the field is solid. */
export function isOpenBox(field: Field, a: Point, b: Point): boolean {
  const line = field.width + 1;
  const left = Math.min(a[0], b[0]) - 1;
  const top = Math.min(a[1], b[1]) - 1;
  const right = Math.max(a[0], b[0]) + 2;
  const bottom = Math.max(a[1], b[1]) + 2;
  if (left < 0 || top < 0 || right > field.width || bottom > field.height) return false;
  const sums = solidSums(field);
  const at = (x: number, y: number) => sums[y * line + x] ?? 0;
  return at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top) === 0;
}

export function isDifficult(field: Field, x: number, y: number): boolean {
  const tile = tileAt(field, x, y);
  return tile === RUBBLE || tile === WATER;
}

/** Whether leaving the battle is possible from here. */
export function isExit(field: Field, at: Point): boolean {
  return tileAt(field, at[0], at[1]) === EXIT;
}

export function isShutDoor(field: Field, at: Point): boolean {
  return tileAt(field, at[0], at[1]) === SHUT_DOOR;
}

/** Clouds lying on a square. */
export function cloudsAt(battle: Pick<Battle, "clouds">, at: Point): readonly Cloud[] {
  return Object.values(battle.clouds).filter((cloud) => inCloud(cloud, at[0], at[1]));
}

export function inCloud(cloud: Cloud, x: number, y: number): boolean {
  return cloud.squares.some((square) => square[0] === x && square[1] === y);
}
