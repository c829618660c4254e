/** V3, solvability: everything of interest can be reached with keys found in an order that exists. */
import { type Level, LEVEL_SIZE } from "../../types/area.ts";
import type { CellKey, Point } from "../../types/ids.ts";
import { type Facing, FACINGS } from "../../types/names.ts";
import { cellKey, faceOf, neighbour, pointOf } from "../../world/geometry.ts";
import { cellIndex } from "../draft.ts";
import type { AreaInput, Fault } from "./fault.ts";

/** Index of a cell over all levels. */
type Place = number;

const CELLS = LEVEL_SIZE * LEVEL_SIZE;

/**
 * Breadth-first over (cell, keys held). Keys are never used up, so holding more never closes a way: flooding with the keys at hand, adding
 * those found, and flooding again visits exactly the states that matter. Secret doors count as walls and bars as shut: luck, strength and
 * spells may help, but nothing may need them.
 */
export function checkSolvable({ levels, quests }: AreaInput): readonly Fault[] {
  const reached = flood(levels);
  const faults: Fault[] = [];
  const need = (level: Level, at: Point, what: string) => {
    if (!reached(level, at)) faults.push({ rule: "V3", at: `${level.id}:${cellKey(at)}`, what });
  };
  for (const level of levels) {
    need(level, level.goal, "the goal must be reachable");
    for (const key of Object.keys(level.features)) {
      need(level, pointOf(key as CellKey), "what lies here must be reachable");
    }
    for (const group of Object.values(level.groups)) need(level, group.at, `group ${group.id} must be reachable`);
    for (const cache of Object.values(level.caches)) need(level, cache.at, `cache ${cache.id} must be reachable`);
  }
  for (const step of quests.flatMap((quest) => quest.steps)) {
    if (step.target.type !== "cell") continue;
    const { level: id, at } = step.target;
    const level = levels.find((one) => one.id === id);
    if (level) need(level, at, "a commission's place must be reachable");
  }
  return faults;
}

/** Tells of every place whether the party can come to it from the first level's entry. */
export function flood(levels: readonly Level[]): (level: Level, at: Point) => boolean {
  const placeOf = (level: Level, at: Point): Place => levels.indexOf(level) * CELLS + cellIndex(at);
  const held = new Set<string>();
  for (;;) {
    const seen = floodWith(levels, held);
    const before = held.size;
    for (const level of levels) {
      for (const cache of Object.values(level.caches)) {
        const holder = cache.heldBy === undefined ? undefined : level.groups[cache.heldBy];
        if (!seen[placeOf(level, holder?.at ?? cache.at)]) continue;
        for (const stack of cache.items) held.add(stack.id);
      }
    }
    if (held.size === before) return (level, at) => seen[placeOf(level, at)] === 1;
  }
}

function floodWith(levels: readonly Level[], held: ReadonlySet<string>): Uint8Array {
  const seen = new Uint8Array(levels.length * CELLS);
  const queue: (readonly [number, Point])[] = [];
  const visit = (index: number, at: Point) => {
    const place = index * CELLS + cellIndex(at);
    if (seen[place]) return;
    seen[place] = 1;
    queue.push([index, at]);
  };
  if (levels[0]) visit(0, levels[0].entry.at);
  for (let head = 0; head < queue.length; head += 1) {
    const [index, at] = queue[head] ?? [0, [0, 0]];
    const level = levels[index];
    if (!level) continue;
    const feature = level.features[cellKey(at)];
    if (feature?.type === "stairs") {
      const to = levels.findIndex((one) => one.id === feature.to.level);
      if (to >= 0) visit(to, feature.to.at);
    }
    for (const facing of FACINGS) {
      if (isWay(level, at, facing, held)) visit(index, neighbour(at, facing));
    }
  }
  return seen;
}

function isWay(level: Level, at: Point, facing: Facing, held: ReadonlySet<string>): boolean {
  const face = faceOf(level, at, facing, {});
  if (face.type !== "door") return face.type === "open";
  const { pass, key } = face.door;
  return pass === 1 || (pass === 2 && key !== undefined && held.has(key));
}
