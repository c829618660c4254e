/** Closed sets of the rules. Types, schemas, menus and tests all derive from these lists. */
export const ABILITIES = ["str", "dex", "con", "int", "wis", "cha"] as const;
export type Ability = typeof ABILITIES[number];
export type Scores = Readonly<Record<Ability, number>>;

export const SKILLS = [
  "acrobatics",
  "animalHandling",
  "arcana",
  "athletics",
  "deception",
  "history",
  "insight",
  "intimidation",
  "investigation",
  "medicine",
  "nature",
  "perception",
  "performance",
  "persuasion",
  "religion",
  "sleightOfHand",
  "stealth",
  "survival",
] as const;
export type Skill = typeof SKILLS[number];

export const CLASSES = ["fighter", "mage", "cleric", "thief", "ranger", "paladin"] as const;
export type ClassId = typeof CLASSES[number];

export const LINEAGES = ["human", "dwarf", "elf", "halfling", "halfElf", "halfOrc", "gnome"] as const;
export type LineageId = typeof LINEAGES[number];

export const BACKGROUNDS = [
  "acolyte",
  "sellsword",
  "scholar",
  "urchin",
  "woodward",
  "pedlar",
  "sailor",
  "tinker",
] as const;
export type BackgroundId = typeof BACKGROUNDS[number];

export const CREATION_METHODS = ["roll", "standard", "pointbuy"] as const;
export type CreationMethod = typeof CREATION_METHODS[number];

export const DAMAGE_TYPES = [
  "acid",
  "bludgeoning",
  "cold",
  "fire",
  "force",
  "lightning",
  "necrotic",
  "piercing",
  "poison",
  "psychic",
  "radiant",
  "slashing",
  "thunder",
] as const;
export type DamageType = typeof DAMAGE_TYPES[number];

export const CONDITIONS = [
  "blinded",
  "charmed",
  "deafened",
  "exhaustion",
  "frightened",
  "grappled",
  "incapacitated",
  "invisible",
  "paralyzed",
  "petrified",
  "poisoned",
  "prone",
  "restrained",
  "stunned",
  "unconscious",
] as const;
export type Condition = typeof CONDITIONS[number];

export const EFFECT_KINDS = [
  "damageOverTime",
  "healOverTime",
  "poison",
  "burning",
  "bleeding",
  "stun",
  "root",
  "statBoost",
  "statPenalty",
  "condition",
  "cloud",
  "aura",
  "summon",
  "ward",
] as const;
export type EffectKind = typeof EFFECT_KINDS[number];

export const STACK_RULES = ["highest", "refresh", "count", "exclusive"] as const;
export type StackRule = typeof STACK_RULES[number];

/** What a modifier may change. Advantage and disadvantage are flags: any number above 0 means "yes" and they are never summed. */
export const STATS = [
  "ac",
  "speed",
  "attack",
  "damage",
  "save",
  "saveStr",
  "saveDex",
  "saveCon",
  "saveInt",
  "saveWis",
  "saveCha",
  "check",
  "maxHp",
  "initiative",
  "advantageAttack",
  "disadvantageAttack",
  "grantsAdvantage",
  "grantsDisadvantage",
  "advantageSave",
  "light",
] as const;
export type Stat = typeof STATS[number];

export const SLOTS = ["head", "neck", "chest", "hands", "rings", "legs", "feet", "weaponMain", "weaponOff"] as const;
export type Slot = typeof SLOTS[number];

export const FACINGS = ["north", "east", "south", "west"] as const;
export type Facing = typeof FACINGS[number];

export const MODES = ["explore", "encounter", "battle", "aftermath", "camp"] as const;
export type Mode = typeof MODES[number];

export const ATTITUDES = ["hostile", "wary", "timid", "curious", "friendly"] as const;
export type Attitude = typeof ATTITUDES[number];

export const PERSONALITIES = [
  "brute",
  "skirmisher",
  "pack",
  "shooter",
  "caster",
  "coward",
  "mindless",
  "leader",
  "conserve",
] as const;
export type Personality = typeof PERSONALITIES[number];

export const THEMES = ["crypt", "sewer", "temple", "cave", "wood", "keep", "town", "ruin"] as const;
export type Theme = typeof THEMES[number];

export const SIZES = ["tiny", "small", "medium", "large", "huge"] as const;
export type Size = typeof SIZES[number];

export const SCHOOLS = [
  "abjuration",
  "conjuration",
  "divination",
  "enchantment",
  "evocation",
  "illusion",
  "necromancy",
  "transmutation",
] as const;
export type School = typeof SCHOOLS[number];

export const SOURCES = ["SRD 5.1", "SRD 5.2.1", "own"] as const;
export type Source = typeof SOURCES[number];

export const TURN_CLOCKS = ["normal", "brisk", "relaxed"] as const;
export type TurnClock = typeof TURN_CLOCKS[number];

/** Who put a character on Quick: its player keeps it there; clock and absence only until its player acts again. */
export const QUICK_BY = ["player", "clock", "absence"] as const;
export type QuickBy = typeof QUICK_BY[number];

/** Who is looking at a world. `party.talk` is a stream of its own, so that chat never makes a command stale. */
export const AUDIENCES = ["party", "party.talk"] as const;
export type Audience = typeof AUDIENCES[number];

export const ROLES = ["host", "leader"] as const;
export type Role = typeof ROLES[number];
