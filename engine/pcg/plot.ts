/** The ground a level is accreted on: which cells belong to which room, and where the next one may attach. */
import { LEVEL_SIZE, type Zone } from "../types/area.ts";
import type { EdgeKey, Point } from "../types/ids.ts";
import { FACINGS } from "../types/names.ts";
import type { Dice } from "../core/rng.ts";
import { edgeOf, inside, neighbour } from "../world/geometry.ts";
import { cellIndex, type DraftRoom, LETTERS } from "./draft.ts";
import { drawPiece, type Piece } from "./shapes.ts";

export interface PlotRoom extends DraftRoom {
  readonly index: number;
  /** 0 before the main lock, 1 behind it; leaves behind their own lock count to the room they hang on. */
  readonly region: number;
  /** Nothing else may attach here. */
  readonly leaf: boolean;
}

/** How a room came to be: where it hangs on its parent. */
export interface Hung {
  readonly parent: number;
  readonly child: number;
  readonly edge: EdgeKey;
}

/** A ground under construction. A class for its invariant: every cell belongs to one room at most. */
export class Plot {
  readonly #owner = new Int16Array(LEVEL_SIZE * LEVEL_SIZE).fill(-1);
  readonly rooms: PlotRoom[] = [];
  readonly hung: Hung[] = [];
  #floor = 0;

  /** Floor cells so far. */
  get floor(): number {
    return this.#floor;
  }

  /** Index of the room at a cell; -1 where there is none. */
  ownerAt(at: Point): number {
    return inside(at) ? this.#owner[cellIndex(at)] ?? -1 : -1;
  }

  isFree(at: Point): boolean {
    return inside(at) && this.#owner[cellIndex(at)] === -1;
  }

  /** Whether a shape moved by `dx`, `dy` lies on free ground only. */
  fits(shape: readonly Point[], dx: number, dy: number): boolean {
    for (const [x, y] of shape) {
      const [cx, cy] = [x + dx, y + dy];
      if (cx < 0 || cy < 0 || cx >= LEVEL_SIZE || cy >= LEVEL_SIZE) return false;
      if (this.#owner[cy * LEVEL_SIZE + cx] !== -1) return false;
    }
    return true;
  }

  add(
    room: {
      readonly cells: readonly Point[];
      readonly kind: Zone["kind"];
      readonly region: number;
      readonly leaf?: boolean;
    },
  ): PlotRoom {
    const index = this.rooms.length;
    const letter = LETTERS[index];
    if (letter === undefined) throw new RangeError(`Cannot add room as a level has at most ${LETTERS.length}`);
    for (const at of room.cells) this.#owner[cellIndex(at)] = index;
    this.#floor += room.cells.length;
    const added = { index, letter, kind: room.kind, cells: room.cells, region: room.region, leaf: room.leaf ?? false };
    this.rooms.push(added);
    return added;
  }

  setKind(index: number, kind: Zone["kind"]): void {
    const room = this.rooms[index];
    if (room) this.rooms[index] = { ...room, kind };
  }

  rows(): readonly string[] {
    return Array.from(
      { length: LEVEL_SIZE },
      (_, y) => Array.from({ length: LEVEL_SIZE }, (__, x) => this.rooms[this.ownerAt([x, y])]?.letter ?? "#").join(""),
    );
  }

  /** Edges between two different rooms, each once. */
  borders(): readonly {
    readonly edge: EdgeKey;
    readonly a: number;
    readonly b: number;
    readonly at: Point;
    readonly to: Point;
  }[] {
    const out = [];
    for (let index = 0; index < LEVEL_SIZE * LEVEL_SIZE; index += 1) {
      const at: Point = [index % LEVEL_SIZE, Math.floor(index / LEVEL_SIZE)];
      const a = this.ownerAt(at);
      if (a < 0) continue;
      for (const facing of ["north", "west"] as const) {
        const to = neighbour(at, facing);
        const b = this.ownerAt(to);
        if (b >= 0 && b !== a) out.push({ edge: edgeOf(at, facing), a, b, at, to });
      }
    }
    return out;
  }
}

export interface Attachment {
  readonly piece: Piece["kind"];
  readonly kind: Zone["kind"];
  readonly region: number;
  readonly leaf?: boolean;
  readonly grown: boolean;
  /** Rooms it may hang on. */
  readonly on: (room: PlotRoom) => boolean;
  /** Extra worth of a place, e.g. far from the entry. */
  readonly worth?: (at: Point) => number;
}

/** Fits tried for one piece, and pieces tried for one attachment. */
const FITS = 14;
const PIECES = 10;

/** Hangs a new room on the plot where it fits most snugly; undefined when nothing fits. */
export function attach(dice: Dice, plot: Plot, want: Attachment): PlotRoom | undefined {
  const sites = growthSites(plot, want);
  if (sites.length === 0) return undefined;
  for (let tries = 0; tries < PIECES; tries += 1) {
    const shape = drawPiece(dice, want.piece, want.grown);
    const fits: { readonly cells: readonly Point[]; readonly site: Site; readonly score: number }[] = [];
    for (let i = 0; i < FITS; i += 1) {
      const site = dice.pick(sites);
      const anchor = dice.pick(shape);
      const [dx, dy] = [site.to[0] - anchor[0], site.to[1] - anchor[1]];
      if (!plot.fits(shape, dx, dy)) continue;
      const cells = shape.map(([x, y]): Point => [x + dx, y + dy]);
      const worth = want.worth?.(site.at) ?? 0;
      fits.push({ cells, site, score: snugness(plot, cells) + worth + dice.int(0, 20) });
    }
    const best = fits.reduce<typeof fits[number] | undefined>((a, b) => (a && a.score >= b.score ? a : b), undefined);
    if (!best) continue;
    const room = plot.add({ cells: best.cells, kind: want.kind, region: want.region, leaf: want.leaf ?? false });
    plot.hung.push({ parent: best.site.parent, child: room.index, edge: best.site.edge });
    return room;
  }
  return undefined;
}

interface Site {
  readonly parent: number;
  readonly at: Point;
  readonly to: Point;
  readonly edge: EdgeKey;
}

function growthSites(plot: Plot, want: Attachment): readonly Site[] {
  const sites: Site[] = [];
  for (const room of plot.rooms) {
    if (room.leaf || !want.on(room)) continue;
    for (const at of room.cells) {
      for (const facing of FACINGS) {
        const to = neighbour(at, facing);
        if (plot.isFree(to)) sites.push({ parent: room.index, at, to, edge: edgeOf(at, facing) });
      }
    }
  }
  return sites;
}

/** Percent of a shape's outer edges that meet rooms or the level's rim: snug pieces leave no useless gaps. */
function snugness(plot: Plot, cells: readonly Point[]): number {
  const own = new Set(cells.map(cellIndex));
  let outer = 0;
  let met = 0;
  for (const at of cells) {
    for (const facing of FACINGS) {
      const to = neighbour(at, facing);
      if (inside(to) && own.has(cellIndex(to))) continue;
      outer += 1;
      if (!plot.isFree(to)) met += 1;
    }
  }
  return outer === 0 ? 0 : Math.floor((met * 100) / outer);
}
