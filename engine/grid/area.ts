/** Squares of an area: those whose centre lies inside the shape (game design 6.1). Whole numbers in half squares. */
import type { Point } from "../types/ids.ts";
import type { Shape } from "../types/content.ts";
import { SQUARE } from "./square.ts";

export interface Bounds {
  readonly width: number;
  readonly height: number;
}

/**
 * Squares of a shape within the bounds. A sphere lies around `to`; a cube begins beside `from` towards `to`, and around
 * `to` when they are the same; cones and lines run from `from` towards `to` and do not cover `from` itself.
 */
export function squaresOf(shape: Shape, from: Point, to: Point, bounds: Bounds): readonly Point[] {
  switch (shape.type) {
    case "sphere":
      return gather(around(to, shape.radius / SQUARE, bounds), (x, y) => {
        const limit = shape.radius / SQUARE;
        return (x - to[0]) ** 2 + (y - to[1]) ** 2 <= limit ** 2;
      });
    case "cube":
      return cube(shape.side / SQUARE, from, to, bounds);
    case "cone":
      return cone(shape.length / SQUARE, from, to, bounds);
    case "line":
      return line(shape.length / SQUARE, shape.width / SQUARE, from, to, bounds);
  }
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function around(at: Point, squares: number, bounds: Bounds): Box {
  const far = Math.ceil(squares);
  return {
    left: Math.max(0, at[0] - far),
    top: Math.max(0, at[1] - far),
    right: Math.min(bounds.width - 1, at[0] + far),
    bottom: Math.min(bounds.height - 1, at[1] + far),
  };
}

function gather(box: Box, inside: (x: number, y: number) => boolean): readonly Point[] {
  const out: Point[] = [];
  for (let y = box.top; y <= box.bottom; y++) {
    for (let x = box.left; x <= box.right; x++) if (inside(x, y)) out.push([x, y]);
  }
  return out;
}

/** Beside the caster, centred on the face towards the aim; or around a point chosen at a distance. */
function cube(side: number, from: Point, to: Point, bounds: Bounds): readonly Point[] {
  const [left, top] = corner(side, from, to);
  return gather(
    {
      left: Math.max(0, left),
      top: Math.max(0, top),
      right: Math.min(bounds.width - 1, left + side - 1),
      bottom: Math.min(bounds.height - 1, top + side - 1),
    },
    () => true,
  );
}

function corner(side: number, from: Point, to: Point): Point {
  const half = Math.floor((side - 1) / 2);
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  if (Math.max(Math.abs(dx), Math.abs(dy)) > 1 || (dx === 0 && dy === 0)) return [to[0] - half, to[1] - half];
  const left = dx > 0 ? from[0] + 1 : dx < 0 ? from[0] - side : from[0] - half;
  const top = dy > 0 ? from[1] + 1 : dy < 0 ? from[1] - side : from[1] - half;
  return [left, top];
}

/** A cone is as wide at any point as that point is far from its origin (SRD 5.1, Spellcasting). */
function cone(length: number, from: Point, to: Point, bounds: Bounds): readonly Point[] {
  const ux = to[0] - from[0];
  const uy = to[1] - from[1];
  const square = ux * ux + uy * uy;
  if (square === 0) return [];
  return gather(around(from, length, bounds), (x, y) => {
    const dx = x - from[0];
    const dy = y - from[1];
    const along = dx * ux + dy * uy;
    const aside = Math.abs(dx * uy - dy * ux);
    if (along <= 0 || dx * dx + dy * dy > (length + 0.5) ** 2) return false;
    return 2 * aside <= along;
  });
}

function line(length: number, width: number, from: Point, to: Point, bounds: Bounds): readonly Point[] {
  const ux = to[0] - from[0];
  const uy = to[1] - from[1];
  const square = ux * ux + uy * uy;
  if (square === 0) return [];
  return gather(around(from, length, bounds), (x, y) => {
    const dx = x - from[0];
    const dy = y - from[1];
    const along = dx * ux + dy * uy;
    const aside = dx * uy - dy * ux;
    if (along <= 0 || along * along > length * length * square) return false;
    return 4 * aside * aside <= width * width * square;
  });
}
