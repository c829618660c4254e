/** Creatures for which the same odds hold, so that they are worked out once for all of them. */
import { attackForms } from "../character/mod.ts";
import type { Creature } from "../types/creature.ts";

/**
 * Monsters of a kind strike and suffer alike while they stand and nothing is at work on them: the list of forms they
 * share stands for them all. Anyone else is a sort of their own. Hit points are not looked at.
 */
export function sortOf(one: Creature): object {
  return one.type === "monster" && one.life === "up" && one.effects.length === 0 ? attackForms(one) : one;
}
