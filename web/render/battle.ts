import type { CombatView } from "../../engine/types/view.ts";
import { paintClouds, paintTile, raiseWall, type TileSet } from "./battle_tiles.ts";

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
