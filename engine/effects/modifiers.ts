/** What the effects at work on a creature change: set, then add, then multiply (game design 6.4). */
import type { Modifier } from "../types/content.ts";
import type { Creature } from "../types/creature.ts";
import type { Stat } from "../types/names.ts";
import { activeEffects } from "./active.ts";
import { exhaustionOf, hasCondition } from "./conditions.ts";

export interface Modifiers {
  /** Value of the `set` with the highest priority, if any. */
  readonly set: number | undefined;
  readonly add: number;
  /** Percentages, one after another: 50 halves. */
  readonly multiply: readonly number[];
  /** Dice added to a roll, such as bless's `1d4`; `-1d4` takes away. */
  readonly dice: readonly string[];
}

const NONE: Modifiers = { set: undefined, add: 0, multiply: [], dice: [] };

/**
 * Sum of what effects (spells, potions, riders) change of one stat. Worn items are not effects: add them with
 * `gather(list, stat)`. `only` names the damage type, skill or ability in question; a modifier bound to another is left out.
 */
export function modifiers(creature: Pick<Creature, "effects">, stat: Stat, only?: string): Modifiers {
  if (creature.effects.length === 0) return NONE;
  const list: { readonly modifier: Modifier; readonly priority: number }[] = [];
  for (const effect of activeEffects(creature)) {
    for (const modifier of effect.record.modifiers ?? []) {
      list.push({ modifier, priority: effect.record.priority });
    }
  }
  return gather(list, stat, only);
}

/** The same sum over any list of modifiers, such as those of worn items. */
export function gather(
  list: readonly { readonly modifier: Modifier; readonly priority: number }[],
  stat: Stat,
  only?: string,
): Modifiers {
  let set: number | undefined;
  let setPriority = -1;
  let add = 0;
  const multiply: number[] = [];
  const dice: string[] = [];
  for (const { modifier, priority } of list) {
    if (modifier.stat !== stat || (modifier.only !== undefined && modifier.only !== only)) continue;
    if (modifier.dice !== undefined) dice.push(modifier.value < 0 ? `-${modifier.dice}` : modifier.dice);
    else if (modifier.op === "add") add += modifier.value;
    else if (modifier.op === "multiply") multiply.push(modifier.value);
    else if (priority > setPriority || (priority === setPriority && modifier.value > (set ?? 0))) {
      set = modifier.value;
      setPriority = priority;
    }
  }
  return { set, add, multiply, dice };
}

/** Base, highest `set`, sum of `add`, product of `multiply`, rounded down after each. */
export function modified(base: number, change: Modifiers): number {
  let value = (change.set ?? base) + change.add;
  for (const percent of change.multiply) value = Math.floor((value * percent) / 100);
  return value;
}

/** Whether a flag such as `advantageAttack` is raised. Flags are never summed. */
export function flag(creature: Pick<Creature, "effects">, stat: Stat, only?: string): boolean {
  if (creature.effects.length === 0) return false;
  return activeEffects(creature).some((effect) =>
    effect.record.modifiers?.some((one) =>
      one.stat === stat && one.value > 0 && (one.only === undefined || one.only === only)
    )
  );
}

/** Speed in feet after effects and conditions; `base` is what lineage, armour and items give. */
export function speedAfter(creature: Creature, base: number): number {
  if (
    hasCondition(creature, "grappled") || hasCondition(creature, "restrained") || hasCondition(creature, "paralyzed") ||
    hasCondition(creature, "stunned") || hasCondition(creature, "petrified") || hasCondition(creature, "unconscious") ||
    creature.effects.some((effect) => effect.record.kind === "root")
  ) return 0;
  const steps = exhaustionOf(creature);
  if (steps >= 5) return 0;
  const speed = Math.max(0, modified(base, modifiers(creature, "speed")));
  return steps >= 2 ? Math.floor(speed / 2) : speed;
}
