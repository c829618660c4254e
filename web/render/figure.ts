import { packed, type Texture, TEXTURE_SIZE } from "./texture.ts";
import type { Rgb } from "./palette.ts";
import { noise, pick } from "./noise.ts";

const N = TEXTURE_SIZE;

/** Things that stand in a cell, drawn in code, 64 x 64. */
export type Thing = "chest" | "board" | "stairsDown" | "stairsUp" | "exit" | "pile";

/** The picture of a thing: rows from the top, the floor is the last row. */
export function drawThing(thing: Thing): Texture {
  const texels = new Uint32Array(N * N);
  for (let y = 0; y < N; y++) {
    for (let x = 0; x < N; x++) {
      const colour = PAINTERS[thing](x, y);
      if (colour !== undefined) texels[y * N + x] = packed(colour);
    }
  }
  return texels;
}

type Painter = (x: number, y: number) => Rgb | undefined;

const PAINTERS: Readonly<Record<Thing, Painter>> = { chest, board, stairsDown, stairsUp, exit, pile };

function chest(x: number, y: number): Rgb | undefined {
  const half = Math.abs(x - 31.5);
  const lid = 40 - Math.sqrt(Math.max(0, 24 * 24 - half * half)) * 0.34;
  if (half > 24 || y < lid || y > 61) return undefined;
  const grain = noise(x * 2, y, 6, 9) * 34;
  if (half < 4 && y > 40 && y < 51) return y > 43 && y < 48 && half < 1.5 ? [20, 14, 8] : [224, 182, 84];
  if (Math.abs(half - 18) < 2.5 || y > 59 || Math.abs(y - 42) < 1.6) return [176 - grain, 140 - grain, 66];
  if (half > 22.5) return [150, 116, 56];
  const tone = y < 42 ? 1.12 : 0.86;
  return [(112 + grain) * tone, (66 + grain * 0.7) * tone, (32 + grain * 0.4) * tone];
}

function board(x: number, y: number): Rgb | undefined {
  const post = (x > 11 && x < 16) || (x > 47 && x < 52);
  const grain = noise(x * 3, y, 6, 4) * 30;
  const plank: Rgb = [104 + grain, 70 + grain * 0.7, 40 + grain * 0.4];
  if (y > 10 && y < 44 && x > 6 && x < 57) {
    const rim = y < 13 || y > 41 || x < 9 || x > 54;
    if (rim) return [76 + grain, 48 + grain * 0.6, 26];
    for (
      const [left, top, wide, high] of [[12, 16, 12, 14], [27, 15, 10, 11], [40, 17, 11, 15], [28, 29, 11, 11]] as const
    ) {
      if (x >= left && x < left + wide && y >= top && y < top + high) {
        const ink = y > top + 2 && (y - top) % 3 === 0 && x > left + 1 && x < left + wide - 2;
        const pin = y === top && Math.abs(x - left - wide / 2) < 1.5;
        return pin ? [190, 44, 36] : ink ? [96, 84, 66] : [222, 208, 172];
      }
    }
    return y % 10 === 0 ? [56, 36, 20] : plank;
  }
  return post && y > 8 && y < 63 ? plank : undefined;
}

function stairsDown(x: number, y: number): Rgb | undefined {
  const half = Math.abs(x - 31.5);
  const rim = 26 + (y - 40) * 0.22;
  if (y < 38 || y > 63 || half > rim) return undefined;
  if (half > rim - 3 || y < 40 || y > 61) return [132 + pick(x, y) * 14, 126, 116];
  const step = Math.floor((y - 40) / 4);
  const edge = (y - 40) % 4 === 0;
  const tone = 20 + step * 15;
  return edge ? [tone + 48, tone + 44, tone + 36] : [tone, tone * 0.94, tone * 0.86];
}

function stairsUp(x: number, y: number): Rgb | undefined {
  const step = Math.floor((63 - y) / 7);
  const half = Math.abs(x - 31.5);
  if (y < 8 || half > 27 - step * 1.6) return undefined;
  const rise = (63 - y) % 7;
  const grain = noise(x, y, 5, 12) * 22;
  const tone = 152 - step * 9 - (rise < 4 ? 44 : 0) + grain;
  return half > 25 - step * 1.6 ? [tone * 0.7, tone * 0.68, tone * 0.64] : [tone, tone * 0.96, tone * 0.88];
}

function exit(x: number, y: number): Rgb | undefined {
  const half = Math.abs(x - 31.5);
  const top = 8 + (half * half) / 26;
  if (half > 22 || y < top || y > 62) return undefined;
  if (half > 17 || y < top + 5) return [120 + pick(x * 5, y) * 16, 114, 104];
  const glow = 1 - half / 26;
  return [150 * glow + 70, 176 * glow + 60, 206 * glow + 40];
}

function pile(x: number, y: number): Rgb | undefined {
  const half = Math.abs(x - 30);
  if (y < 44 || y > 62 || half > 8 + (y - 44) * 0.8) return undefined;
  const knot = y < 48;
  const grain = noise(x, y, 5, 3) * 40;
  if (y > 57 && pick(x * 3 + y, 8) > 0.8) return [226, 184, 80];
  return knot ? [92 + grain, 66 + grain, 40] : [140 + grain - half * 2, 108 + grain - half * 2, 66];
}
