import type { CombatView } from "../../engine/types/view.ts";
import type { Window } from "./battle.ts";
import { paletteOf } from "./palette.ts";
import { createTextures, type Texture, TEXTURE_SIZE } from "./texture.ts";

/** Pictures of the tiles of a theme, made once. */
export interface TileSet {
  readonly floor: CanvasImageSource;
  readonly wall: CanvasImageSource;
  readonly door: CanvasImageSource;
}

/** Makes them from the theme's textures. */
export function createTiles(theme: string): TileSet {
  const textures = createTextures(paletteOf(theme));
  return {
    floor: imageOf(textures.floor, 1.06),
    wall: imageOf(textures.wall, 0.95),
    door: imageOf(textures.door, 1.05),
  };
}

/** Part of a battle's picture, see `paintBattle`. */
export function paintTile(
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
export function raiseWall(
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

/** Part of a battle's picture, see `paintBattle`. */
export function paintClouds(context: CanvasRenderingContext2D, combat: CombatView, window: Window): void {
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
