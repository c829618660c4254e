/** The fold of all events of a world: complete, secret, never sent. */
import type {
  AccountId,
  BattleId,
  CacheId,
  CellKey,
  CreatureId,
  EdgeKey,
  EffectId,
  GroupId,
  ItemId,
  LevelId,
  Point,
  QuestId,
  SeatId,
  WorldId,
} from "./ids.ts";
import type { Attitude, Facing, Mode, Role, TurnClock } from "./names.ts";
import type { KnownLevel, Level } from "./area.ts";
import type { Character, Combatant, Effect, ItemStack, Monster } from "./creature.ts";

export const STATE_VERSION = 2;
export const GENERATOR_VERSION = 1;
/**
 * Raised whenever the same command on the same state with the same dice may give other events. Every entry of a log names
 * the rules it was decided by, so that nobody takes a changed rule for a changed die.
 */
export const RULES_VERSION = 3;
/** Rounds are six seconds (SRD 5.1). */
export const ROUND = 6;

export interface WorldOptions {
  readonly turnClock: TurnClock;
  readonly difficulty: "story" | "normal" | "hard";
  /** Characters the fights are budgeted for, 1-6. Absent in worlds from before it could be chosen: four. */
  readonly partySize?: number;
}

export interface Seat {
  readonly id: SeatId;
  readonly account: AccountId;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Left for good: kept so that the log still has a name. */
  readonly left: boolean;
  /** Order of joining. */
  readonly number: number;
}

export interface Party {
  readonly level: LevelId;
  readonly at: Point;
  readonly facing: Facing;
  readonly searching: boolean;
  /** Marching order. */
  readonly order: readonly CreatureId[];
  /** Copper. */
  readonly purse: number;
  readonly stash: readonly ItemStack[];
  /** A burning light: which item record and when it goes out (world seconds). */
  readonly light: { readonly item: string; readonly until: number } | null;
  /** Means tried on the edge ahead in this approach. */
  readonly tried: readonly string[];
  /** Last cell without danger, where a fleeing party ends up. */
  readonly lastSafe: { readonly level: LevelId; readonly at: Point; readonly facing: Facing };
  /** A rest that was broken off: taken up again before `until` (world seconds) it counts on from `done`. */
  readonly resting?: { readonly kind: "short" | "long"; readonly done: number; readonly until: number };
}

export interface Encounter {
  readonly group: GroupId;
  readonly level: LevelId;
  /** Cells ahead: 0, 1 or 2. */
  readonly distance: 0 | 1 | 2;
  readonly attitude: Attitude;
  readonly waits: number;
  readonly surprised: "none" | "party" | "foes";
  /** They came upon a camp: the party lies around its fire. */
  readonly camp?: true;
  /** Ms; counts as Wait when it runs out. */
  readonly endsAt: number;
}

/** 49x25 squares of 5 feet, north up (game design 6.1). */
export interface Field {
  readonly width: number;
  readonly height: number;
  /** `.` floor, `#` wall, `+` shut door, `/` open door, `:` rubble (cost 2), `T` pillar (blocks), `~` water (cost 2), `>` way out. */
  readonly rows: readonly string[];
  readonly level: LevelId;
  /** Cell of the level whose floor begins at square 1,1. */
  readonly origin: Point;
  readonly edges: Readonly<Record<string, EdgeKey>>;
}

export interface Cloud {
  readonly id: EffectId;
  readonly spell: string;
  readonly caster: CreatureId;
  readonly squares: readonly Point[];
  readonly dc: number;
  readonly endsAt: number;
  readonly concentration: boolean;
  readonly difficult: boolean;
  readonly blocksSight: boolean;
  /** Creatures already touched in the running turn. */
  readonly touched: readonly CreatureId[];
}

/** A question put to one creature's player that holds the battle until answered (React) or expired. */
export type Prompt =
  | {
    readonly type: "opportunity";
    readonly creature: CreatureId;
    readonly mover: CreatureId;
    readonly path: readonly Point[];
    readonly asked: readonly CreatureId[];
    readonly endsAt: number;
    /** When the question was put, ms. */
    readonly since?: number;
  }
  | {
    readonly type: "shield";
    readonly creature: CreatureId;
    readonly attacker: CreatureId;
    readonly attack: string;
    readonly total: number;
    readonly d20: number;
    readonly endsAt: number;
    readonly critical?: boolean;
    /** The attack was itself a reaction. */
    readonly reaction?: true;
    /** When the question was put, ms. */
    readonly since?: number;
  };

export interface Battle {
  readonly id: BattleId;
  readonly group: GroupId;
  readonly round: number;
  /** Initiative order, highest first. */
  readonly order: readonly CreatureId[];
  /** Whose turn it is. */
  readonly turn: CreatureId;
  readonly field: Field;
  readonly on: Readonly<Record<CreatureId, Combatant>>;
  readonly monsters: Readonly<Record<CreatureId, Monster>>;
  readonly clouds: Readonly<Record<EffectId, Cloud>>;
  readonly prompt: Prompt | null;
  /** Rounds without a hostile act; ten end the fight in a stand-off. */
  readonly idle: number;
  /** Ms at which the AI takes the turn over; null: no clock (AI turns, relaxed worlds). */
  readonly endsAt: number | null;
  /** Ms left of each seat's bank in this battle. */
  readonly banks: Readonly<Record<SeatId, number>>;
  readonly startedAt: number;
  /** Fought around a camp fire, which lights the field. */
  readonly camp?: true;
  /** Shots and throws of this battle by stack: half the ammunition and every thrown weapon are found again. */
  readonly spent?: Readonly<Record<ItemId, { readonly by: CreatureId; readonly item: string; readonly count: number }>>;
}

export interface Aftermath {
  readonly group: GroupId;
  readonly xpEach: number;
  readonly coins: number;
  readonly items: readonly ItemStack[];
  /** item -> character -> claim. */
  readonly claims: Readonly<Record<ItemId, Readonly<Record<CreatureId, "need" | "greed" | "pass">>>>;
  readonly endsAt: number;
  readonly cache: CacheId | null;
}

export interface Camp {
  readonly since: number;
  readonly rests: number;
}

/** One step of a commission; done by world events only. */
export interface QuestStep {
  readonly verb: "kill" | "get" | "go" | "report";
  readonly target: { readonly type: "group"; readonly id: GroupId } | { readonly type: "item"; readonly id: string } | {
    readonly type: "cell";
    readonly level: LevelId;
    readonly at: Point;
  } | { readonly type: "board" };
  /** Plain words made by grammar, such as "Slay the Ashen Warden". */
  readonly text: string;
  readonly done: boolean;
}

export interface Quest {
  readonly id: QuestId;
  readonly title: string;
  readonly text: string;
  readonly giver: string;
  readonly steps: readonly QuestStep[];
  /** Coins in copper, XP per living member. */
  readonly reward: { readonly coins: number; readonly xp: number };
  readonly state: "offered" | "active" | "done" | "paid" | "failed";
}

export interface TalkLine {
  /** Running number of the line in this world, from 1. */
  readonly n: number;
  readonly seat: SeatId;
  readonly name: string;
  readonly text: string;
  /** World clock seconds. */
  readonly clock: number;
}

export interface WorldState {
  readonly v: typeof STATE_VERSION;
  readonly id: WorldId;
  readonly name: string;
  /** 32 hex digits; secret while the world lives. */
  readonly seed: string;
  readonly seedHash: string;
  readonly generator: number;
  readonly options: WorldOptions;
  /** Ms; only shown, never used by rules. */
  readonly createdAt: number;
  /** Ms of the newest entry: never falls. */
  readonly at: number;
  /** Seconds since the world began; day 1, 08:00 is 28,800. */
  readonly clock: number;
  readonly mode: Mode;
  /** Set once the world has ended for good: when, in ms. Its seed may be shown from then on. */
  readonly ended?: { readonly at: number };
  /** Secret part of the invite link; only members see it. */
  readonly invite: string;
  readonly seats: Readonly<Record<SeatId, Seat>>;
  readonly characters: Readonly<Record<CreatureId, Character>>;
  readonly party: Party;
  readonly levels: Readonly<Record<LevelId, Level>>;
  readonly known: Readonly<Record<LevelId, KnownLevel>>;
  readonly encounter: Encounter | null;
  readonly battle: Battle | null;
  readonly aftermath: Aftermath | null;
  readonly camp: Camp | null;
  readonly quests: Readonly<Record<QuestId, Quest>>;
  /** Items lying on cells: `level:x,y` -> stacks. */
  readonly piles: Readonly<Record<`${LevelId}:${CellKey}`, readonly ItemStack[]>>;
  /** Effects of the party as a whole have no creature: none yet; kept by creature. */
  readonly talk: readonly TalkLine[];
  /** Running number for ids made in this world (effects, items, battles). */
  readonly made: number;
}

export type { Effect };
