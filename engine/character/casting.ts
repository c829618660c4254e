/** Spellcasting numbers (SRD 5.1, Spellcasting). */
import { classOf, monster } from "../content/mod.ts";
import type { ClassRecord } from "../types/content.ts";
import type { Character, Creature } from "../types/creature.ts";
import type { Ability, ClassId } from "../types/names.ts";
import { abilityModifier, levelOf, modifier, proficiencyBonus } from "./scores.ts";

type Spellcasting = NonNullable<ClassRecord["spellcasting"]>;

/** The class a character casts by, with its level there; undefined for those who do not (yet). */
export function castingOf(
  character: Pick<Character, "classes">,
): { readonly id: ClassId; readonly level: number; readonly casting: Spellcasting } | undefined {
  for (const { id, level } of character.classes) {
    const casting = classOf(id).spellcasting;
    if (!casting) continue;
    const slots = casting.slots[level - 1] ?? [];
    if (slots.length > 0) return { id, level, casting };
  }
  return undefined;
}

export function spellAbility(creature: Creature): Ability | undefined {
  if (creature.type === "monster") return monster(creature.monster).spells?.ability;
  return castingOf(creature)?.casting.ability ?? lineageCantripAbility(creature);
}

function lineageCantripAbility(character: Character): Ability | undefined {
  return character.cantrips.length > 0 ? "int" : undefined;
}

/** 8 + proficiency + modifier; 0 for those who cast nothing. */
export function spellDc(creature: Creature): number {
  if (creature.type === "monster") return monster(creature.monster).spells?.dc ?? 0;
  const ability = spellAbility(creature);
  return ability ? 8 + proficiencyBonus(levelOf(creature)) + abilityModifier(creature, ability) : 0;
}

/** Bonus of a spell's attack roll. */
export function spellAttack(creature: Creature): number {
  if (creature.type === "monster") return monster(creature.monster).spells?.toHit ?? 0;
  const ability = spellAbility(creature);
  return ability ? proficiencyBonus(levelOf(creature)) + abilityModifier(creature, ability) : 0;
}

/** Slots of a rested character by spell level, index 0 = level 1. */
export function maxSlots(character: Pick<Character, "classes">): readonly number[] {
  const own = castingOf(character);
  return own?.casting.slots[own.level - 1] ?? [];
}

/** Highest spell level there are slots for. */
export function maxSpellLevel(character: Pick<Character, "classes">): number {
  return maxSlots(character).length;
}

/**
 * How many spells can be prepared at once, cantrips and always-prepared ones aside. Mage INT + level, cleric WIS + level,
 * paladin CHA + half level; a ranger has what it knows.
 */
export function preparedMax(character: Pick<Character, "classes" | "abilities" | "spells">): number {
  const own = castingOf(character);
  if (!own) return 0;
  if (own.casting.prepares === "known") return character.spells.length;
  const level = own.id === "paladin" ? Math.floor(own.level / 2) : own.level;
  return Math.max(1, modifier(character.abilities[own.casting.ability]) + level);
}

/** SRD 5.1, Life Domain: these are always prepared and do not count. */
export function alwaysPrepared(character: Pick<Character, "classes">): readonly string[] {
  const own = castingOf(character);
  if (own?.id !== "cleric") return [];
  return own.level >= 3 ? ["bless", "cureWounds", "lesserRestoration"] : ["bless", "cureWounds"];
}
