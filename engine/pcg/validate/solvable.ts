/** V3, solvability: everything of interest can be reached with keys found in an order that exists. */
import type { Level } from "../../types/area.ts";
import type { CellKey, LevelId, Point } from "../../types/ids.ts";
import { FACINGS } from "../../types/names.ts";
import { cellKey, faceOf, neighbour, pointOf } from "../../world/geometry.ts";
import type { AreaInput, Fault } from "./fault.ts";

type Place = `${LevelId}:${CellKey}`;

const placeOf = (level: Level, at: Point): Place => `${level.id}:${cellKey(at)}`;

/**
 * Breadth-first over (cell, keys held). Keys are never used up, so holding more never closes a way: flooding with the keys at hand, adding
 * those found, and flooding again visits exactly the states that matter. Secret doors count as walls and bars as shut: luck, strength and
 * spells may help, but nothing may need them.
 */
export function checkSolvable({ levels, quests }: AreaInput): readonly Fault[] {
  const reached = flood(levels);
  const faults: Fault[] = [];
  const need = (level: Level, at: Point, what: string) => {
    if (!reached.has(placeOf(level, at))) faults.push({ rule: "V3", at: placeOf(level, at), what });
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

/** Every place the party can come to from the first level's entry. */
export function flood(levels: readonly Level[]): ReadonlySet<Place> {
  const first = levels[0];
  if (!first) return new Set();
  const held = new Set<string>();
  for (;;) {
    const reached = floodWith(levels, first, held);
    const before = held.size;
    for (const level of levels) {
      for (const cache of Object.values(level.caches)) {
        const holder = cache.heldBy === undefined ? undefined : level.groups[cache.heldBy];
        if (!reached.has(placeOf(level, holder?.at ?? cache.at))) continue;
        for (const stack of cache.items) held.add(stack.id);
      }
    }
    if (held.size === before) return reached;
  }
}

function floodWith(levels: readonly Level[], first: Level, held: ReadonlySet<string>): ReadonlySet<Place> {
  const seen = new Set<Place>([placeOf(first, first.entry.at)]);
  const queue: (readonly [Level, Point])[] = [[first, first.entry.at]];
  const visit = (level: Level, at: Point) => {
    const place = placeOf(level, at);
    if (seen.has(place)) return;
    seen.add(place);
    queue.push([level, at]);
  };
  for (let head = 0; head < queue.length; head += 1) {
    const [level, at] = queue[head] ?? [first, first.entry.at];
    const feature = level.features[cellKey(at)];
    if (feature?.type === "stairs") {
      const to = levels.find((one) => one.id === feature.to.level);
      if (to) visit(to, feature.to.at);
    }
    for (const facing of FACINGS) {
      const face = faceOf(level, at, facing, {});
      if (face.type === "wall") continue;
      if (face.type === "door") {
        const { pass, key } = face.door;
        if (pass === 3 || (pass === 2 && (key === undefined || !held.has(key)))) continue;
      }
      visit(level, neighbour(at, facing));
    }
  }
  return seen;
}
