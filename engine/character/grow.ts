/** Growing by one level (SRD 5.1, Beyond 1st Level). */
import { classOf } from "../content/mod.ts";
import type { Dice } from "../core/rng.ts";
import { reject } from "../core/rule.ts";
import type { Character } from "../types/creature.ts";
import type { Roll } from "../types/event.ts";
import type { Rejection } from "../types/rejection.ts";
import { alwaysPrepared, castingOf, maxSlots, preparedMax } from "./casting.ts";
import { choicesAt, takeChoices } from "./choices.ts";
import { modifier } from "./scores.ts";
import { learn } from "./spellbook.ts";

export interface Growth {
  readonly hp: "average" | "roll";
  readonly choices?: Readonly<Record<string, string>>;
  readonly spells?: readonly string[];
}

export interface Grown {
  readonly sheet: Character;
  /** Hit points gained. */
  readonly hp: number;
  readonly features: readonly string[];
  readonly roll?: Roll;
}

/** The sheet one level up in its first class. The caller has seen to XP and the highest level. */
export function grow(character: Character, growth: Growth, dice: () => Dice): Grown | Rejection {
  const first = character.classes[0];
  if (!first) return reject("character/unknown");
  const level = first.level + 1;
  const record = classOf(first.id);
  const choices = takeChoices(choicesAt(first.id, level, character.skills), growth.choices);
  if (!choices) return reject("character/bad_choice");
  const classes = [{ id: first.id, level }, ...character.classes.slice(1)];
  const spells = learn({ classes }, character.spells, growth.spells);
  if (!spells) return reject("magic/unknown_spell");
  const features = record.features[level - 1] ?? [];
  const con = modifier(character.abilities.con);
  const roll = growth.hp === "roll" ? dice().roll(`1d${record.hitDie}`, con) : undefined;
  const tough = character.features.includes("toughness") ? 1 : 0;
  const hp = Math.max(1, roll ? roll.total : record.hitDie / 2 + 1 + con) + tough;
  const grown: Character = {
    ...character,
    classes,
    choices: { ...character.choices, ...choices },
    features: [...new Set([...character.features, ...features])],
    maxHp: character.maxHp + hp,
    hp: character.life === "up" ? character.hp + hp : character.hp,
    hitDice: character.hitDice + 1,
    slots: grownSlots(character, classes),
    spells,
  };
  const sheet = { ...grown, prepared: filled(grown) };
  return { sheet, hp, features, ...(roll ? { roll } : {}) };
}

/** What is left, and what the new level adds. */
function grownSlots(before: Character, classes: Character["classes"]): readonly number[] {
  const old = maxSlots(before);
  return maxSlots({ classes }).map((most, index) => most - (old[index] ?? 0) + (before.slots[index] ?? 0));
}

/** Prepared spells as they were, new room filled with the class's usual ones. */
export function filled(character: Character): readonly string[] {
  const own = castingOf(character);
  if (!own) return [];
  if (own.casting.prepares === "known") return character.spells;
  const free = alwaysPrepared(character);
  const order = [...character.prepared, ...own.casting.startingSpells, ...character.spells];
  const chosen = [...new Set(order)].filter((id) => character.spells.includes(id) && !free.includes(id));
  return [...free, ...chosen.slice(0, preparedMax(character))];
}
