/** Which spells a character has: a mage's book, a ranger's few, the whole list of those who pray. */
import { classOf, SPELLS } from "../content/mod.ts";
import type { ClassId } from "../types/names.ts";
import { castingOf, maxSpellLevel } from "./casting.ts";
import type { Character } from "../types/creature.ts";

/** Spells of a class up to a level, cantrips left out, in the order of the tables. */
export function classSpells(id: ClassId, upTo: number): readonly string[] {
  return Object.values(SPELLS).filter((one) => one.level >= 1 && one.level <= upTo && one.classes.includes(id)).map((
    one,
  ) => one.id);
}

/** Cantrips of a class. */
export function classCantrips(id: ClassId): readonly string[] {
  return Object.values(SPELLS).filter((one) => one.level === 0 && one.classes.includes(id)).map((one) => one.id);
}

/** How many levelled spells the book or the head holds at a class level; undefined: the whole list. */
export function knownAt(id: ClassId, level: number): number | undefined {
  return classOf(id).spellcasting?.known?.[level - 1];
}

/** Spells a character of these classes may write down or learn. */
export function learnable(character: Pick<Character, "classes">): readonly string[] {
  const own = castingOf(character);
  return own ? classSpells(own.id, maxSpellLevel(character)) : [];
}

/**
 * The spells held after learning: what was held, what is wanted, and the class's usual ones for the rest. Undefined when
 * something wanted cannot be learnt or is too much.
 */
export function learn(
  character: Pick<Character, "classes">,
  held: readonly string[],
  wanted: readonly string[] | undefined,
): readonly string[] | undefined {
  const own = castingOf(character);
  if (!own) return wanted && wanted.length > 0 ? undefined : held;
  const open = learnable(character);
  const most = knownAt(own.id, own.level);
  if (most === undefined) return wanted && wanted.some((id) => !open.includes(id)) ? undefined : open;
  const fresh = (wanted ?? []).filter((id) => !held.includes(id));
  if (fresh.some((id) => !open.includes(id)) || new Set(fresh).size !== fresh.length) return undefined;
  if (held.length + fresh.length > most) return undefined;
  const usual = [...own.casting.startingSpells, ...open].filter((id) => open.includes(id));
  return [...new Set([...held, ...fresh, ...usual])].slice(0, Math.max(most, held.length));
}
