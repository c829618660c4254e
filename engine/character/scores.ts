/** Ability scores, levels and what follows from them alone (SRD 5.1, Using Ability Scores; Beyond 1st Level). */
import { monster } from "../content/mod.ts";
import type { Character, Creature } from "../types/creature.ts";
import type { Ability, Scores, Skill } from "../types/names.ts";

/** -5 at score 1, 0 at 10, +5 at 20. */
export function modifier(score: number): number {
  return Math.floor((score - 10) / 2);
}

/** +2 at levels 1-4, one more every four levels. */
export function proficiencyBonus(level: number): number {
  return 2 + Math.floor((Math.max(1, level) - 1) / 4);
}

/** Sum of all class levels. */
export function levelOf(character: Pick<Character, "classes">): number {
  return character.classes.reduce((sum, one) => sum + one.level, 0);
}

/** Highest level this release has features for. */
export const MAX_LEVEL = 3;

const XP = [
  0,
  300,
  900,
  2700,
  6500,
  14000,
  23000,
  34000,
  48000,
  64000,
  85000,
  100000,
  120000,
  140000,
  165000,
  195000,
  225000,
  265000,
  305000,
  355000,
];

/** XP at which a level is reached; the last row holds for anything above 20. */
export function xpForLevel(level: number): number {
  return XP[Math.min(XP.length, Math.max(1, level)) - 1] ?? 0;
}

/** Whether enough XP is held for the next level, and this release has one. */
export function canLevelUp(character: Pick<Character, "classes" | "xp">): boolean {
  const level = levelOf(character);
  return level < MAX_LEVEL && character.xp >= xpForLevel(level + 1);
}

export function abilitiesOf(creature: Creature): Scores {
  return creature.type === "character" ? creature.abilities : monster(creature.monster).abilities;
}

export function abilityModifier(creature: Creature, ability: Ability): number {
  return modifier(abilitiesOf(creature)[ability]);
}

const SKILL_ABILITY: Readonly<Record<Skill, Ability>> = {
  acrobatics: "dex",
  animalHandling: "wis",
  arcana: "int",
  athletics: "str",
  deception: "cha",
  history: "int",
  insight: "wis",
  intimidation: "cha",
  investigation: "int",
  medicine: "wis",
  nature: "int",
  perception: "wis",
  performance: "cha",
  persuasion: "cha",
  religion: "int",
  sleightOfHand: "dex",
  stealth: "dex",
  survival: "wis",
};

export function abilityOfSkill(skill: Skill): Ability {
  return SKILL_ABILITY[skill];
}
