/** V1, V2 and V4: edges, links and floors. */
import type { Level } from "../../types/area.ts";
import type { EdgeKey, Point } from "../../types/ids.ts";
import { FACINGS } from "../../types/names.ts";
import { cellKey, cellsOf, faceOf, floorCells, isFloor, neighbour, pointOf, samePoint } from "../../world/geometry.ts";
import type { AreaInput, Fault, LevelInput } from "./fault.ts";

/** V1, edge symmetry: an edge stands once, between two floors, and is either a wall or a door; a door's two faces agree. */
export function checkEdges({ level }: LevelInput): readonly Fault[] {
  const faults: Fault[] = [];
  const fault = (at: string, what: string) => faults.push({ rule: "V1", at, what });
  for (const edge of Object.keys(level.walls) as EdgeKey[]) {
    if (!bothFloor(level, edge)) fault(edge, "a wall must stand between two floors");
    if (level.doors[edge]) fault(edge, "an edge must be a wall or a door, not both");
  }
  for (const [edge, door] of Object.entries(level.doors)) {
    if (door.kind === "arch" && (!door.open || door.pass !== 1)) fault(edge, "an arch must stand open");
    if (door.open && door.pass !== 1) fault(edge, "an open door must not be locked or barred");
    if (door.pass === 0) fault(edge, "a door must have a pass of 1, 2 or 3");
  }
  for (const at of floorCells(level)) {
    for (const facing of FACINGS) {
      const back = FACINGS[(FACINGS.indexOf(facing) + 2) % 4] ?? facing;
      const [here, there] = [faceOf(level, at, facing), faceOf(level, neighbour(at, facing), back)];
      if (here.type !== there.type) fault(cellKey(at), `the ${facing} face must match its other side`);
    }
  }
  return faults;
}

function bothFloor(level: Level, edge: EdgeKey): boolean {
  const [a, b] = cellsOf(edge);
  return isFloor(level, a) && isFloor(level, b);
}

/** V2: one entry per level, with the board or the stairs up; every stair leads to a stair that leads back. */
export function checkLinks({ levels }: AreaInput): readonly Fault[] {
  const faults: Fault[] = [];
  const fault = (at: string, what: string) => faults.push({ rule: "V2", at, what });
  for (const level of levels) {
    if (!isFloor(level, level.entry.at)) fault(level.id, "the entry must be floor");
    const here = level.features[cellKey(level.entry.at)];
    if (here?.type !== "board" && !(here?.type === "stairs" && here.direction === "up")) {
      fault(level.id, "the entry must hold the board or the stairs up");
    }
    for (const [key, feature] of Object.entries(level.features)) {
      if (feature.type !== "stairs") continue;
      const at = pointOf(key as `${number},${number}`);
      if (feature.direction === "up" && !samePoint(at, level.entry.at)) fault(key, "stairs up must be the entry");
      const back = levels.find((one) => one.id === feature.to.level)?.features[cellKey(feature.to.at)];
      const twoWay = back?.type === "stairs" && back.to.level === level.id && samePoint(back.to.at, at) &&
        back.direction !== feature.direction;
      if (!twoWay) fault(`${level.id}:${key}`, "stairs must lead back");
    }
  }
  const boards = levels.filter((level) => level.features[cellKey(level.entry.at)]?.type === "board");
  if (boards.length !== 1) fault("board", `one level must have the board: got ${boards.length}`);
  return faults;
}

/** V4: no door to nothing, no floor that cannot be reached through some door. */
export function checkFloors({ level }: LevelInput): readonly Fault[] {
  const faults: Fault[] = [];
  for (const edge of Object.keys(level.doors) as EdgeKey[]) {
    if (!bothFloor(level, edge)) faults.push({ rule: "V4", at: edge, what: "a door must lead somewhere" });
  }
  const seen = new Set([cellKey(level.entry.at)]);
  const queue: Point[] = [level.entry.at];
  for (let at = queue.pop(); at; at = queue.pop()) {
    for (const facing of FACINGS) {
      const to = neighbour(at, facing);
      if (faceOf(level, at, facing).type === "wall" || seen.has(cellKey(to))) continue;
      seen.add(cellKey(to));
      queue.push(to);
    }
  }
  for (const at of floorCells(level)) {
    if (!seen.has(cellKey(at))) faults.push({ rule: "V4", at: cellKey(at), what: "floor must not be sealed" });
  }
  return faults;
}
