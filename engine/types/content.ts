/** Records of the content tables: numbers and tags only, run by the interpreter. Every record names its source. */
import type {
  Ability,
  BackgroundId,
  ClassId,
  Condition,
  DamageType,
  EffectKind,
  LineageId,
  Personality,
  School,
  Scores,
  Size,
  Skill,
  Slot,
  Source,
  StackRule,
  Stat,
  Theme,
} from "./names.ts";

interface ContentRecord {
  readonly id: string;
  readonly name: string;
  /** At most 240 characters, our own words, made from the numbers. */
  readonly text: string;
  readonly source: Source;
}

export interface Modifier {
  readonly stat: Stat;
  readonly op: "set" | "add" | "multiply";
  /** Whole number; for `multiply` in percent (50 = half, 200 = double). Dice such as bless's d4 stand in `dice`. */
  readonly value: number;
  readonly dice?: string;
  /** Only against or with this damage type, skill or ability, when given; `weapon`: attacks with one. */
  readonly only?: string;
}

/** A lasting change to a creature, written by spells, items, monsters' riders and traits alike. Durations in seconds (1 round = 6). */
export interface EffectRecord {
  readonly kind: EffectKind;
  readonly name: string;
  readonly tags: readonly string[];
  readonly condition?: Condition;
  readonly modifiers?: readonly Modifier[];
  readonly dice?: string;
  readonly damageType?: DamageType;
  /** Damage or healing happens at the start of the creature's turn; in peace in time order. */
  readonly tick?: "turnStart" | "turnEnd";
  readonly save?: { readonly ability: Ability; readonly when: "turnEnd" | "onDamage" };
  /** null: until dispelled. `"rest"`: until the next long rest. */
  readonly duration: number | "rest" | null;
  readonly concentration?: boolean;
  readonly endsOnDamage?: boolean;
  readonly endsOnAttack?: boolean;
  readonly stackKey: string;
  readonly stackRule: StackRule;
  readonly priority: number;
  readonly dispel: "magic" | "curse" | "poison" | "disease" | "none";
  /** Resisted (half), immune, vulnerable damage types while it lasts. */
  readonly resist?: readonly DamageType[];
  readonly immune?: readonly DamageType[];
  readonly vulnerable?: readonly DamageType[];
}

export interface AttackRecord {
  readonly id: string;
  readonly name: string;
  readonly toHit: number;
  /** Feet; melee attacks have `reach`, ranged ones `range` `[normal, long]`. */
  readonly reach?: number;
  readonly range?: readonly [number, number];
  readonly damage: readonly { readonly dice: string; readonly type: DamageType }[];
  /** What a hit brings besides: damage and an effect, both behind the same save when one is named. */
  readonly rider?: {
    readonly save?: { readonly ability: Ability; readonly dc: number };
    /** `half`: a made save takes half instead of none. */
    readonly damage?: { readonly dice: string; readonly type: DamageType; readonly half: boolean };
    readonly effect?: EffectRecord;
  };
}

/** What kind of being it is; a few spells and features ask. */
export const CREATURE_TYPES = [
  "humanoid",
  "beast",
  "undead",
  "construct",
  "ooze",
  "fiend",
  "giant",
  "elemental",
  "monstrosity",
] as const;
export type CreatureType = typeof CREATURE_TYPES[number];

/** Tags of effects that the rules read; a record with any other tag is refused by the content test. */
export const EFFECT_TAGS = [
  "magic",
  "poison",
  "fire",
  "cold",
  "acid",
  "holy",
  "charm",
  "fear",
  "sleep",
  /** The creature cannot be healed while it lasts. */
  "noHealing",
  /** The creature takes no reactions while it lasts. */
  "noReactions",
  /** Ends with the next attack made against the creature. */
  "spentWhenAttacked",
  /** Ends with the creature's next ability check. */
  "spentOnCheck",
  "drain",
] as const;
export type EffectTag = typeof EFFECT_TAGS[number];

/** Closed list of monster traits the interpreter knows. */
export const TRAITS = [
  "packTactics",
  "undeadFortitude",
  "nimbleEscape",
  "flyby",
  "keenSmell",
  "aggressive",
  "allround",
  "mindless",
  "undead",
  "surpriseAttack",
  "webWalker",
] as const;
export type Trait = typeof TRAITS[number];

export interface MonsterRecord extends ContentRecord {
  /** Who it keeps company with; generation mixes within a family. */
  readonly family: string;
  readonly creatureType: CreatureType;
  readonly size: Size;
  readonly ac: number;
  /** Dice of the hit points, such as `2d6`; `hpAverage` is what generation and budgets use. */
  readonly hp: string;
  readonly hpAverage: number;
  readonly speed: number;
  readonly abilities: Scores;
  readonly saves?: Partial<Record<Ability, number>>;
  readonly skills?: Partial<Record<Skill, number>>;
  /** Challenge in eighths: 1/8 = 1, 1/4 = 2, 1/2 = 4, 1 = 8, 2 = 16. */
  readonly challenge: number;
  readonly xp: number;
  readonly attacks: readonly AttackRecord[];
  /** Attack ids used by one attack action, in order. Absent: one attack of choice. */
  readonly multiattack?: readonly string[];
  readonly spells?: {
    readonly ability: Ability;
    readonly dc: number;
    readonly toHit: number;
    /** Spell id -> casts per fight; 0 = at will. */
    readonly list: Readonly<Record<string, number>>;
  };
  readonly traits: readonly Trait[];
  readonly resist?: readonly DamageType[];
  /** Halved too, unless the weapon is magic. */
  readonly resistMundane?: readonly DamageType[];
  readonly immune?: readonly DamageType[];
  readonly vulnerable?: readonly DamageType[];
  readonly conditionImmune?: readonly Condition[];
  readonly darkvision: number;
  readonly passivePerception: number;
  readonly morale: number;
  readonly personality: Personality;
  readonly themes: readonly Theme[];
  readonly loot: "none" | "coins" | "trinkets";
  readonly icon: string;
}

export type Shape =
  | { readonly type: "sphere"; readonly radius: number }
  | { readonly type: "cube"; readonly side: number }
  | { readonly type: "cone"; readonly length: number }
  | { readonly type: "line"; readonly length: number; readonly width: number };

/** What a spell does; one closed list shared with items and monsters. */
export type SpellOperation =
  | {
    readonly type: "damage";
    readonly dice: string;
    readonly damageType: DamageType;
    readonly perSlot?: string;
    readonly half?: boolean;
  }
  | {
    readonly type: "darts";
    readonly count: number;
    readonly dice: string;
    readonly damageType: DamageType;
    readonly perSlot: number;
  }
  | { readonly type: "heal"; readonly dice: string; readonly addModifier: boolean; readonly perSlot?: string }
  | { readonly type: "effect"; readonly effect: EffectRecord; readonly perSlotTargets?: number }
  | { readonly type: "sleep"; readonly dice: string; readonly perSlot: string }
  | {
    readonly type: "cloud";
    readonly effect: EffectRecord;
    readonly difficult: boolean;
    readonly blocksSight: boolean;
    readonly duration: number;
    readonly concentration: boolean;
  }
  | { readonly type: "tempHp"; readonly dice: string; readonly perSlot?: number }
  | { readonly type: "stabilise" }
  | { readonly type: "light"; readonly duration: number }
  | { readonly type: "knock" }
  | { readonly type: "teleport"; readonly feet: number }
  | { readonly type: "push"; readonly feet: number }
  | {
    readonly type: "cure";
    readonly conditions: readonly Condition[];
    readonly dispel: readonly ("poison" | "disease")[];
  }
  | { readonly type: "reveal" };

export interface SpellRecord extends ContentRecord {
  readonly level: number;
  readonly school: School;
  readonly classes: readonly ClassId[];
  readonly time: "action" | "bonusAction" | "reaction";
  /** Feet; 0 = self, 5 = touch. */
  readonly range: number;
  readonly targets: "self" | "ally" | "foe" | "creature" | "creatures" | "point" | "door";
  /** How many creatures at most, for `creatures`. */
  readonly count?: number;
  /** Only these kinds of creature are touched, when given (hold person, charm person). */
  readonly only?: readonly CreatureType[];
  readonly shape?: Shape;
  readonly attack?: "melee" | "ranged";
  readonly save?: { readonly ability: Ability; readonly half: boolean };
  readonly concentration: boolean;
  readonly inBattle: boolean;
  readonly inPeace: boolean;
  readonly cantripDice?: boolean;
  readonly operations: readonly SpellOperation[];
  readonly icon: string;
}

export const WEAPON_PROPERTIES = [
  "ammunition",
  "finesse",
  "heavy",
  "light",
  "loading",
  "reach",
  "thrown",
  "twoHanded",
  "versatile",
] as const;
export type WeaponProperty = typeof WEAPON_PROPERTIES[number];

/** One record per kind of thing; an item in play is `{id, item, count, ...}` (ItemStack). `price` in copper, `weight` in tenths of a pound. */
export interface ItemRecord extends ContentRecord {
  readonly kind:
    | "weapon"
    | "armour"
    | "shield"
    | "potion"
    | "light"
    | "key"
    | "ammunition"
    | "tool"
    | "gear"
    | "treasure"
    | "ring"
    | "wondrous"
    | "scroll";
  readonly slot?: Slot;
  readonly price: number;
  readonly weight: number;
  readonly rarity: "common" | "uncommon" | "rare";
  readonly weapon?: {
    readonly class: "simple" | "martial";
    readonly dice: string;
    readonly versatile?: string;
    readonly type: DamageType;
    readonly properties: readonly WeaponProperty[];
    readonly range?: readonly [number, number];
    readonly ammunition?: string;
    readonly bonus?: number;
  };
  readonly armour?: {
    readonly class: "light" | "medium" | "heavy";
    readonly ac: number;
    readonly maxDex: number | null;
    readonly strength?: number;
    readonly stealthDisadvantage: boolean;
    readonly bonus?: number;
  };
  readonly shield?: { readonly ac: number };
  /** Modifiers while worn or wielded. */
  readonly worn?: readonly Modifier[];
  readonly wornResist?: readonly DamageType[];
  readonly use?: {
    readonly time: "action" | "bonusAction";
    readonly targets: "self" | "ally" | "foe" | "creature";
    readonly range: number;
    readonly consumed: boolean;
    readonly charges?: number;
    /** Only these kinds of creature are touched, when given (holy water). */
    readonly only?: readonly CreatureType[];
    readonly operations: readonly SpellOperation[];
    readonly save?: { readonly ability: Ability; readonly dc: number; readonly half: boolean };
    /** Thrown at the target: an attack roll with DEX, without proficiency (SRD 5.1, improvised weapons). */
    readonly attack?: "ranged";
  };
  readonly light?: { readonly bright: number; readonly seconds: number };
  readonly stack: number;
  readonly icon: string;
}

export interface ClassRecord extends ContentRecord {
  readonly id: ClassId;
  readonly hitDie: number;
  readonly saves: readonly [Ability, Ability];
  readonly keyScores: readonly Ability[];
  /** Order of abilities used by "arrange for this class". */
  readonly arrange: readonly Ability[];
  readonly skills: { readonly choose: number; readonly from: readonly Skill[]; readonly usual: readonly Skill[] };
  readonly armour: readonly ("light" | "medium" | "heavy" | "shield")[];
  readonly weapons: { readonly classes: readonly ("simple" | "martial")[]; readonly also: readonly string[] };
  readonly kit: readonly { readonly item: string; readonly count: number; readonly slot?: Slot }[];
  /** Starting coins in copper. */
  readonly coins: number;
  readonly spellcasting?: {
    readonly ability: Ability;
    /** `slots[level - 1]` = slots of spell level 1, 2, ... */
    readonly slots: readonly (readonly number[])[];
    readonly cantrips: readonly number[];
    readonly prepares: "book" | "prayer" | "known";
    readonly known?: readonly number[];
    readonly startingSpells: readonly string[];
  };
  /** Feature ids gained at each class level, 1-based index = level - 1. */
  readonly features: readonly (readonly string[])[];
  readonly icon: string;
}

/** Closed list of class and lineage features the rules know. */
export const FEATURES = [
  "secondWind",
  "actionSurge",
  "fightingStyle",
  "champion",
  "sneakAttack",
  "expertise",
  "cunningAction",
  "fastHands",
  "turnUndead",
  "sacredWeapon",
  "discipleOfLife",
  "channelDivinity",
  "layOnHands",
  "divineSmite",
  "favouredEnemy",
  "hunter",
  "arcaneRecovery",
  "sculptSpells",
  "spellcasting",
  "darkvision",
  "relentless",
  "savageAttacks",
  "lucky",
  "brave",
  "feyAncestry",
  "toughness",
  "poisonResilience",
  "gnomeCunning",
] as const;
export type Feature = typeof FEATURES[number];

export interface LineageRecord extends ContentRecord {
  readonly id: LineageId;
  readonly bonuses: Partial<Record<Ability, number>>;
  readonly speed: number;
  readonly size: Size;
  readonly features: readonly Feature[];
  readonly skills: readonly Skill[];
  readonly resist?: readonly DamageType[];
  readonly weapons?: readonly string[];
  readonly cantrip?: string;
  readonly icon: string;
}

export interface BackgroundRecord extends ContentRecord {
  readonly id: BackgroundId;
  readonly skills: readonly [Skill, Skill];
  readonly item: string;
}
