import type { Theme } from "../../engine/types/names.ts";

export type Rgb = readonly [red: number, green: number, blue: number];
export type Masonry = "brick" | "flagstone" | "plaster" | "rock" | "hedge" | "plank";

/** How a theme looks: what walls, floor and ceiling are made of, their colours, the dark behind them. */
export interface Palette {
  readonly wall: Masonry;
  readonly stone: Rgb;
  readonly mortar: Rgb;
  readonly floor: Rgb;
  readonly ceiling: Rgb;
  readonly floorKind: "flags" | "earth" | "grass" | "boards";
  readonly openSky: boolean;
  readonly moss: number;
  readonly fog: Rgb;
  readonly wood: Rgb;
}

const WOOD: Rgb = [122, 78, 42];

const PALETTES: Readonly<Record<Theme, Palette>> = {
  crypt: make("brick", [118, 116, 128], [52, 50, 60], [92, 90, 100], [70, 70, 82], "flags", 0.1, [7, 8, 14]),
  sewer: make("brick", [104, 116, 88], [46, 54, 42], [84, 92, 72], [66, 74, 60], "flags", 0.55, [5, 11, 8]),
  temple: make("plaster", [176, 152, 112], [112, 88, 62], [134, 112, 84], [120, 104, 84], "flags", 0, [16, 11, 7]),
  cave: make("rock", [120, 104, 88], [58, 48, 42], [92, 80, 66], [76, 66, 58], "earth", 0.12, [8, 7, 8]),
  wood: {
    ...make("hedge", [62, 104, 48], [30, 52, 26], [74, 92, 46], [26, 38, 52], "grass", 0, [16, 24, 28]),
    openSky: true,
  },
  keep: make("flagstone", [136, 130, 122], [72, 66, 62], [104, 98, 90], [88, 82, 78], "flags", 0.06, [9, 9, 12]),
  town: {
    ...make("plank", [150, 122, 88], [86, 62, 42], [112, 100, 84], [44, 58, 84], "flags", 0, [26, 30, 40]),
    openSky: true,
  },
  ruin: make("flagstone", [126, 122, 104], [64, 62, 50], [96, 94, 76], [78, 78, 66], "earth", 0.5, [9, 11, 10]),
};

/** The palette of a theme; a theme this build does not know looks like a keep. */
export function paletteOf(theme: string): Palette {
  return isTheme(theme) ? PALETTES[theme] : PALETTES.keep;
}

function isTheme(theme: string): theme is Theme {
  return Object.hasOwn(PALETTES, theme);
}

function make(
  wall: Masonry,
  stone: Rgb,
  mortar: Rgb,
  floor: Rgb,
  ceiling: Rgb,
  floorKind: Palette["floorKind"],
  moss: number,
  fog: Rgb,
): Palette {
  return { wall, stone, mortar, floor, ceiling, floorKind, openSky: false, moss, fog, wood: WOOD };
}
