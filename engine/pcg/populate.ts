/** Filling a drafted level: encounters by budget, treasure by budget, keys, names (game design 12.2, 6-7 and 12). */
import type { Rng } from "../core/rng.ts";
import type { CellFeature, Door, Level, Zone } from "../types/area.ts";
import type { CellKey, EdgeKey, ItemId, LevelId, Point } from "../types/ids.ts";
import type { Theme } from "../types/names.ts";
import { cellKey } from "../world/geometry.ts";
import { itemId } from "../world/ids.ts";
import type { Strength } from "./budget.ts";
import { type Draft, wallsOf } from "./draft.ts";
import { expand, freshName, type Grammar } from "./grammar.ts";
import { placeGroups } from "./groups.ts";
import { placeTreasure } from "./treasure.ts";
import { grammarOf } from "./words.ts";

export interface Filling extends Strength {
  readonly id: LevelId;
  readonly depth: number;
  readonly theme: Theme;
  /** The way up and down; a first level has a board at its entry instead of stairs up. */
  readonly up?: { readonly level: LevelId; readonly at: Point };
  readonly down?: { readonly level: LevelId; readonly at: Point };
  /** Name of a relic to lie in the innermost room. */
  readonly relic?: boolean;
  /** Names used on other levels. */
  readonly taken: Set<string>;
  readonly roll: number;
}

/** Difficulty of a lock: 13 + tier (game design 4.2). */
const LOCK_DC = 13;
const SECRET_DC = 14;
const KEY_RECORDS = ["ironKey", "brassKey", "boneKey"] as const;

export interface PlacedKey {
  readonly stack: { readonly id: ItemId; readonly item: string; readonly name: string };
  readonly room: string;
}

/** The whole level from its draft; the same stream gives the same level. */
export function populate(rng: Rng, draft: Draft, filling: Filling): Level {
  const tier = 1;
  const grammar = grammarOf(filling.theme);
  const zones = nameZones(rng, draft, { grammar, filling });
  const keys = cutKeys(rng, draft, { grammar, filling });
  const groups = placeGroups(rng.fork("groups"), draft, { ...filling, grammar });
  const treasure = placeTreasure(rng.fork("treasure"), draft, { filling, groups, keys, grammar });
  const features: Record<CellKey, CellFeature> = { ...treasure.features };
  const { entry, goal } = draft;
  features[cellKey(entry.at)] = filling.up ? { type: "stairs", direction: "up", to: filling.up } : { type: "board" };
  if (filling.down) features[cellKey(goal)] = { type: "stairs", direction: "down", to: filling.down };
  return {
    id: filling.id,
    depth: filling.depth,
    name: freshName(() => expand(rng.fork("name").dice(), grammar, "{level}"), filling.taken),
    theme: filling.theme,
    tier,
    rows: draft.rows,
    zones,
    walls: wallsOf(draft),
    doors: hangDoors(rng, draft, keys, tier),
    features,
    groups: treasure.groups,
    caches: treasure.caches,
    entry,
    goal,
    restPeriod: 7_200,
    restPercent: 12,
    wanderPercent: 3,
    plan: { linear: draft.loops === 0, loops: draft.loops, roll: filling.roll },
  };
}

function nameZones(
  rng: Rng,
  draft: Draft,
  { grammar, filling }: { readonly grammar: Grammar; readonly filling: Filling },
): Level["zones"] {
  const dice = rng.fork("zones").dice();
  const zones: Record<string, Zone> = {};
  for (const room of draft.rooms) {
    const rule = room.kind === "goal" && filling.down ? "{room}" : `{${room.kind}}`;
    const name = freshName(() => expand(dice, grammar, rule), filling.taken);
    zones[room.letter] = { name, kind: room.kind, light: lightOf(dice, room.kind, filling), safe: isSafe(room.kind) };
  }
  return zones;
}

function isSafe(kind: Zone["kind"]): boolean {
  return kind === "safe";
}

function lightOf(
  dice: { int(low: number, high: number): number },
  kind: Zone["kind"],
  filling: Filling,
): Zone["light"] {
  const roll = dice.int(1, 100);
  if (kind === "entry") return filling.depth === 1 ? "bright" : "dim";
  if (kind === "safe") return "dim";
  if (filling.theme === "wood" || filling.theme === "town") return "bright";
  return roll <= 12 ? "dim" : roll <= 17 ? "bright" : "dark";
}

/** One key per lock, of a kind and a name of its own. */
function cutKeys(
  rng: Rng,
  draft: Draft,
  { grammar, filling }: { readonly grammar: Grammar; readonly filling: Filling },
): ReadonlyMap<EdgeKey, PlacedKey> {
  const dice = rng.fork("keys").dice();
  return new Map(draft.locks.map((lock, index) => [lock.edge, {
    stack: {
      id: itemId(`i_${filling.id}_key${index + 1}`),
      item: KEY_RECORDS[index % KEY_RECORDS.length] ?? "ironKey",
      name: freshName(() => expand(dice, grammar, "{keyName}"), filling.taken),
    },
    room: lock.keyRoom,
  }]));
}

function hangDoors(
  rng: Rng,
  draft: Draft,
  keys: ReadonlyMap<EdgeKey, PlacedKey>,
  tier: number,
): Level["doors"] {
  const dice = rng.fork("doors").dice();
  const doors: Record<EdgeKey, Door> = {};
  for (const joint of draft.joints) {
    const dc = LOCK_DC + tier + dice.int(-1, 1);
    if (joint.kind === "gap") continue;
    const key = keys.get(joint.edge)?.stack.id;
    doors[joint.edge] = {
      kind: joint.kind,
      pass: joint.pass,
      open: joint.kind === "arch",
      dc,
      ...(key === undefined ? {} : { key }),
      ...(joint.secret ? { secretDc: SECRET_DC + dice.int(-2, 2) } : {}),
    };
  }
  return doors;
}
