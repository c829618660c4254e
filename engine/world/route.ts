/** Ways over known ground: what Travel walks and the menus offer. */
import { type KnownLevel, type Level, LEVEL_SIZE } from "../types/area.ts";
import type { IntentOf } from "../core/rule.ts";
import type { Point } from "../types/ids.ts";
import { FACINGS } from "../types/names.ts";
import type { WorldState } from "../types/state.ts";
import { keyHolder } from "./door.ts";
import { cellKey, faceOf, isOpenDoor, neighbour, pointOf } from "./geometry.ts";

/** Known cells that can be reached, with the way back to where the party stands. */
export interface Reached {
  readonly order: readonly Point[];
  /** By `y * 16 + x`: index of the cell before; -1 unreached; the own index at the start. */
  readonly from: Int16Array;
  readonly steps: Int16Array;
}

const index = (at: Point) => at[1] * LEVEL_SIZE + at[0];

/**
 * Breadth-first over known cells. A shut but unlocked door may lie on the way (Travel stops in front of it); locked and barred ones and
 * secrets not found may not.
 */
export function reach(level: Level, known: KnownLevel, start: Point): Reached {
  const from = new Int16Array(LEVEL_SIZE * LEVEL_SIZE).fill(-1);
  const steps = new Int16Array(LEVEL_SIZE * LEVEL_SIZE);
  const order: Point[] = [start];
  from[index(start)] = index(start);
  for (let head = 0; head < order.length; head += 1) {
    const at = order[head];
    if (!at) break;
    for (const facing of FACINGS) {
      const to = neighbour(at, facing);
      if (known.cells[cellKey(to)] === undefined || from[index(to)] !== -1) continue;
      const face = faceOf(level, at, facing, known.found);
      if (face.type === "wall" || (face.type === "door" && !isOpenDoor(face.door) && face.door.pass !== 1)) continue;
      from[index(to)] = index(at);
      steps[index(to)] = (steps[index(at)] ?? 0) + 1;
      order.push(to);
    }
  }
  return { order, from, steps };
}

/** The cells to walk, first step first. Empty when `to` is the start or out of reach. */
export function wayTo(reached: Reached, to: Point): readonly Point[] {
  const way: Point[] = [];
  let at = index(to);
  while (reached.from[at] !== undefined && reached.from[at] !== -1 && reached.from[at] !== at) {
    way.push([at % LEVEL_SIZE, Math.floor(at / LEVEL_SIZE)]);
    at = reached.from[at] ?? -1;
  }
  return way.reverse();
}

/** Whether the party can come to a cell over known ground. */
export function isReached(reached: Reached, at: Point): boolean {
  return reached.from[index(at)] !== -1;
}

/** Whether a shut, unlocked door with unknown ground behind it opens off a cell; the facing of the first such door. */
export function unknownDoor(level: Level, known: KnownLevel, at: Point): (typeof FACINGS)[number] | undefined {
  return FACINGS.find((facing) => {
    const face = faceOf(level, at, facing, known.found);
    return face.type === "door" && face.door.pass === 1 && !isOpenDoor(face.door) &&
      known.cells[cellKey(neighbour(at, facing))] === undefined;
  });
}

/** The nearest place worth exploring: a known cell not walked on yet, or one before a shut door to the unknown. */
function frontier(level: Level, known: KnownLevel, reached: Reached, here: Point): Point | undefined {
  return reached.order.find((at) => {
    if (known.visited[cellKey(at)] === undefined) return true;
    if (at[0] === here[0] && at[1] === here[1]) return false;
    return unknownDoor(level, known, at) !== undefined;
  });
}

/** The facing of a locked or barred door beside a cell. */
export function lockedDoor(level: Level, known: KnownLevel, at: Point): (typeof FACINGS)[number] | undefined {
  return FACINGS.find((facing) => {
    const face = faceOf(level, at, facing, known.found);
    return face.type === "door" && !isOpenDoor(face.door) && face.door.pass !== 1;
  });
}

/** The nearest cell before a lock the party holds the key of; failing that, before any locked or barred door. */
function nearestLock(state: WorldState, level: Level, known: KnownLevel, reached: Reached): Point | undefined {
  const before = reached.order.slice(1).filter((at) => lockedDoor(level, known, at) !== undefined);
  const opens = (at: Point) =>
    FACINGS.some((facing) => {
      const face = faceOf(level, at, facing, known.found);
      return face.type === "door" && face.door.pass === 2 && keyHolder(state, face.door.key) !== undefined;
    });
  return before.find(opens) ?? before[0];
}

/** The nearest cell, other than the party's own, with treasure seen and not taken. */
function treasure(state: WorldState, level: Level, known: KnownLevel, reached: Reached): Point | undefined {
  return reached.order.find((at, i) => {
    const key = cellKey(at);
    if (i === 0 || known.cells[key] === undefined) return false;
    if (state.piles[`${level.id}:${key}`]?.length) return true;
    const feature = level.features[key];
    const cache = feature?.type === "cache" ? level.caches[feature.cache] : undefined;
    return cache !== undefined && !cache.taken && cache.heldBy === undefined;
  });
}

function knownFeature(
  level: Level,
  known: KnownLevel,
  reached: Reached,
  is: (feature: Level["features"][keyof Level["features"]]) => boolean,
): Point | undefined {
  for (const [key, feature] of Object.entries(level.features)) {
    const at = pointOf(key as keyof Level["features"]);
    if (is(feature) && known.cells[cellKey(at)] !== undefined && isReached(reached, at)) return at;
  }
  return undefined;
}

/** The cell a Travel means, if it is known and can be reached. */
export function destination(
  state: WorldState,
  to: IntentOf<"Travel">["to"],
  reached: Reached,
): Point | undefined {
  const level = state.levels[state.party.level];
  const known = level && state.known[level.id];
  if (!level || !known) return undefined;
  if (typeof to === "object") return to.level === level.id && isReached(reached, to.at) ? to.at : undefined;
  switch (to) {
    case "frontier":
      return frontier(level, known, reached, state.party.at);
    case "treasure":
      return treasure(state, level, known, reached);
    case "lockedDoor":
      return nearestLock(state, level, known, reached);
    case "stairsDown":
    case "stairsUp":
      return knownFeature(
        level,
        known,
        reached,
        (one) => one.type === "stairs" && one.direction === (to === "stairsUp" ? "up" : "down"),
      );
    case "board":
      return knownFeature(level, known, reached, (one) => one.type === "board");
    case "exit":
      return isReached(reached, level.entry.at) ? level.entry.at : undefined;
  }
}
