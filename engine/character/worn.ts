/** What a character wears and wields, and what that changes. */
import { classOf, item, lineage } from "../content/mod.ts";
import { gather, modified, type Modifiers, modifiers } from "../effects/modifiers.ts";
import type { ItemRecord } from "../types/content.ts";
import type { Character, Creature, ItemStack } from "../types/creature.ts";
import type { ItemId } from "../types/ids.ts";
import type { Slot, Stat } from "../types/names.ts";

export interface Worn {
  readonly stack: ItemStack;
  readonly record: ItemRecord;
}

export function stackOf(character: Pick<Character, "pack">, id: ItemId): ItemStack | undefined {
  return character.pack.find((one) => one.id === id);
}

/** Items in one slot, in the order they were put on. */
export function wornIn(character: Pick<Character, "pack" | "worn">, slot: Slot): readonly Worn[] {
  return (character.worn[slot] ?? []).flatMap((id) => {
    const stack = stackOf(character, id);
    return stack ? [{ stack, record: item(stack.item) }] : [];
  });
}

export function allWorn(character: Pick<Character, "pack" | "worn">): readonly Worn[] {
  return Object.values(character.worn).flat().flatMap((id) => {
    const stack = stackOf(character, id);
    return stack ? [{ stack, record: item(stack.item) }] : [];
  });
}

export function isWorn(character: Pick<Character, "worn">, id: ItemId): boolean {
  return Object.values(character.worn).some((ids) => ids.includes(id));
}

export function armourWorn(character: Character): ItemRecord | undefined {
  return wornIn(character, "chest").find((one) => one.record.armour)?.record;
}

export function shieldWorn(character: Character): ItemRecord | undefined {
  return wornIn(character, "weaponOff").find((one) => one.record.shield)?.record;
}

/** Whether class or lineage have taught the use of a weapon, armour or shield. Anything else needs no teaching. */
export function isProficient(character: Character, record: ItemRecord): boolean {
  const classes = character.classes.map((one) => classOf(one.id));
  if (record.shield) return classes.some((one) => one.armour.includes("shield"));
  const { armour, weapon } = record;
  if (armour) return classes.some((one) => one.armour.includes(armour.class));
  if (!weapon) return true;
  const base = record.id.replace(/Plus\d$/, "");
  return classes.some((one) => one.weapons.classes.includes(weapon.class) || one.weapons.also.includes(base)) ||
    (lineage(character.lineage).weapons ?? []).includes(base);
}

/** Effects and worn things together. */
export function allModifiers(creature: Creature, stat: Stat, only?: string): Modifiers {
  const effects = modifiers(creature, stat, only);
  if (creature.type === "monster") return effects;
  const list = allWorn(creature).flatMap((one) =>
    (one.record.worn ?? []).map((change) => ({ modifier: change, priority: 0 }))
  );
  if (list.length === 0) return effects;
  const worn = gather(list, stat, only);
  return {
    set: effects.set ?? worn.set,
    add: effects.add + worn.add,
    multiply: [...effects.multiply, ...worn.multiply],
    dice: [...effects.dice, ...worn.dice],
  };
}

/** A number after effects and worn things. */
export function changed(creature: Creature, stat: Stat, base: number, only?: string): number {
  return modified(base, allModifiers(creature, stat, only));
}
