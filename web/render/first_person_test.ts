import { assert, assertEquals } from "@std/assert";
import { THEMES } from "../../engine/types/names.ts";
import { drawThing } from "./figure.ts";
import { render, type Scene, VIEW_HEIGHT, VIEW_WIDTH } from "./first_person.ts";
import { paletteOf } from "./palette.ts";
import { createTextures } from "./texture.ts";

const light = { reach: 3, flicker: 1, warm: true };

/** A corridor of three cells north of 2,4 with a door at its end and an arch to the east. */
function corridor(theme: string): Scene {
  const palette = paletteOf(theme);
  return {
    palette,
    textures: createTextures(palette),
    cells: {
      "2,4": { faces: "owww", light: "dark" },
      "2,3": { faces: "oaow", light: "dark" },
      "2,2": { faces: "dwow", light: "dim" },
      "3,3": { faces: "wwwa", light: "dark" },
    },
    figures: [{ x: 2.5, y: 2.6, size: 0.5, image: drawThing("chest") }],
  };
}

function hashOfPixels(pixels: Uint32Array): string {
  let hash = 0x811c9dc5;
  for (const pixel of pixels) hash = Math.imul(hash ^ pixel, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

function picture(theme: string, angle = 0): Uint32Array {
  const buffer = new Uint32Array(VIEW_WIDTH * VIEW_HEIGHT);
  render(buffer, corridor(theme), { x: 2.5, y: 4.5, angle }, light);
  return buffer;
}

Deno.test("render() draws the same pixels for the same scene, and others for every theme", () => {
  const hashes = THEMES.map((theme) => hashOfPixels(picture(theme)));

  assertEquals(hashes, THEMES.map((theme) => hashOfPixels(picture(theme))));
  assertEquals(new Set(hashes).size, THEMES.length);
});

Deno.test("render() fills every pixel and keeps the near brighter than the far", () => {
  const pixels = picture("crypt");

  assert(pixels.every((pixel) => pixel >>> 24 === 255));
  const brightness = (row: number) => {
    let sum = 0;
    for (let column = 0; column < VIEW_WIDTH; column++) sum += (pixels[row * VIEW_WIDTH + column] ?? 0) & 255;
    return sum;
  };
  assert(brightness(VIEW_HEIGHT - 12) > brightness(VIEW_HEIGHT / 2 + 22));
});

Deno.test("render() shows another picture when the party turns", () => {
  assert(hashOfPixels(picture("keep", 0)) !== hashOfPixels(picture("keep", Math.PI / 2)));
});
