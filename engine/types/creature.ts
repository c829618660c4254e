/** Creatures: characters and monsters in play. */
import type { AccountId, CreatureId, EffectId, ItemId, Point, SeatId } from "./ids.ts";
import type { BackgroundId, ClassId, Facing, LineageId, QuickBy, Scores, Skill, Slot } from "./names.ts";
import type { EffectRecord } from "./content.ts";

/** A thing in play. `charges`: uses left. */
export interface ItemStack {
  readonly id: ItemId;
  readonly item: string;
  readonly count: number;
  readonly charges?: number;
  /** A name of its own, such as a relic's or the door a key fits; else the record's. */
  readonly name?: string;
  /** Plot keys cannot be dropped or given away for good. */
  readonly plot?: true;
}

/** An effect at work on a creature. Times are world-clock seconds. */
export interface Effect {
  readonly id: EffectId;
  readonly record: EffectRecord;
  readonly source: string;
  readonly caster: CreatureId | null;
  readonly dc: number;
  readonly startsAt: number;
  /** null: no end by time; `"rest"`: ends with the next long rest. */
  readonly endsAt: number | "rest" | null;
}

/** SRD 5.1, death: `up` acts, `dying` rolls death saves, `stable` lies still, `dead` stays so; `fled` has left the field. */
export type Life = "up" | "dying" | "stable" | "dead" | "fled";

interface CreatureBase {
  readonly id: CreatureId;
  readonly name: string;
  readonly hp: number;
  readonly maxHp: number;
  readonly tempHp: number;
  readonly life: Life;
  readonly effects: readonly Effect[];
  /** Spell slots left, index 0 = level 1. */
  readonly slots: readonly number[];
  /** Uses spent of limited features, by feature id; layOnHands counts points. */
  readonly used: Readonly<Record<string, number>>;
  readonly concentration: EffectId | null;
}

export type ReactionPolicy = "always" | "ask" | "never";

export interface Character extends CreatureBase {
  readonly type: "character";
  readonly account: AccountId;
  /** null: its player has left and it is run by the AI until it goes home. */
  readonly seat: SeatId | null;
  readonly lineage: LineageId;
  readonly background: BackgroundId;
  readonly classes: readonly { readonly id: ClassId; readonly level: number }[];
  readonly xp: number;
  readonly abilities: Scores;
  readonly skills: readonly Skill[];
  readonly features: readonly string[];
  /** Choices such as `fightingStyle: "archery"`. */
  readonly choices: Readonly<Record<string, string>>;
  readonly hitDice: number;
  readonly deathSaves: { readonly successes: number; readonly failures: number };
  /** Everything carried, worn things included. */
  readonly pack: readonly ItemStack[];
  /** Slot -> items worn there (`rings` holds two; others one). */
  readonly worn: Readonly<Partial<Record<Slot, readonly ItemId[]>>>;
  readonly cantrips: readonly string[];
  /** Spells in the book or known; clerics and paladins know their whole list. */
  readonly spells: readonly string[];
  readonly prepared: readonly string[];
  readonly policy: { readonly opportunity: ReactionPolicy; readonly shield: ReactionPolicy };
  /** AI plays it until reclaimed. */
  readonly quick: boolean;
  /** Who put it on Quick; present exactly while it is. */
  readonly quickBy?: QuickBy;
  /** Turns in a row that ran out of time. */
  readonly missed: number;
  readonly appearance: { readonly icon: string; readonly colours: readonly [string, string] };
  readonly lastLongRest: number | null;
  /** The class's starting coins went to a party's purse: they are paid once, however often it joins. */
  readonly coinsPaid?: true;
}

export interface Monster extends CreatureBase {
  readonly type: "monster";
  readonly monster: string;
  /** Distinguishes foes of one kind: "Goblin 2". */
  readonly number: number;
  readonly leader: boolean;
}

export type Creature = Character | Monster;

/** SRD 5.1 action economy; movement in feet. */
export interface Budget {
  readonly movement: number;
  readonly action: number;
  readonly bonusAction: number;
  readonly reaction: number;
  /** Attacks left of an attack action already begun. */
  readonly attacks: number;
  /** One free hand on an object (a door) per turn. */
  readonly freeHand: number;
}

/** A creature's place and turn facts in a battle. */
export interface Combatant {
  readonly at: Point;
  /** Footprint in squares per side. */
  readonly size: number;
  readonly facing: Facing;
  readonly side: "party" | "foe";
  readonly initiative: number;
  readonly budget: Budget;
  readonly surprised: boolean;
  /** Marks of the running round: each holds until the creature's next turn starts. */
  readonly guarding: boolean;
  readonly dodging: boolean;
  readonly slipping: boolean;
  readonly hidden: boolean;
  /** Who gave it advantage on its next attack by Help. */
  readonly helped: CreatureId | null;
  readonly sneakUsed: boolean;
  /** Attacked with its own action this turn: what two-weapon fighting asks for. */
  readonly attacked?: true;
  readonly spellCast: "none" | "bonus" | "action";
  /** Facing held since the first attack against it (house rule, game design 6.2). */
  readonly heldFacing: boolean;
  /** In from round 2 as reinforcement while not yet placed. */
  readonly waiting: boolean;
}
