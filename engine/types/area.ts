/** A level as the generator stores it: 16x16 cells, walls on cell edges. */
import type { CacheId, CellKey, EdgeKey, GroupId, ItemId, LevelId, Point } from "./ids.ts";
import type { Attitude, Theme } from "./names.ts";
import type { ItemStack } from "./creature.ts";

export const LEVEL_SIZE = 16;

/** Pass value of an edge: 0 solid, 1 open or unlocked, 2 locked, 3 barred (game design 4.1). */
export type Pass = 0 | 1 | 2 | 3;

export interface Door {
  readonly kind: "wood" | "iron" | "arch";
  readonly pass: Pass;
  /** A shut door blocks sight and movement until it is opened; an open one does not. Arches are always open. */
  readonly open: boolean;
  readonly dc: number;
  /** Id of the item stack that opens it. */
  readonly key?: ItemId;
  /** Present: the door looks like a wall until its secret is found (`Level.found`). */
  readonly secretDc?: number;
}

export interface Zone {
  readonly name: string;
  readonly kind: "entry" | "room" | "corridor" | "lair" | "vault" | "safe" | "goal";
  readonly light: "bright" | "dim" | "dark";
  readonly safe: boolean;
}

export type CellFeature =
  | {
    readonly type: "stairs";
    readonly direction: "up" | "down";
    readonly to: { readonly level: LevelId; readonly at: Point };
  }
  | { readonly type: "exit" }
  | { readonly type: "board" }
  | { readonly type: "cache"; readonly cache: CacheId };

export interface Group {
  readonly id: GroupId;
  readonly at: Point;
  readonly monsters: readonly { readonly monster: string; readonly count: number }[];
  readonly attitude: Attitude;
  readonly boss: boolean;
  /** A boss's own name. */
  readonly name?: string;
  readonly pattern: "band" | "leader" | "ambush" | "guard" | "lair" | "boss";
  /** Plain sum of the monsters' XP (SRD 5.2.1 budgets). */
  readonly xp: number;
  /** Treasure that falls to the party when the group is beaten. */
  readonly cache?: CacheId;
  readonly state: "waiting" | "met" | "resolved";
  /** Came by itself; forgotten once it is resolved and another comes. */
  readonly wandering?: true;
}

/** Treasure lying somewhere or carried by a group. Coins in copper. */
export interface Cache {
  readonly id: CacheId;
  readonly at: Point;
  readonly coins: number;
  readonly items: readonly ItemStack[];
  readonly taken: boolean;
  /** Set while carried by a group: it appears when the group is beaten. */
  readonly heldBy?: GroupId;
}

export interface Level {
  readonly id: LevelId;
  readonly depth: number;
  readonly name: string;
  readonly theme: Theme;
  readonly tier: number;
  /** 16 strings of 16 characters: `#` no floor, `a`-`z`/`A`-`Z` zone letters. */
  readonly rows: readonly string[];
  readonly zones: Readonly<Record<string, Zone>>;
  /** Edges between two floor cells that carry a wall; every edge next to no-floor is a wall by itself. */
  readonly walls: Readonly<Record<EdgeKey, 1>>;
  readonly doors: Readonly<Record<EdgeKey, Door>>;
  readonly features: Readonly<Record<CellKey, CellFeature>>;
  readonly groups: Readonly<Record<GroupId, Group>>;
  readonly caches: Readonly<Record<CacheId, Cache>>;
  readonly entry: { readonly at: Point; readonly facing: "north" | "east" | "south" | "west" };
  /** Cell the level is about: stairs down, or the boss's hoard on the last. */
  readonly goal: Point;
  /** Seconds between two rest checks, and their percentage. */
  readonly restPeriod: number;
  readonly restPercent: number;
  /** Percentage chance of a wandering group per check. */
  readonly wanderPercent: number;
  /** Doors of the intended critical route, tags the validators read. */
  readonly plan: { readonly linear: boolean; readonly loops: number; readonly roll: number };
}

/** What the party has seen of a level. */
export interface KnownLevel {
  readonly cells: Readonly<Record<CellKey, 1>>;
  /** Secret doors found. */
  readonly found: Readonly<Record<EdgeKey, 1>>;
  readonly visited: Readonly<Record<CellKey, 1>>;
}
