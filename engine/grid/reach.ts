/** Where a creature can walk: Dijkstra over squares with the cost of each step (SRD 5.1, Combat, Movement). */
import type { CreatureId, Point } from "../types/ids.ts";
import type { Creature } from "../types/creature.ts";
import type { Battle, Field } from "../types/state.ts";
import { memo } from "../core/memo.ts";
import { footprint, type Place, SQUARE } from "./square.ts";
import { groundGrid, inCloud, isDifficult, solidGrid } from "./terrain.ts";

/** Facts about walking that do not come from the map. */
export interface Walk {
  /** Crawling doubles the cost. */
  readonly crawling?: boolean;
  /** Difficult clouds such as webs do not slow it. */
  readonly surefooted?: boolean;
}

/** Others in the way of one creature: foes stop it, friends and the fallen slow it. */
export interface Crowd {
  readonly blocked: ReadonlySet<number>;
  readonly slow: ReadonlySet<number>;
}

export interface Reach {
  readonly start: Point;
  /** Squares the creature may end on, nearest first; the start is among them. */
  readonly squares: readonly Point[];
  /** Feet to a square; undefined where it cannot end or pass. */
  costTo(at: Point): number | undefined;
  /** Steps to a square without the start; empty for the start, undefined when out of reach. */
  pathTo(at: Point): readonly Point[] | undefined;
}

/** Whether a creature takes up room: the dead and those who left do not. */
export function takesRoom(creature: Pick<Creature, "life"> | undefined): boolean {
  return creature !== undefined && creature.life !== "dead" && creature.life !== "fled";
}

/** Who stands in the way of `id`, by square number. `lifeOf` tells the dead from the living. */
export function crowdFor(battle: Battle, id: CreatureId, lifeOf: (id: CreatureId) => Creature | undefined): Crowd {
  const blocked = new Set<number>();
  const slow = new Set<number>();
  const own = battle.on[id];
  for (const other of battle.order) {
    const place = battle.on[other];
    const creature = lifeOf(other);
    if (other === id || !place || place.waiting || !takesRoom(creature)) continue;
    const stops = creature?.life === "up" && own !== undefined && place.side !== own.side;
    for (const square of footprint(place)) (stops ? blocked : slow).add(numberOf(battle, square));
  }
  return { blocked, slow };
}

function numberOf(battle: Battle, at: Point): number {
  return at[1] * battle.field.width + at[0];
}

/** Feet that one step to a neighbour square costs; undefined when walls, corners or foes forbid it. */
export function stepCost(
  battle: Battle,
  place: Place,
  to: Point,
  crowd: Crowd,
  walk: Walk = {},
): number | undefined {
  const dx = to[0] - place.at[0];
  const dy = to[1] - place.at[1];
  if (Math.max(Math.abs(dx), Math.abs(dy)) !== 1) return undefined;
  const { field } = battle;
  if (!fits(battle, to, place.size)) return undefined;
  if (dx !== 0 && dy !== 0) {
    if (!fits(battle, [place.at[0] + dx, place.at[1]], place.size)) return undefined;
    if (!fits(battle, [place.at[0], place.at[1] + dy], place.size)) return undefined;
  }
  let slow = false;
  for (const square of place.size === 1 ? [to] : footprint({ at: to, size: place.size })) {
    const number = square[1] * field.width + square[0];
    if (crowd.blocked.has(number)) return undefined;
    slow ||= crowd.slow.has(number) || isDifficult(field, square[0], square[1]) ||
      (!walk.surefooted && slowCloud(battle, square));
  }
  return SQUARE * (1 + (slow ? 1 : 0) + (walk.crawling ? 1 : 0));
}

function slowCloud(battle: Battle, at: Point): boolean {
  for (const id in battle.clouds) {
    const cloud = battle.clouds[id as keyof typeof battle.clouds];
    if (cloud?.difficult && inCloud(cloud, at[0], at[1])) return true;
  }
  return false;
}

function fits(battle: Battle, at: Point, size: number): boolean {
  const { width, height } = battle.field;
  if (at[0] < 0 || at[1] < 0 || at[0] + size > width || at[1] + size > height) return false;
  const grid = solidGrid(battle.field);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) if (grid[(at[1] + y) * width + at[0] + x] === 1) return false;
  }
  return true;
}

/** Whether a creature of this size may end its step here: floor without anyone on it. */
export function canStand(battle: Battle, at: Point, size: number, crowd: Crowd): boolean {
  if (!fits(battle, at, size)) return false;
  return footprint({ at, size }).every((square) => {
    const number = numberOf(battle, square);
    return !crowd.blocked.has(number) && !crowd.slow.has(number);
  });
}

/** All squares within `feet` of movement from where the creature stands. */
export function reachFrom(battle: Battle, place: Place, feet: number, crowd: Crowd, walk: Walk = {}): Reach {
  const { width, height } = battle.field;
  const most = Math.floor(feet / SQUARE);
  const start = numberOf(battle, place.at);
  const search: Search = {
    ...landFor(battle, place.size, crowd, walk),
    cost: new Int16Array(width * height).fill(-1),
    parent: new Int16Array(width * height).fill(-1),
    rings: Array.from({ length: most + 1 }, () => []),
    extra: walk.crawling ? 1 : 0,
    width,
  };
  const settled: number[] = [];
  search.cost[start] = 0;
  search.rings[0]?.push(start);
  for (let ring = 0; ring <= most; ring++) {
    for (const at of search.rings[ring] ?? []) {
      if (search.cost[at] !== ring * SQUARE) continue;
      settled.push(at);
      spread(search, at, ring);
    }
  }
  return reachOf(battle, place, settled, search, crowd);
}

/** A search under way; everything by square number. */
interface Search extends Land {
  /** Feet; -1 where no way is known yet. */
  readonly cost: Int16Array;
  readonly parent: Int16Array;
  /** Squares by what getting there costs, in squares' worth of movement. */
  readonly rings: readonly number[][];
  /** Squares' worth of movement that every step costs besides. */
  readonly extra: number;
  readonly width: number;
}

/** Offers the way on to the eight neighbours, straight ones first; a diagonal needs room on both squares beside it. */
function spread(search: Search, at: number, ring: number): void {
  const { fits, width } = search;
  const x = at % width;
  const north = fits[at - width] === 1;
  const south = fits[at + width] === 1;
  const west = x > 0 && fits[at - 1] === 1;
  const east = x + 1 < width && fits[at + 1] === 1;
  if (north) offer(search, at, at - width, ring);
  if (east) offer(search, at, at + 1, ring);
  if (south) offer(search, at, at + width, ring);
  if (west) offer(search, at, at - 1, ring);
  if (north && east) offer(search, at, at - width + 1, ring);
  if (south && east) offer(search, at, at + width + 1, ring);
  if (south && west) offer(search, at, at + width - 1, ring);
  if (north && west) offer(search, at, at - width - 1, ring);
}

function offer({ price, cost, parent, rings, extra }: Search, from: number, next: number, ring: number): void {
  const step = price[next] ?? 0;
  if (step === 0) return;
  const to = ring + step + extra;
  const known = cost[next] ?? -1;
  if (to >= rings.length || (known >= 0 && known <= to * SQUARE)) return;
  cost[next] = to * SQUARE;
  parent[next] = from;
  rings[to]?.push(next);
}

interface Land {
  /** 1 where walls leave room for the whole footprint. */
  readonly fits: Uint8Array;
  /** Squares' worth of movement to enter: 0 not at all, 1, or 2 for hard going. */
  readonly price: Uint8Array;
}

/** What each square costs this creature, by its north-west corner. */
function landFor(battle: Battle, size: number, crowd: Crowd, walk: Walk): Land {
  const { field } = battle;
  const fits = roomFor(field, size);
  const one = groundGrid(field).slice();
  for (const at of crowd.slow) if (one[at] === 1) one[at] = 2;
  if (!walk.surefooted) { for (const at of slowSquares(battle)) if (one[at] === 1) one[at] = 2; }
  for (const at of crowd.blocked) one[at] = 0;
  if (size === 1) return { fits, price: one };
  const price = new Uint8Array(one.length);
  for (let at = 0; at < fits.length; at++) if (fits[at] === 1) price[at] = dearest(one, at, size, field.width);
  return { fits, price };
}

/** The dearest square under a footprint; 0 when one of them is barred. */
function dearest(prices: Uint8Array, corner: number, size: number, width: number): number {
  let most = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const price = prices[corner + y * width + x] ?? 0;
      if (price === 0) return 0;
      if (price > most) most = price;
    }
  }
  return most;
}

/** 1 for each north-west corner from which walls leave room for so many squares a side. */
function roomFor(field: Field, size: number): Uint8Array {
  const known = rooms(field);
  const before = known.get(size);
  if (before) return before;
  const { width, height } = field;
  const ground = groundGrid(field);
  const room = new Uint8Array(width * height);
  for (let y = 0; y + size <= height; y++) {
    for (let x = 0; x + size <= width; x++) {
      if (dearest(ground, y * width + x, size, width) > 0) room[y * width + x] = 1;
    }
  }
  known.set(size, room);
  return room;
}

const rooms = memo((_field: Field) => new Map<number, Uint8Array>());

function slowSquares(battle: Battle): readonly number[] {
  return Object.values(battle.clouds).flatMap((cloud) =>
    cloud.difficult ? cloud.squares.map((square) => numberOf(battle, square)) : []
  );
}

function reachOf(
  battle: Battle,
  place: Place,
  settled: readonly number[],
  { cost, parent }: Search,
  crowd: Crowd,
): Reach {
  const { width } = battle.field;
  const squares: Point[] = [];
  for (const number of settled) {
    const at: Point = [number % width, Math.floor(number / width)];
    const free = place.size === 1 ? !crowd.slow.has(number) : canStand(battle, at, place.size, crowd);
    if (free || (at[0] === place.at[0] && at[1] === place.at[1])) squares.push(at);
  }
  function costTo(at: Point): number | undefined {
    if (at[0] < 0 || at[1] < 0 || at[0] >= width) return undefined;
    const feet = cost[numberOf(battle, at)] ?? -1;
    return feet < 0 ? undefined : feet;
  }
  function pathTo(at: Point): readonly Point[] | undefined {
    if (costTo(at) === undefined) return undefined;
    const path: Point[] = [];
    const start = numberOf(battle, place.at);
    for (let number = numberOf(battle, at); number !== start; number = parent[number] ?? start) {
      path.push([number % width, Math.floor(number / width)]);
    }
    return path.reverse();
  }
  return { start: place.at, squares, costTo, pathTo };
}
