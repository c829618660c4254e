/** The seen part of a level: what the auto-map draws and the first-person view shows. */
import type { CellFeature, KnownLevel, Level } from "../types/area.ts";
import { LEVEL_SIZE } from "../types/area.ts";
import type { ItemStack } from "../types/creature.ts";
import type { CellKey, EdgeKey } from "../types/ids.ts";
import type { AreaView, CellView, Face } from "../types/view.ts";
import { memo, memo2 } from "../core/memo.ts";

/** Edges of a cell in the order of its faces: north, east, south, west. */
export function edgesOf(x: number, y: number): readonly [EdgeKey, EdgeKey, EdgeKey, EdgeKey] {
  return [`n${x},${y}`, `w${x + 1},${y}`, `n${x},${y + 1}`, `w${x},${y}`];
}

function zoneAt(level: Level, x: number, y: number): string {
  return level.rows[y]?.charAt(x) || "#";
}

function faceOf(level: Level, known: KnownLevel, edge: EdgeKey, other: string): Face {
  const door = level.doors[edge];
  if (door && (door.secretDc === undefined || known.found[edge])) {
    if (door.kind === "arch") return "a";
    if (door.open) return "D";
    return door.pass === 2 ? "l" : door.pass === 3 ? "b" : "d";
  }
  return door || level.walls[edge] || other === "#" ? "w" : "o";
}

function facesOf(level: Level, known: KnownLevel, x: number, y: number): string {
  const [north, east, south, west] = edgesOf(x, y);
  return faceOf(level, known, north, zoneAt(level, x, y - 1)) + faceOf(level, known, east, zoneAt(level, x + 1, y)) +
    faceOf(level, known, south, zoneAt(level, x, y + 1)) + faceOf(level, known, west, zoneAt(level, x - 1, y));
}

function featureWord(level: Level, feature: CellFeature | undefined): string | undefined {
  switch (feature?.type) {
    case undefined:
      return undefined;
    case "stairs":
      return feature.direction === "up" ? "stairsUp" : "stairsDown";
    case "cache": {
      const cache = level.caches[feature.cache];
      return cache && !cache.taken && cache.heldBy === undefined ? "cache" : undefined;
    }
    case "exit":
    case "board":
      return feature.type;
  }
}

/** Cell views of one level, remembered by what they depend on beside the level itself. */
const cellsMade = memo((_level: Level) => new Map<string, CellView>());

function cellView(level: Level, known: KnownLevel, key: CellKey): CellView {
  const [x = 0, y = 0] = key.split(",").map(Number);
  const faces = facesOf(level, known, x, y);
  const visited = known.visited[key] === 1;
  const made = cellsMade(level);
  const name = `${key}${faces}${visited ? "v" : ""}`;
  const remembered = made.get(name);
  if (remembered) return remembered;
  const letter = zoneAt(level, x, y);
  const zone = level.zones[letter];
  const feature = featureWord(level, level.features[key]);
  const view: CellView = {
    faces,
    zone: letter,
    light: zone?.light ?? "dark",
    ...(zone?.safe ? { safe: true as const } : {}),
    ...(feature === undefined ? {} : { feature }),
    ...(visited ? { visited: true as const } : {}),
  };
  made.set(name, view);
  return view;
}

const cellsView = memo2((level: Level, known: KnownLevel): AreaView["cells"] => {
  const cells: Record<string, CellView> = {};
  for (let y = 0; y < LEVEL_SIZE; y += 1) {
    for (let x = 0; x < LEVEL_SIZE; x += 1) {
      const key: CellKey = `${x},${y}`;
      if (known.cells[key]) cells[key] = cellView(level, known, key);
    }
  }
  return cells;
});

const zonesView = memo2((level: Level, known: KnownLevel): AreaView["zones"] => {
  const zones: Record<string, { name: string; kind: string }> = {};
  for (const key in known.cells) {
    const [x = 0, y = 0] = key.split(",").map(Number);
    const letter = zoneAt(level, x, y);
    const zone = level.zones[letter];
    if (zone && !zones[letter]) zones[letter] = { name: zone.name, kind: publicKind(zone.kind) };
  }
  return zones;
});

/** Lairs and vaults look like rooms until they are cleared: the map does not spoil them. */
function publicKind(kind: string): string {
  return kind === "lair" || kind === "vault" || kind === "goal" ? "room" : kind;
}

function pilesView(
  level: Level,
  known: KnownLevel,
  piles: Readonly<Record<string, readonly ItemStack[]>>,
): AreaView["piles"] {
  const seen: Record<string, readonly ItemStack[]> = {};
  for (const at in piles) {
    const cell = at.slice(level.id.length + 1);
    const stacks = piles[at];
    if (at.startsWith(`${level.id}:`) && known.visited[cell as CellKey] && stacks && stacks.length > 0) {
      seen[cell] = stacks;
    }
  }
  return seen;
}

const areaOf = memo((piles: Readonly<Record<string, readonly ItemStack[]>>) =>
  memo2((level: Level, known: KnownLevel): AreaView => ({
    id: level.id,
    name: level.name,
    theme: level.theme,
    depth: level.depth,
    cells: cellsView(level, known),
    zones: zonesView(level, known),
    piles: pilesView(level, known, piles),
  }))
);

/** The view of one level; the same inputs give the same object. */
export function areaView(
  level: Level,
  known: KnownLevel,
  piles: Readonly<Record<string, readonly ItemStack[]>>,
): AreaView {
  return areaOf(piles)(level, known);
}
