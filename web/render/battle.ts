import type { CombatView } from "../../engine/types/view.ts";
import { paletteOf } from "./palette.ts";
import { createTextures, type Texture, TEXTURE_SIZE } from "./texture.ts";

/** What of the field the canvas shows: the top left square, squares across and down, pixels per square. */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
  readonly tile: number;
}

export interface Token {
  readonly id: string;
  readonly at: readonly [number, number];
  readonly size: number;
  readonly side: "party" | "foe";
  readonly facing: "north" | "east" | "south" | "west";
  readonly held: boolean;
  readonly colours: readonly [string, string];
  readonly icon: string | undefined;
  readonly letter: string;
  readonly hp: number;
  readonly pips: readonly string[];
  readonly down: boolean;
  readonly active: boolean;
  readonly own: boolean;
}

export interface Overlay {
  readonly reach: ReadonlySet<string>;
  readonly path: readonly (readonly [number, number])[];
  readonly risky: readonly (readonly [number, number])[];
  readonly cursor: readonly [number, number] | null;
  readonly aim: number | null;
  readonly marked: string | null;
  readonly floats: readonly Float[];
}

export interface Float {
  readonly at: readonly [number, number];
  readonly text: string;
  readonly colour: string;
  /** 0 just now, 1 gone. */
  readonly age: number;
}

/** Pictures of the tiles of a theme, made once. */
export interface TileSet {
  readonly floor: CanvasImageSource;
  readonly wall: CanvasImageSource;
  readonly door: CanvasImageSource;
}

export function createTiles(theme: string): TileSet {
  const textures = createTextures(paletteOf(theme));
  return {
    floor: imageOf(textures.floor, 1.06),
    wall: imageOf(textures.wall, 0.95),
    door: imageOf(textures.door, 1.05),
  };
}

/** Paints a battle: floor, raised walls, clouds, reach, path, tokens, floating numbers. */
export function paintBattle(
  context: CanvasRenderingContext2D,
  combat: CombatView,
  window: Window,
  tiles: TileSet,
  tokens: readonly Token[],
  overlay: Overlay,
): void {
  context.fillStyle = "#0a0806";
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  for (let row = 0; row < window.rows; row++) {
    for (let column = 0; column < window.columns; column++) paintTile(context, combat, window, tiles, column, row);
  }
  paintClouds(context, combat, window);
  paintReach(context, window, overlay);
  for (const token of tokens.toSorted((a, b) => Number(b.down) - Number(a.down) || a.at[1] - b.at[1])) {
    paintToken(context, window, token, token.id === overlay.marked);
  }
  for (let row = 0; row < window.rows; row++) {
    for (let column = 0; column < window.columns; column++) raiseWall(context, combat, window, tiles, column, row);
  }
  paintPath(context, window, overlay);
  for (const float of overlay.floats) paintFloat(context, window, float);
}

function paintTile(
  context: CanvasRenderingContext2D,
  combat: CombatView,
  window: Window,
  tiles: TileSet,
  column: number,
  row: number,
): void {
  const { tile } = window;
  const x = column * tile;
  const y = row * tile;
  const sign = combat.field.rows[window.top + row]?.[window.left + column] ?? "#";
  if (sign === "#" && !hasFloorBeside(combat, window.left + column, window.top + row)) return;
  const u = ((window.left + column) % 2) * 32;
  const v = ((window.top + row) % 2) * 32;
  context.drawImage(tiles.floor, u, v, 32, 32, x, y, tile, tile);
  context.strokeStyle = "rgba(0,0,0,0.22)";
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, y + 0.5, tile, tile);
  if (sign === ":") rubble(context, x, y, tile);
  else if (sign === "~") wash(context, x, y, tile, "rgba(52,110,150,0.62)");
  else if (sign === ">") {
    wash(context, x, y, tile, "rgba(230,190,90,0.16)");
    context.fillStyle = "rgba(240,210,130,0.65)";
    context.font = `${Math.round(tile * 0.5)}px serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText("»", x + tile / 2, y + tile / 2);
  } else if (sign === "/") {
    context.fillStyle = "#5a3a1e";
    context.fillRect(x, y, tile * 0.18, tile);
    context.fillRect(x + tile * 0.82, y, tile * 0.18, tile);
  }
}

/** Walls stand up a third of a square: a lit top, a dark face below it. */
function raiseWall(
  context: CanvasRenderingContext2D,
  combat: CombatView,
  window: Window,
  tiles: TileSet,
  column: number,
  row: number,
): void {
  const gx = window.left + column;
  const gy = window.top + row;
  const sign = combat.field.rows[gy]?.[gx] ?? "#";
  const { tile } = window;
  const x = column * tile;
  const y = row * tile;
  if (sign === "T") {
    pillar(context, x, y, tile);
    return;
  }
  if (sign !== "#" && sign !== "+") return;
  if (!hasFloorBeside(combat, gx, gy)) return;
  const lift = Math.round(tile * 0.34);
  const picture = sign === "+" ? tiles.door : tiles.wall;
  const below = combat.field.rows[gy + 1]?.[gx] ?? "#";
  if (below !== "#" && below !== "+") {
    context.drawImage(
      picture,
      sign === "+" ? 12 : (gx % 2) * 32,
      8,
      sign === "+" ? 40 : 32,
      52,
      x,
      y + tile - lift,
      tile,
      lift + 1,
    );
    context.fillStyle = "rgba(0,0,0,0.34)";
    context.fillRect(x, y + tile - lift, tile, lift + 1);
    const shade = context.createLinearGradient(0, y + tile, 0, y + tile * 1.4);
    shade.addColorStop(0, "rgba(0,0,0,0.5)");
    shade.addColorStop(1, "rgba(0,0,0,0)");
    context.fillStyle = shade;
    context.fillRect(x, y + tile, tile, tile * 0.4);
  }
  const top = sign === "+" ? tiles.door : tiles.wall;
  context.drawImage(top, (gx % 2) * 24, (gy % 2) * 24, 32, 32, x, y - lift, tile, tile);
  context.fillStyle = sign === "+" ? "rgba(255,190,90,0.14)" : "rgba(10,8,6,0.26)";
  context.fillRect(x, y - lift, tile, tile);
  context.fillStyle = "rgba(255,236,200,0.14)";
  context.fillRect(x, y - lift, tile, 2);
}

function pillar(context: CanvasRenderingContext2D, x: number, y: number, tile: number): void {
  const gradient = context.createLinearGradient(x, 0, x + tile, 0);
  gradient.addColorStop(0, "#6d675e");
  gradient.addColorStop(0.4, "#b8ae9c");
  gradient.addColorStop(1, "#3c3832");
  context.fillStyle = gradient;
  context.fillRect(x + tile * 0.22, y - tile * 0.3, tile * 0.56, tile * 1.1);
  context.fillStyle = "#cfc4ae";
  context.fillRect(x + tile * 0.16, y - tile * 0.36, tile * 0.68, tile * 0.14);
  context.fillRect(x + tile * 0.16, y + tile * 0.72, tile * 0.68, tile * 0.14);
}

function rubble(context: CanvasRenderingContext2D, x: number, y: number, tile: number): void {
  for (
    const [dx, dy, size] of [[0.25, 0.35, 0.16], [0.62, 0.28, 0.12], [0.5, 0.62, 0.2], [0.2, 0.74, 0.11], [
      0.78,
      0.7,
      0.13,
    ]] as const
  ) {
    context.fillStyle = "rgba(0,0,0,0.4)";
    context.beginPath();
    context.ellipse(x + tile * dx, y + tile * (dy + 0.06), tile * size, tile * size * 0.7, 0, 0, Math.PI * 2);
    context.fill();
    context.fillStyle = "#8b8376";
    context.beginPath();
    context.ellipse(x + tile * dx, y + tile * dy, tile * size, tile * size * 0.72, 0, 0, Math.PI * 2);
    context.fill();
  }
}

function wash(context: CanvasRenderingContext2D, x: number, y: number, tile: number, colour: string): void {
  context.fillStyle = colour;
  context.fillRect(x, y, tile, tile);
}

function paintClouds(context: CanvasRenderingContext2D, combat: CombatView, window: Window): void {
  for (const cloud of Object.values(combat.clouds)) {
    for (const [sx, sy] of cloud.squares) {
      const x = (sx - window.left) * window.tile;
      const y = (sy - window.top) * window.tile;
      wash(context, x, y, window.tile, cloud.blocksSight ? "rgba(190,200,205,0.55)" : "rgba(225,228,220,0.3)");
      context.strokeStyle = "rgba(255,255,255,0.5)";
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x + window.tile, y + window.tile);
      context.moveTo(x + window.tile, y);
      context.lineTo(x, y + window.tile);
      context.stroke();
    }
  }
}

function paintReach(context: CanvasRenderingContext2D, window: Window, overlay: Overlay): void {
  context.fillStyle = "rgba(120,190,255,0.17)";
  context.strokeStyle = "rgba(150,205,255,0.32)";
  context.lineWidth = 1;
  for (const square of overlay.reach) {
    const [sx = 0, sy = 0] = square.split(",").map(Number);
    const x = (sx - window.left) * window.tile;
    const y = (sy - window.top) * window.tile;
    context.fillRect(x + 1, y + 1, window.tile - 1, window.tile - 1);
    context.strokeRect(x + 1.5, y + 1.5, window.tile - 3, window.tile - 3);
  }
}

function paintPath(context: CanvasRenderingContext2D, window: Window, overlay: Overlay): void {
  const middle = ([x, y]: readonly [number, number]) =>
    [(x - window.left + 0.5) * window.tile, (y - window.top + 0.5) * window.tile] as const;
  for (const square of overlay.path) {
    const [x, y] = middle(square);
    context.fillStyle = "rgba(255,226,150,0.9)";
    context.beginPath();
    context.arc(x, y, window.tile * 0.11, 0, Math.PI * 2);
    context.fill();
  }
  for (const square of overlay.risky) {
    const [x, y] = middle(square);
    context.fillStyle = "#d0392b";
    context.beginPath();
    context.moveTo(x, y - window.tile * 0.34);
    context.lineTo(x + window.tile * 0.3, y + window.tile * 0.22);
    context.lineTo(x - window.tile * 0.3, y + window.tile * 0.22);
    context.fill();
    label(context, "!", x, y + window.tile * 0.03, window.tile * 0.38, "#fff");
  }
  if (overlay.cursor === null) return;
  const [cx, cy] = overlay.cursor;
  const x = (cx - window.left) * window.tile;
  const y = (cy - window.top) * window.tile;
  if (overlay.aim !== null) {
    context.fillStyle = "rgba(255,110,60,0.26)";
    const spread = overlay.aim * window.tile;
    context.beginPath();
    context.arc(x + window.tile / 2, y + window.tile / 2, Math.max(window.tile / 2, spread), 0, Math.PI * 2);
    context.fill();
  }
  context.strokeStyle = "#ffe9b0";
  context.lineWidth = 2;
  context.strokeRect(x + 1, y + 1, window.tile - 2, window.tile - 2);
}

function paintToken(context: CanvasRenderingContext2D, window: Window, token: Token, marked: boolean): void {
  const wide = window.tile * token.size;
  const x = (token.at[0] - window.left) * window.tile + wide / 2;
  const y = (token.at[1] - window.top) * window.tile + wide / 2;
  const radius = wide * 0.43;
  context.save();
  if (token.down) context.globalAlpha = 0.45;
  context.fillStyle = "rgba(0,0,0,0.5)";
  context.beginPath();
  context.ellipse(x, y + radius * 0.32, radius * 1.02, radius * 0.8, 0, 0, Math.PI * 2);
  context.fill();
  if (!token.down) wedge(context, x, y, radius, token);
  if (token.active || marked) {
    context.strokeStyle = marked ? "#ff8d5c" : "#ffe08a";
    context.lineWidth = 3;
    context.beginPath();
    context.arc(x, y, radius * 1.16, 0, Math.PI * 2);
    context.stroke();
  }
  const disc = context.createRadialGradient(x - radius * 0.4, y - radius * 0.5, radius * 0.1, x, y, radius);
  disc.addColorStop(0, token.side === "party" ? token.colours[0] : "#c2513f");
  disc.addColorStop(1, token.side === "party" ? token.colours[1] : "#3f0f0c");
  context.fillStyle = disc;
  context.beginPath();
  if (token.side === "party") context.arc(x, y, radius, 0, Math.PI * 2);
  else octagon(context, x, y, radius * 1.04);
  context.fill();
  context.strokeStyle = token.side === "party" ? (token.own ? "#f3d27c" : "#b9c6d4") : "#ffb08f";
  context.lineWidth = 2;
  context.stroke();
  if (token.icon !== undefined) {
    const scale = (radius * 1.34) / 512;
    context.save();
    context.translate(x - radius * 0.67, y - radius * 0.7);
    context.scale(scale, scale);
    context.fillStyle = "rgba(0,0,0,0.65)";
    const shape = new Path2D(token.icon);
    context.translate(14, 18);
    context.fill(shape);
    context.translate(-14, -18);
    context.fillStyle = "#fff6e2";
    context.fill(shape);
    context.restore();
  }
  context.restore();
  if (!token.down) bar(context, x, y + radius * 0.98, radius, token.hp);
  label(context, token.letter, x + radius * 0.82, y - radius * 0.74, Math.max(10, radius * 0.62), "#fff8e0");
  token.pips.slice(0, 4).forEach((pip, i) =>
    label(context, pip, x - radius * 0.9 + i * radius * 0.5, y - radius * 0.8, Math.max(9, radius * 0.5), "#ffd36b")
  );
}

function wedge(context: CanvasRenderingContext2D, x: number, y: number, radius: number, token: Token): void {
  const angle = { north: -Math.PI / 2, east: 0, south: Math.PI / 2, west: Math.PI }[token.facing];
  context.fillStyle = token.held ? "#ff8d5c" : "rgba(255,240,200,0.85)";
  context.beginPath();
  context.moveTo(x + Math.cos(angle) * radius * 1.36, y + Math.sin(angle) * radius * 1.36);
  context.lineTo(x + Math.cos(angle + 0.42) * radius * 0.98, y + Math.sin(angle + 0.42) * radius * 0.98);
  context.lineTo(x + Math.cos(angle - 0.42) * radius * 0.98, y + Math.sin(angle - 0.42) * radius * 0.98);
  context.fill();
}

function octagon(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  for (let i = 0; i < 8; i++) {
    const angle = Math.PI / 8 + i * Math.PI / 4;
    const px = x + Math.cos(angle) * radius;
    const py = y + Math.sin(angle) * radius;
    if (i === 0) context.moveTo(px, py);
    else context.lineTo(px, py);
  }
  context.closePath();
}

function bar(context: CanvasRenderingContext2D, x: number, y: number, radius: number, share: number): void {
  const wide = radius * 1.7;
  context.fillStyle = "#120a06";
  context.fillRect(x - wide / 2 - 1, y - 1, wide + 2, 6);
  context.fillStyle = share > 0.5 ? "#7fc77a" : share > 0.25 ? "#e0b04c" : "#e0563c";
  context.fillRect(x - wide / 2, y, wide * share, 4);
}

function paintFloat(context: CanvasRenderingContext2D, window: Window, float: Float): void {
  const x = (float.at[0] - window.left + 0.5) * window.tile;
  const y = (float.at[1] - window.top + 0.2 - float.age * 0.9) * window.tile;
  context.globalAlpha = Math.max(0, 1 - float.age * float.age);
  label(context, float.text, x, y, window.tile * 0.56, float.colour);
  context.globalAlpha = 1;
}

function label(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  size: number,
  colour: string,
): void {
  context.font = `700 ${Math.round(size)}px Cinzel, serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = Math.max(2, size / 5);
  context.strokeStyle = "rgba(0,0,0,0.85)";
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

function hasFloorBeside(combat: CombatView, x: number, y: number): boolean {
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const sign = combat.field.rows[y + dy]?.[x + dx];
      if (sign !== undefined && sign !== "#") return true;
    }
  }
  return false;
}

function imageOf(texture: Texture, gain: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = TEXTURE_SIZE;
  canvas.height = TEXTURE_SIZE;
  const context = canvas.getContext("2d");
  if (context === null) return canvas;
  const image = context.createImageData(TEXTURE_SIZE, TEXTURE_SIZE);
  for (let i = 0; i < texture.length; i++) {
    const texel = texture[i] ?? 0;
    image.data[i * 4] = Math.min(255, (texel & 255) * gain);
    image.data[i * 4 + 1] = Math.min(255, ((texel >> 8) & 255) * gain * 0.97);
    image.data[i * 4 + 2] = Math.min(255, ((texel >> 16) & 255) * gain * 0.92);
    image.data[i * 4 + 3] = texel >>> 24 === 0 ? 0 : 255;
  }
  context.putImageData(image, 0, 0);
  return canvas;
}
