/** Numbers a creature has by what it is, wears and suffers (SRD 5.1). Nothing here is stored: it is worked out when asked. */
import { background, classOf, lineage, monster } from "../content/mod.ts";
import { speedAfter } from "../effects/modifiers.ts";
import type { Character, Creature } from "../types/creature.ts";
import { ABILITIES, type Ability, type Size, type Skill, type Stat } from "../types/names.ts";
import { memo } from "../core/memo.ts";
import { abilitiesOf, abilityModifier, abilityOfSkill, levelOf, modifier, proficiencyBonus } from "./scores.ts";
import { allModifiers, armourWorn, changed, isProficient, shieldWorn } from "./worn.ts";

export const SAVE_STATS: Readonly<Record<Ability, Stat>> = {
  str: "saveStr",
  dex: "saveDex",
  con: "saveCon",
  int: "saveInt",
  wis: "saveWis",
  cha: "saveCha",
};

/**
 * SRD 5.1, Armor Class. A `set` of `ac` is a base for the unarmoured, before DEX (mage armor's 13), and does nothing over
 * armour; everything added counts on top.
 */
export const armourClass: (creature: Creature) => number = memo(armourClassOf);

function armourClassOf(creature: Creature): number {
  const change = allModifiers(creature, "ac");
  if (creature.type === "monster") return monster(creature.monster).ac + change.add;
  const dex = modifier(creature.abilities.dex);
  const armour = armourWorn(creature)?.armour;
  const shield = shieldWorn(creature)?.shield?.ac ?? 0;
  if (!armour) return Math.max(10, change.set ?? 10) + dex + shield + change.add;
  const style = creature.choices["fightingStyle"] === "defence" ? 1 : 0;
  return armour.ac + (armour.bonus ?? 0) + (armour.maxDex === null ? dex : Math.min(dex, armour.maxDex)) + shield +
    style + change.add;
}

/** Feet a turn. Heavy armour beyond one's strength costs ten feet, except for dwarves. */
export const speedOf: (creature: Creature) => number = memo(speedNow);

function speedNow(creature: Creature): number {
  if (creature.type === "monster") return speedAfter(creature, monster(creature.monster).speed);
  const record = lineage(creature.lineage);
  const needs = armourWorn(creature)?.armour?.strength ?? 0;
  const weighed = needs > creature.abilities.str && creature.lineage !== "dwarf" ? 10 : 0;
  return speedAfter(creature, record.speed - weighed + wornSpeed(creature));
}

function wornSpeed(character: Character): number {
  return allModifiers({ ...character, effects: [] }, "speed").add;
}

/** Whether armour or shield is worn without having learnt it: disadvantage on STR and DEX rolls, and no spells. */
export function isHampered(creature: Creature): boolean {
  if (creature.type === "monster") return false;
  return [armourWorn(creature), shieldWorn(creature)].some((one) => one !== undefined && !isProficient(creature, one));
}

/** Flat bonus of a saving throw; dice such as bless's are added by whoever rolls. */
export function saveBonus(creature: Creature, ability: Ability): number {
  const change = allModifiers(creature, "save").add + allModifiers(creature, SAVE_STATS[ability]).add;
  return baseSave(creature, ability) + change;
}

function baseSave(creature: Creature, ability: Ability): number {
  const plain = abilityModifier(creature, ability);
  if (creature.type === "monster") return monster(creature.monster).saves?.[ability] ?? plain;
  const first = creature.classes[0];
  const trained = first !== undefined && classOf(first.id).saves.includes(ability);
  return plain + (trained ? proficiencyBonus(levelOf(creature)) : 0);
}

function isAbility(key: Skill | Ability): key is Ability {
  return ABILITIES.some((one) => one === key);
}

/** Flat bonus of an ability check, by skill or by bare ability. */
export function checkBonus(creature: Creature, key: Skill | Ability): number {
  return trainedBonus(creature, key) + changeOfChecks(creature, key);
}

function trainedBonus(creature: Creature, key: Skill | Ability): number {
  if (isAbility(key)) return abilityModifier(creature, key);
  const plain = abilityModifier(creature, abilityOfSkill(key));
  if (creature.type === "monster") return monster(creature.monster).skills?.[key] ?? plain;
  if (!creature.skills.includes(key)) return plain;
  const twice = creature.features.includes("expertise") &&
    (creature.choices["expertise1"] === key || creature.choices["expertise2"] === key);
  return plain + proficiencyBonus(levelOf(creature)) * (twice ? 2 : 1);
}

/** What effects and things worn add: to every check, to those of the ability, and to this skill's. */
function changeOfChecks(creature: Creature, key: Skill | Ability): number {
  if (isAbility(key)) return allModifiers(creature, "check", key).add;
  const unbound = allModifiers(creature, "check").add;
  const byAbility = allModifiers(creature, "check", abilityOfSkill(key)).add;
  return byAbility + allModifiers(creature, "check", key).add - unbound;
}

/**
 * Passive perception against certain foes: a ranger watches for its favoured enemy with advantage, which is +5
 * (SRD 5.1, Ranger; Passive Checks).
 */
export function watchfulAgainst(creature: Creature, foes: readonly string[]): number {
  const favoured = creature.type === "character" && creature.features.includes("favouredEnemy") &&
    foes.some((id) => monster(id).creatureType === creature.choices["favouredEnemy"]);
  return passivePerception(creature) + (favoured ? 5 : 0);
}

/** Passive perception of a kind; a keen nose is advantage, which is +5 (SRD 5.1, Keen Smell; Passive Checks). */
export function watchfulnessOf(kind: string): number {
  const record = monster(kind);
  return record.passivePerception + (record.traits.includes("keenSmell") ? 5 : 0);
}

/** 10 and the perception bonus. */
export function passivePerception(creature: Creature): number {
  if (creature.type === "monster") return watchfulnessOf(creature.monster);
  return 10 + checkBonus(creature, "perception");
}

export function initiativeBonus(creature: Creature): number {
  return changed(creature, "initiative", abilityModifier(creature, "dex"));
}

/** Feet of sight in the dark; 0 without. */
export function darkvision(creature: Creature): number {
  if (creature.type === "monster") return monster(creature.monster).darkvision;
  return creature.features.includes("darkvision") ? 60 : 0;
}

export function sizeOf(creature: Creature): Size {
  return creature.type === "monster" ? monster(creature.monster).size : lineage(creature.lineage).size;
}

/** Squares per side of a footprint: one up to medium, two large, three huge. */
export function footprintOf(creature: Creature): number {
  const size = sizeOf(creature);
  return size === "huge" ? 3 : size === "large" ? 2 : 1;
}

/** Tenths of a pound a character can carry: STR x 15 lb. */
export function carryingCapacity(creature: Creature): number {
  return abilitiesOf(creature).str * 150;
}

/** Skills by class choice, lineage and background, each once. */
export function allSkills(
  character: Pick<Character, "lineage" | "background">,
  chosen: readonly Skill[],
): readonly Skill[] {
  return [
    ...new Set([...background(character.background).skills, ...lineage(character.lineage).skills, ...chosen]),
  ];
}
