/** What one audience may see. Built up from nothing; JSON only; things with an id live in objects so that patches stay small. */
import type { CreatureId, QuestId, SeatId } from "./ids.ts";
import type { Attitude, Facing, Mode, QuickBy, Role, Slot } from "./names.ts";
import type { Budget, Effect, ItemStack, Life, ReactionPolicy } from "./creature.ts";
import type { QuestStep, WorldOptions } from "./state.ts";

/** Faces of a seen cell: `o` open, `w` wall, `d` shut door, `D` open door, `a` arch, `l` door known to be locked, `b` barred, `?` unknown. */
export type Face = "o" | "w" | "d" | "D" | "a" | "l" | "b" | "?";

export interface CellView {
  /** north, east, south, west as four letters of Face. */
  readonly faces: string;
  readonly zone: string;
  readonly light: "bright" | "dim" | "dark";
  readonly safe?: true;
  /** `stairsUp`, `stairsDown`, `exit`, `board`, `cache` (not taken yet), `pile`. */
  readonly feature?: string;
  readonly visited?: true;
}

export interface AreaView {
  readonly id: string;
  readonly name: string;
  readonly theme: string;
  readonly depth: number;
  readonly cells: Readonly<Record<string, CellView>>;
  readonly zones: Readonly<Record<string, { readonly name: string; readonly kind: string }>>;
  /** Things lying here, by `x,y`. */
  readonly piles: Readonly<Record<string, readonly ItemStack[]>>;
}

export interface CharacterView {
  readonly id: CreatureId;
  readonly name: string;
  readonly seat: SeatId | null;
  readonly class: string;
  readonly lineage: string;
  readonly background: string;
  readonly level: number;
  readonly xp: number;
  readonly nextXp: number | null;
  readonly canLevel: boolean;
  readonly abilities: Readonly<Record<string, number>>;
  readonly skills: readonly string[];
  readonly features: readonly string[];
  readonly choices: Readonly<Record<string, string>>;
  readonly hp: number;
  readonly maxHp: number;
  readonly tempHp: number;
  readonly ac: number;
  readonly speed: number;
  readonly life: Life;
  readonly deathSaves: { readonly successes: number; readonly failures: number };
  readonly hitDice: number;
  readonly slots: readonly number[];
  readonly maxSlots: readonly number[];
  readonly used: Readonly<Record<string, number>>;
  readonly cantrips: readonly string[];
  readonly spells: readonly string[];
  readonly prepared: readonly string[];
  readonly preparedMax: number;
  readonly pack: Readonly<Record<string, ItemStack>>;
  readonly worn: Readonly<Partial<Record<Slot, readonly string[]>>>;
  readonly effects: Readonly<Record<string, EffectView>>;
  readonly concentration: string | null;
  readonly policy: { readonly opportunity: ReactionPolicy; readonly shield: ReactionPolicy };
  readonly quick: boolean;
  /** Who put it on Quick; present exactly while it is. */
  readonly quickBy?: QuickBy;
  readonly icon: string;
  readonly colours: readonly [string, string];
}

export interface EffectView {
  readonly name: string;
  readonly kind: string;
  readonly condition?: string;
  /** World seconds; null: lasts. */
  readonly endsAt: Effect["endsAt"];
}

/** Foes show what can be seen of them: never exact hit points. */
export interface FoeView {
  readonly id: CreatureId;
  readonly name: string;
  readonly monster: string;
  readonly icon: string;
  readonly health: "unhurt" | "hurt" | "bloodied" | "nearDeath" | "down";
  readonly effects: Readonly<Record<string, EffectView>>;
}

export interface CombatantView {
  readonly at: readonly [number, number];
  readonly size: number;
  readonly facing: Facing;
  readonly side: "party" | "foe";
  readonly held: boolean;
  readonly marks: readonly string[];
  /** Only the party's own. */
  readonly budget?: Budget;
}

export interface CombatView {
  readonly id: string;
  readonly round: number;
  readonly order: readonly CreatureId[];
  /** Who acts; null while it is somebody the party does not see. */
  readonly turn: CreatureId | null;
  readonly endsAt: number | null;
  readonly field: { readonly width: number; readonly height: number; readonly rows: readonly string[] };
  readonly on: Readonly<Record<string, CombatantView>>;
  readonly foes: Readonly<Record<string, FoeView>>;
  readonly clouds: Readonly<
    Record<
      string,
      {
        readonly spell: string;
        readonly squares: readonly (readonly [number, number])[];
        readonly difficult: boolean;
        readonly blocksSight: boolean;
      }
    >
  >;
  readonly prompt: {
    readonly type: string;
    readonly creature: CreatureId;
    readonly about: CreatureId;
    readonly endsAt: number;
  } | null;
}

export interface PartyView {
  readonly world: {
    readonly id: string;
    readonly name: string;
    readonly seedHash: string;
    readonly options: WorldOptions;
    readonly generator: number;
    /** Only once the world has ended: when (ms), and the seed that all its dice came from. */
    readonly endedAt?: number;
    readonly seed?: string;
  };
  readonly clock: { readonly day: number; readonly minute: number; readonly seconds: number };
  readonly mode: Mode;
  readonly seats: Readonly<
    Record<
      string,
      { readonly id: SeatId; readonly name: string; readonly roles: readonly Role[]; readonly left: boolean }
    >
  >;
  readonly party: {
    readonly level: string;
    readonly at: readonly [number, number];
    readonly facing: Facing;
    readonly searching: boolean;
    readonly order: readonly CreatureId[];
    readonly purse: number;
    readonly light: { readonly item: string; readonly until: number } | null;
    readonly tried: readonly string[];
  };
  readonly stash: Readonly<Record<string, ItemStack>>;
  readonly characters: Readonly<Record<string, CharacterView>>;
  readonly area: AreaView | null;
  readonly encounter: {
    readonly distance: 0 | 1 | 2;
    readonly attitude: Attitude;
    readonly surprised: "none" | "party" | "foes";
    readonly endsAt: number;
    /** What is seen of them: name, icon, count. */
    readonly foes: readonly {
      readonly monster: string;
      readonly name: string;
      readonly icon: string;
      readonly count: number;
    }[];
  } | null;
  readonly combat: CombatView | null;
  readonly aftermath: {
    readonly xpEach: number;
    readonly coins: number;
    readonly items: Readonly<Record<string, ItemStack>>;
    readonly claims: Readonly<Record<string, Readonly<Record<string, string>>>>;
    readonly endsAt: number;
  } | null;
  readonly camp: { readonly rests: number; readonly since: number } | null;
  readonly quests: Readonly<
    Record<
      QuestId,
      {
        readonly id: QuestId;
        readonly title: string;
        readonly text: string;
        readonly giver: string;
        readonly state: string;
        readonly steps: readonly Pick<QuestStep, "verb" | "text" | "done">[];
        readonly reward: { readonly coins: number; readonly xp: number };
      }
    >
  >;
}

export interface TalkView {
  /** Newest 50, keyed by running number. */
  readonly lines: Readonly<
    Record<string, { readonly seat: SeatId; readonly name: string; readonly text: string; readonly clock: number }>
  >;
}

export type View = PartyView | TalkView;

/** One legal thing to do, as `legalCommands` lists it and a menu shows it. */
export interface Forecast {
  /** Percent, 0-100, exact. */
  readonly hit?: number;
  readonly critical?: number;
  /** Least, mean (tenths), most damage or healing. */
  readonly amount?: readonly [least: number, meanTenths: number, most: number];
  /** Percent chance that a save fails. */
  readonly fails?: number;
  /** Who reacts along the way, who stands in the blast (ids). */
  readonly reactors?: readonly CreatureId[];
  readonly inside?: readonly CreatureId[];
  readonly reasons?: readonly string[];
}
