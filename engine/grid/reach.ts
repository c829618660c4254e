/** Where a creature can walk: Dijkstra over squares with the cost of each step (SRD 5.1, Combat, Movement). */
import type { CreatureId, Point } from "../types/ids.ts";
import type { Creature } from "../types/creature.ts";
import type { Battle } from "../types/state.ts";
import { covers, footprint, NEIGHBOURS, type Place, SQUARE } from "./square.ts";
import { inCloud, isDifficult, solidGrid } from "./terrain.ts";

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
  const cost = new Int16Array(width * height).fill(-1);
  const parent = new Int16Array(width * height).fill(-1);
  const start = numberOf(battle, place.at);
  const most = Math.floor(feet / SQUARE);
  const rings: number[][] = Array.from({ length: most + 1 }, () => []);
  const settled: number[] = [];
  cost[start] = 0;
  rings[0]?.push(start);
  for (let ring = 0; ring <= most; ring++) {
    for (const number of rings[ring] ?? []) {
      if (cost[number] !== ring * SQUARE) continue;
      settled.push(number);
      const at: Point = [number % width, Math.floor(number / width)];
      for (const [dx, dy] of NEIGHBOURS) {
        const to: Point = [at[0] + dx, at[1] + dy];
        const next = numberOf(battle, to);
        if (to[0] < 0 || to[1] < 0 || to[0] >= width || to[1] >= height) continue;
        const known = cost[next] ?? -1;
        if (known >= 0 && known <= ring * SQUARE + SQUARE) continue;
        const price = stepCost(battle, { at, size: place.size }, to, crowd, walk);
        const sum = price === undefined ? undefined : ring * SQUARE + price;
        if (sum === undefined || sum > most * SQUARE || (known >= 0 && known <= sum)) continue;
        cost[next] = sum;
        parent[next] = number;
        rings[sum / SQUARE]?.push(next);
      }
    }
  }
  return reachOf(battle, place, settled, cost, parent, crowd);
}

function reachOf(
  battle: Battle,
  place: Place,
  settled: readonly number[],
  cost: Int16Array,
  parent: Int16Array,
  crowd: Crowd,
): Reach {
  const { width } = battle.field;
  const squares: Point[] = [];
  for (const number of new Set(settled)) {
    const at: Point = [number % width, Math.floor(number / width)];
    if (covers({ at, size: 1 }, place.at) || canStand(battle, at, place.size, crowd)) squares.push(at);
  }
  function costTo(at: Point): number | undefined {
    const feet = cost[numberOf(battle, at)] ?? -1;
    return feet < 0 ? undefined : feet;
  }
  function pathTo(at: Point): readonly Point[] | undefined {
    if (costTo(at) === undefined) return undefined;
    const path: Point[] = [];
    const start = numberOf(battle, place.at);
    for (let number = numberOf(battle, at); number !== start; number = parent[number] ?? start) {
      path.unshift([number % width, Math.floor(number / width)]);
    }
    return path;
  }
  return { start: place.at, squares, costTo, pathTo };
}
