import type { Palette } from "./palette.ts";
import { type Texture, TEXTURE_SIZE, type TextureSet } from "./texture.ts";

export const VIEW_WIDTH = 320;
export const VIEW_HEIGHT = 240;
const FIELD = 0.8; // half the view plane at distance 1: about 77 degrees
const SCALE = VIEW_WIDTH / (2 * FIELD);
const MAX_CELLS = 18;

/** What is drawn: cells the party has seen, by `x,y`, and upright pictures standing in them. */
export interface Scene {
  readonly palette: Palette;
  readonly textures: TextureSet;
  readonly cells: Readonly<Record<string, { readonly faces: string; readonly light: string }>>;
  readonly figures: readonly Figure[];
}

export interface Figure {
  readonly x: number;
  readonly y: number;
  /** Height over the wall's height. */
  readonly size: number;
  /** Square picture, alpha 0 is nothing; `glow` is not darkened by distance. */
  readonly image: Texture;
  readonly glow?: true;
}

/** Cells; y grows south. `angle` 0 looks north, a quarter turn east. */
export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
}

/** `reach` in cells, `flicker` about 1. */
export interface Light {
  readonly reach: number;
  readonly flicker: number;
  readonly warm: boolean;
}

interface Ray {
  readonly distance: number;
  readonly u: number;
  readonly texture: Texture;
  readonly shade: number;
}

/** Draws what the party sees into 320 x 240 pixels. Pure: same arguments, same pixels. */
export function render(buffer: Uint32Array, scene: Scene, pose: Pose, light: Light): void {
  const depth = new Float64Array(VIEW_WIDTH);
  const view = { dx: Math.sin(pose.angle), dy: -Math.cos(pose.angle) };
  const ambient = ambientAt(scene, pose);
  drawGround(buffer, scene, pose, view, light, ambient);
  for (let column = 0; column < VIEW_WIDTH; column++) {
    drawColumn(buffer, scene, pose, view, light, ambient, column, depth);
  }
  drawFigures(buffer, scene, pose, view, light, ambient, depth);
}

type Direction = { readonly dx: number; readonly dy: number };

function ambientAt(scene: Scene, pose: Pose): number {
  const light = scene.cells[`${Math.floor(pose.x)},${Math.floor(pose.y)}`]?.light;
  return light === "bright" ? 0.5 : light === "dim" ? 0.2 : 0.07;
}

function drawColumn(
  buffer: Uint32Array,
  scene: Scene,
  pose: Pose,
  view: Direction,
  light: Light,
  ambient: number,
  column: number,
  depth: Float64Array,
): void {
  const slant = ((column + 0.5) / VIEW_WIDTH * 2 - 1) * FIELD;
  const rays = cast(scene, pose, view.dx - view.dy * slant, view.dy + view.dx * slant);
  const stretch = Math.sqrt(1 + slant * slant);
  const last = rays[rays.length - 1];
  depth[column] = last === undefined ? MAX_CELLS : last.distance;
  for (let i = rays.length - 1; i >= 0; i--) {
    const ray = rays[i];
    if (ray !== undefined) drawWall(buffer, scene, ray, light, ambient, column, stretch);
  }
}

/** Walks the grid and gathers what the ray meets: openings one can see through, then at last a wall. */
function cast(scene: Scene, pose: Pose, rx: number, ry: number): Ray[] {
  const met: Ray[] = [];
  let cx = Math.floor(pose.x);
  let cy = Math.floor(pose.y);
  const stepX = rx < 0 ? -1 : 1;
  const stepY = ry < 0 ? -1 : 1;
  const perX = rx === 0 ? Infinity : Math.abs(1 / rx);
  const perY = ry === 0 ? Infinity : Math.abs(1 / ry);
  let nextX = (rx < 0 ? pose.x - cx : cx + 1 - pose.x) * perX;
  let nextY = (ry < 0 ? pose.y - cy : cy + 1 - pose.y) * perY;
  for (let i = 0; i < MAX_CELLS * 2; i++) {
    const sideways = nextX < nextY;
    const distance = sideways ? nextX : nextY;
    const cell = scene.cells[`${cx},${cy}`];
    if (cell === undefined) return met;
    const face = cell.faces[sideways ? (stepX > 0 ? 1 : 3) : (stepY > 0 ? 2 : 0)] ?? "?";
    const texture = textureOf(scene.textures, face, cx * 7 + cy * 3);
    if (texture !== undefined && distance > 0.02) {
      const along = sideways ? pose.y + ry * distance : pose.x + rx * distance;
      const part = along - Math.floor(along);
      const mirrored = sideways ? stepX < 0 : stepY > 0;
      met.push({ distance, u: mirrored ? 1 - part : part, texture, shade: sideways ? 0.84 : 1 });
    }
    if (face !== "o" && face !== "a" && face !== "D") return met;
    if (sideways) {
      cx += stepX;
      nextX += perX;
    } else {
      cy += stepY;
      nextY += perY;
    }
  }
  return met;
}

function textureOf(textures: TextureSet, face: string, variety: number): Texture | undefined {
  switch (face) {
    case "w":
      return variety % 3 === 0 ? textures.wallTwo : textures.wall;
    case "d":
      return textures.door;
    case "l":
      return textures.doorLocked;
    case "b":
      return textures.doorBarred;
    case "D":
      return textures.doorOpen;
    case "a":
      return textures.arch;
    default:
      return undefined;
  }
}

function drawWall(
  buffer: Uint32Array,
  scene: Scene,
  ray: Ray,
  light: Light,
  ambient: number,
  column: number,
  stretch: number,
): void {
  const high = SCALE / ray.distance;
  const top = VIEW_HEIGHT / 2 - high / 2;
  const from = Math.max(0, Math.ceil(top));
  const to = Math.min(VIEW_HEIGHT, Math.ceil(top + high));
  const u = Math.min(TEXTURE_SIZE - 1, Math.floor(ray.u * TEXTURE_SIZE));
  const corner = 1 - 0.22 * Math.max(0, 1 - Math.min(ray.u, 1 - ray.u) * 9);
  const lit = brightness(light, ambient, ray.distance * stretch) * ray.shade * corner;
  const fog = haze(light, ray.distance * stretch);
  for (let row = from; row < to; row++) {
    const v = (row - top) / high;
    const texel = ray.texture[Math.floor(v * TEXTURE_SIZE) * TEXTURE_SIZE + u] ?? 0;
    if (texel >>> 24 === 0) continue;
    const foot = 1 - 0.42 * Math.max(0, (v - 0.86) * 7) - 0.3 * Math.max(0, (0.1 - v) * 10);
    buffer[row * VIEW_WIDTH + column] = shaded(texel, lit * foot, fog, scene.palette, light.warm);
  }
}

function drawGround(
  buffer: Uint32Array,
  scene: Scene,
  pose: Pose,
  view: Direction,
  light: Light,
  ambient: number,
): void {
  const { palette, textures } = scene;
  const middle = VIEW_HEIGHT / 2;
  for (let row = 0; row < middle; row++) {
    const distance = SCALE / 2 / (middle - row - 0.5);
    for (let column = 0; column < VIEW_WIDTH; column++) {
      const slant = ((column + 0.5) / VIEW_WIDTH * 2 - 1) * FIELD;
      const x = pose.x + (view.dx - view.dy * slant) * distance;
      const y = pose.y + (view.dy + view.dx * slant) * distance;
      const u = Math.floor((x - Math.floor(x)) * TEXTURE_SIZE) & 63;
      const v = Math.floor((y - Math.floor(y)) * TEXTURE_SIZE) & 63;
      const far = distance * Math.sqrt(1 + slant * slant);
      const lit = brightness(light, ambient, far);
      const fog = haze(light, far);
      const low = (VIEW_HEIGHT - 1 - row) * VIEW_WIDTH + column;
      buffer[low] = shaded(textures.floor[v * TEXTURE_SIZE + u] ?? 0, lit * 0.96, fog, palette, light.warm);
      buffer[row * VIEW_WIDTH + column] = palette.openSky
        ? sky(textures.ceiling, column, row, pose.angle)
        : shaded(textures.ceiling[v * TEXTURE_SIZE + u] ?? 0, lit * 0.72, fog, palette, light.warm);
    }
  }
}

function sky(texture: Texture, column: number, row: number, angle: number): number {
  const u = Math.floor(column / 5 + angle * 40) & 63;
  const texel = texture[(Math.floor(row / 3) & 63) * TEXTURE_SIZE + u] ?? 0;
  const by = 0.55 + (row / VIEW_HEIGHT) * 1.1;
  return pack((texel & 255) * by, ((texel >> 8) & 255) * by, ((texel >> 16) & 255) * by);
}

function drawFigures(
  buffer: Uint32Array,
  scene: Scene,
  pose: Pose,
  view: Direction,
  light: Light,
  ambient: number,
  depth: Float64Array,
): void {
  const placed = scene.figures.map((figure) => {
    const x = figure.x - pose.x;
    const y = figure.y - pose.y;
    return { figure, ahead: x * view.dx + y * view.dy, aside: -x * view.dy + y * view.dx };
  }).filter((one) => one.ahead > 0.15).sort((a, b) => b.ahead - a.ahead);
  for (const { figure, ahead, aside } of placed) {
    const high = SCALE / ahead * figure.size;
    const left = (aside / ahead / FIELD + 1) / 2 * VIEW_WIDTH - high / 2;
    const top = VIEW_HEIGHT / 2 + SCALE / ahead / 2 - high;
    const side = Math.round(Math.sqrt(figure.image.length));
    const lit = figure.glow ? 1.1 : brightness(light, ambient, ahead) * 1.15;
    const fog = figure.glow ? 0.2 : haze(light, ahead);
    for (let column = Math.max(0, Math.ceil(left)); column < Math.min(VIEW_WIDTH, left + high); column++) {
      if ((depth[column] ?? 0) < ahead) continue;
      const u = Math.min(side - 1, Math.floor((column - left) / high * side));
      for (let row = Math.max(0, Math.ceil(top)); row < Math.min(VIEW_HEIGHT, top + high); row++) {
        const texel = figure.image[Math.min(side - 1, Math.floor((row - top) / high * side)) * side + u] ?? 0;
        if (texel >>> 24 < 128) continue;
        buffer[row * VIEW_WIDTH + column] = shaded(texel, lit, fog, scene.palette, light.warm);
      }
    }
  }
}

/** Torch falloff: full near the flame, gone a little beyond its reach. */
function brightness(light: Light, ambient: number, distance: number): number {
  const t = distance / (light.reach + 0.6);
  return ambient + (1.24 * light.flicker) / (1 + 3.2 * t * t);
}

function haze(light: Light, distance: number): number {
  const t = (distance - 0.6) / (light.reach * 1.9 + 1);
  return t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);
}

function shaded(texel: number, lit: number, fog: number, palette: Palette, warm: boolean): number {
  const clear = 1 - fog;
  const red = (texel & 255) * lit * (warm ? 1.1 : 0.86);
  const green = ((texel >> 8) & 255) * lit * (warm ? 0.94 : 0.94);
  const blue = ((texel >> 16) & 255) * lit * (warm ? 0.7 : 1.12);
  return pack(
    red * clear + palette.fog[0] * fog,
    green * clear + palette.fog[1] * fog,
    blue * clear + palette.fog[2] * fog,
  );
}

function pack(red: number, green: number, blue: number): number {
  const r = red > 255 ? 255 : red | 0;
  const g = green > 255 ? 255 : green | 0;
  const b = blue > 255 ? 255 : blue | 0;
  return (0xff000000 | (b << 16) | (g << 8) | r) >>> 0;
}
