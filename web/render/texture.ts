import type { Palette, Rgb } from "./palette.ts";
import { noise, pick, ridged } from "./noise.ts";

export const TEXTURE_SIZE = 64;
const N = TEXTURE_SIZE;

/** 64 x 64 texels, 0xAABBGGRR as image data has them on little-endian machines; alpha 0 lets the ray go on. */
export type Texture = Uint32Array<ArrayBuffer>;

export interface TextureSet {
  readonly wall: Texture;
  readonly wallTwo: Texture;
  readonly door: Texture;
  readonly doorLocked: Texture;
  readonly doorBarred: Texture;
  readonly doorOpen: Texture;
  readonly arch: Texture;
  readonly floor: Texture;
  readonly ceiling: Texture;
}

interface Relief {
  /** 0-1: how far the surface stands out. */
  readonly height: number;
  readonly colour: Rgb;
}

/** Makes every texture of a theme in code: a relief with colours, lit from the upper left. Same palette, same texels. */
export function createTextures(palette: Palette): TextureSet {
  const wallAt = surface(palette);
  const wall = carve((x, y) => wallAt(x, y, 0));
  return {
    wall,
    wallTwo: carve((x, y) => wallAt(x, y, 7)),
    door: inFrame(palette, wallAt, (x, y) => plank(palette, x, y, "plain")),
    doorLocked: inFrame(palette, wallAt, (x, y) => plank(palette, x, y, "locked")),
    doorBarred: inFrame(palette, wallAt, (x, y) => plank(palette, x, y, "barred")),
    doorOpen: inFrame(palette, wallAt, (x) => x < 17 ? plank(palette, x * 3, 5, "edge") : undefined),
    arch: inFrame(palette, wallAt, () => undefined),
    floor: carve((x, y) => ground(palette, x, y)),
    ceiling: carve((x, y) => vault(palette, x, y)),
  };
}

function surface(palette: Palette): (x: number, y: number, variant: number) => Relief {
  switch (palette.wall) {
    case "brick":
      return (x, y, variant) => masonry(palette, x, y, { high: 11, wide: 21, gap: 1.4, variant });
    case "flagstone":
      return (x, y, variant) => masonry(palette, x, y, { high: 21, wide: 32, gap: 1.6, variant });
    case "plaster":
      return (x, y, variant) => plaster(palette, x, y, variant);
    case "rock":
      return (x, y, variant) => rock(palette, x, y, variant);
    case "hedge":
      return (x, y, variant) => hedge(palette, x, y, variant);
    case "plank":
      return (x, y, variant) => halfTimber(palette, x, y, variant);
  }
}

function masonry(
  palette: Palette,
  x: number,
  y: number,
  size: { readonly high: number; readonly wide: number; readonly gap: number; readonly variant: number },
): Relief {
  const rows = Math.round(N / size.high);
  const high = N / rows;
  const columns = Math.round(N / size.wide);
  const wide = N / columns;
  const wobble = noise(x, y, 16, 3 + size.variant) * 1.6 - 0.8;
  const row = Math.floor(((y + wobble + N) % N) / high);
  const shift = row % 2 === 0 ? 0 : wide / 2;
  const along = (x + shift + wobble + N) % N;
  const column = Math.floor(along / wide);
  const inX = along - column * wide;
  const inY = ((y + wobble + N) % N) - row * high;
  const edge = Math.min(inX, wide - inX, inY, high - inY);
  const grain = noise(x, y, 4, 11) * 0.35 + noise(x, y, 16, 5) * 0.3;
  if (edge < size.gap) return { height: 0.05 + grain * 0.2, colour: palette.mortar };
  const own = pick(column + row * 13, size.variant + 1);
  const chipped = noise(x, y, 8, 29 + size.variant) > 0.8 ? 0.16 : 0;
  const height = Math.min(1, (edge - size.gap) / 2.4) * 0.62 + grain * 0.38 - chipped;
  const tone = 0.78 + own * 0.34 + grain * 0.16;
  return { height, colour: mossy(palette, scale(palette.stone, tone), x, y) };
}

function plaster(palette: Palette, x: number, y: number, variant: number): Relief {
  const low = y > 46;
  if (low) return masonry(palette, x, y, { high: 9, wide: 16, gap: 1.1, variant });
  const pillar = Math.min(x, N - 1 - x);
  const stain = noise(x, y, 24, 17 + variant) * 0.24 + noise(x, y, 6, 3) * 0.1;
  if (y > 42) return { height: 0.95, colour: scale(palette.stone, 0.86) };
  if (y < 6) return { height: y < 3 ? 0.9 : 0.55, colour: scale(palette.stone, 1.02) };
  if (pillar < 6) {
    return { height: 0.5 + 0.5 * Math.sin((pillar / 6) * Math.PI), colour: scale(palette.stone, 1.06 - stain * 0.5) };
  }
  const crack = ridged(x, y, 22, 41 + variant) > 0.965 ? 0.4 : 0;
  return { height: 0.45 - crack + stain * 0.3, colour: scale(palette.stone, 0.98 - stain - crack * 0.4) };
}

function rock(palette: Palette, x: number, y: number, variant: number): Relief {
  const big = ridged(x, y, 30, 7 + variant);
  const small = noise(x, y, 9, 19 + variant);
  const height = big * 0.55 + small * 0.3 + noise(x, y, 4, 2) * 0.15;
  const colour = scale(palette.stone, 0.6 + height * 0.62);
  return { height, colour: mossy(palette, colour, x, y) };
}

function hedge(palette: Palette, x: number, y: number, variant: number): Relief {
  const leaf = ridged(x, y, 7, 3 + variant) * 0.6 + noise(x, y, 16, 9) * 0.4;
  const deep = leaf < 0.42;
  const flower = pick(x * 64 + y, 77 + variant) > 0.994 && !deep;
  if (flower) return { height: 1, colour: [206, 150, 150] };
  return { height: leaf, colour: scale(palette.stone, deep ? 0.34 : 0.5 + leaf * 0.85) };
}

function halfTimber(palette: Palette, x: number, y: number, variant: number): Relief {
  const beam = x < 5 || x > 58 || y < 5 || y > 57 || Math.abs(y - 31) < 3 || (y > 31 && Math.abs(x - (y - 26)) < 3);
  const grain = noise(x, y, 5, 5 + variant) * 0.3;
  if (beam) return { height: 0.9, colour: scale(palette.wood, 0.62 + grain) };
  return { height: 0.3 + grain * 0.4, colour: scale(palette.stone, 0.94 + noise(x, y, 20, 8) * 0.2) };
}

function plank(palette: Palette, x: number, y: number, kind: "plain" | "locked" | "barred" | "edge"): Relief {
  const board = Math.floor(x / 9);
  const inBoard = x % 9;
  const grain = noise(x * 3 + board * 17, y, 5, 23) * 0.5 + noise(x * 2, Math.floor(y / 2), 9, 31) * 0.3;
  const tone = 0.62 + pick(board, 5) * 0.2 + grain * 0.45;
  const gap = inBoard === 0;
  if (kind === "edge") return { height: 0.4, colour: scale(palette.wood, tone * 0.8) };
  const iron: Rgb = [74, 76, 84];
  const band = Math.abs(y - 20) < 3 || Math.abs(y - 50) < 3;
  if (kind === "barred" && Math.abs(y - 36) < 5) {
    return { height: 1 - Math.abs(y - 36) * 0.09, colour: scale(palette.wood, 0.95 + grain * 0.4) };
  }
  if (kind !== "barred" && x > 43 && x < 49 && y > 32 && y < 41) {
    const hole = kind === "locked" && Math.abs(x - 46) < 1.5 && y > 34 && y < 39;
    return { height: hole ? 0 : 1, colour: hole ? [8, 6, 4] : kind === "locked" ? [196, 156, 64] : [120, 110, 96] };
  }
  if (band) {
    const rivet = x % 8 === 4 && (y === 20 || y === 50);
    return { height: rivet ? 1 : 0.82, colour: scale(iron, rivet ? 1.5 : 0.85 + grain * 0.3) };
  }
  return { height: gap ? 0.1 : 0.5 + grain * 0.2, colour: scale(palette.wood, gap ? 0.35 : tone) };
}

/** A doorway cut into the wall: dressed stones around what `inner` draws, or around nothing where it answers undefined. */
function inFrame(
  palette: Palette,
  wallAt: (x: number, y: number, variant: number) => Relief,
  inner: (x: number, y: number) => Relief | undefined,
): Texture {
  return carve((x, y) => {
    const half = Math.abs(x - 31.5);
    const top = 13 + (half * half) / 52;
    const inside = half < 20 && y > top;
    if (inside) return inner(x, y);
    const frame = half < 26 && y > top - 7;
    if (!frame) return wallAt(x, y, 0);
    const joint = half >= 20 ? y % 10 < 1 : Math.floor((x + 3) % 9) === 0;
    const grain = noise(x, y, 6, 47) * 0.3;
    return { height: joint ? 0.2 : 0.85 + grain * 0.2, colour: scale(palette.stone, joint ? 0.55 : 1.05 + grain) };
  });
}

function ground(palette: Palette, x: number, y: number): Relief {
  const grain = noise(x, y, 6, 13) * 0.3 + noise(x, y, 20, 3) * 0.3;
  if (palette.floorKind === "earth") {
    const pebble = ridged(x, y, 8, 5) > 0.86 ? 0.4 : 0;
    return {
      height: grain + pebble,
      colour: mossy(palette, scale(palette.floor, 0.66 + grain * 0.7 + pebble * 0.3), x, y),
    };
  }
  if (palette.floorKind === "grass") {
    const blade = ridged(x, y * 2, 5, 15) * 0.5;
    return { height: blade, colour: scale(palette.floor, 0.55 + blade + grain * 0.5) };
  }
  return masonry({ ...palette, stone: palette.floor, mortar: scale(palette.mortar, 0.7) }, x, y, {
    high: 32,
    wide: 32,
    gap: 1.2,
    variant: 3,
  });
}

function vault(palette: Palette, x: number, y: number): Relief {
  if (palette.openSky) {
    const cloud = noise(x, y, 32, 3) * 0.7 + noise(x, y, 10, 8) * 0.3;
    return { height: 0.5, colour: scale(palette.ceiling, 0.8 + cloud * 0.8) };
  }
  if (palette.wall === "rock") return rock({ ...palette, stone: palette.ceiling, moss: 0 }, x, y, 21);
  const beam = palette.wall === "plaster" && (x < 6 || y < 6);
  if (beam) return { height: 0.95, colour: scale(palette.wood, 0.6 + noise(x, y, 5, 4) * 0.3) };
  return masonry({ ...palette, stone: palette.ceiling, moss: palette.moss / 3 }, x, y, {
    high: 16,
    wide: 32,
    gap: 1.3,
    variant: 5,
  });
}

function carve(at: (x: number, y: number) => Relief | undefined): Texture {
  const reliefs = Array.from({ length: N * N }, (_, i) => at(i % N, Math.floor(i / N)));
  const texels = new Uint32Array(N * N);
  for (let y = 0; y < N; y++) {
    for (let x = 0; x < N; x++) {
      const here = reliefs[y * N + x];
      if (here === undefined) continue;
      const before = reliefs[((y + N - 1) % N) * N + ((x + N - 1) % N)] ?? here;
      const after = reliefs[((y + 1) % N) * N + ((x + 1) % N)] ?? here;
      const slope = (here.height - before.height) * 0.75 + (after.height - here.height) * 0.35;
      const deep = 0.82 + Math.min(1, Math.max(0, here.height)) * 0.22;
      texels[y * N + x] = packed(scale(here.colour, deep * (1 + slope * 0.9)));
    }
  }
  return texels;
}

function mossy(palette: Palette, colour: Rgb, x: number, y: number): Rgb {
  if (palette.moss === 0) return colour;
  const amount = Math.max(0, noise(x, y, 18, 61) + (y / N) * 0.35 + palette.moss * 0.55 - 0.98) * 2.2;
  const share = Math.min(0.75, amount * palette.moss * 2);
  return [
    colour[0] * (1 - share) + 58 * share,
    colour[1] * (1 - share) + 88 * share,
    colour[2] * (1 - share) + 40 * share,
  ];
}

function scale(colour: Rgb, by: number): Rgb {
  return [colour[0] * by, colour[1] * by, colour[2] * by];
}

/** Bytes of a colour as one number. */
export function packed(colour: Rgb): number {
  const byte = (value: number) => value < 0 ? 0 : value > 255 ? 255 : value | 0;
  return (0xff000000 | (byte(colour[2]) << 16) | (byte(colour[1]) << 8) | byte(colour[0])) >>> 0;
}
