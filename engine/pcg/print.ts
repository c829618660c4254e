/** Levels as text for human eyes: thin walls, doors, what lies where. Used by tests and tools. */
import { type Level, LEVEL_SIZE } from "../types/area.ts";
import type { Point } from "../types/ids.ts";
import { cellKey, faceOf, samePoint } from "../world/geometry.ts";

/**
 * Each cell is three wide and one high, walls on the lines between: `+` wood door, `#` iron, `L` locked, `B` barred, `S` secret, `o` arch;
 * in cells `<` `>` stairs, `!` board, `$` cache, `g` group, `G` boss, else the zone's letter.
 */
export function printLevel(level: Level): string {
  const lines: string[] = [
    `${level.name} (${level.theme}, depth ${level.depth}, roll ${level.plan.roll}, loops ${level.plan.loops})`,
  ];
  for (let y = 0; y <= LEVEL_SIZE; y += 1) {
    let above = "";
    let row = "";
    for (let x = 0; x <= LEVEL_SIZE; x += 1) {
      above += `·${x < LEVEL_SIZE ? north(level, [x, y]) : ""}`;
      if (y < LEVEL_SIZE) row += west(level, [x, y]) + (x < LEVEL_SIZE ? cell(level, [x, y]) : "");
    }
    lines.push(above);
    if (y < LEVEL_SIZE) lines.push(row);
  }
  return lines.join("\n");
}

/** Zones and groups in words. */
export function printLegend(level: Level): string {
  const zones = Object.entries(level.zones).map(([letter, zone]) =>
    `${letter} ${zone.name} (${zone.kind}, ${zone.light})`
  );
  const groups = Object.values(level.groups).map((group) =>
    `${group.at} ${group.pattern} ${group.attitude} ${group.xp} XP: ${group.name ?? ""} ` +
    group.monsters.map((one) => `${one.count} ${one.monster}`).join(", ")
  );
  const caches = Object.values(level.caches).map((cache) =>
    `${cache.at} ${cache.heldBy ?? "lies"} ${Math.floor(cache.coins / 100)} gp: ` +
    cache.items.map((one) => `${one.count} ${one.name ?? one.item}`).join(", ")
  );
  return [...zones, ...groups, ...caches].join("\n");
}

function mark(level: Level, at: Point, facing: "north" | "west"): string {
  const face = faceOf(level, at, facing);
  if (face.type === "open") return " ";
  if (face.type === "wall") return "";
  const { door } = face;
  if (door.secretDc !== undefined) return "S";
  if (door.kind === "arch") return "o";
  if (door.pass === 2) return "L";
  if (door.pass === 3) return "B";
  return door.kind === "iron" ? "#" : "+";
}

function floor(level: Level, at: Point): boolean {
  const letter = level.rows[at[1]]?.[at[0]];
  return letter !== undefined && letter !== "#";
}

function north(level: Level, at: Point): string {
  const other: Point = [at[0], at[1] - 1];
  if (!floor(level, at) && !floor(level, other)) return "   ";
  const sign = mark(level, at, "north");
  return sign === "" ? "---" : sign === " " ? "   " : `-${sign}-`;
}

function west(level: Level, at: Point): string {
  const other: Point = [at[0] - 1, at[1]];
  if (!floor(level, at) && !floor(level, other)) return " ";
  const sign = mark(level, at, "west");
  return sign === "" ? "|" : sign;
}

function cell(level: Level, at: Point): string {
  if (!floor(level, at)) return "   ";
  const feature = level.features[cellKey(at)];
  const group = Object.values(level.groups).find((one) => one.state !== "resolved" && samePoint(one.at, at));
  const left = feature?.type === "stairs"
    ? (feature.direction === "up" ? "<" : ">")
    : feature?.type === "board"
    ? "!"
    : " ";
  const middle = group ? (group.boss ? "G" : "g") : level.rows[at[1]]?.[at[0]] ?? " ";
  const right = feature?.type === "cache" ? "$" : " ";
  return left + middle + right;
}
