/** Which effects of a creature count at this moment: stacking by key (game design 6.4). */
import type { Creature, Effect } from "../types/creature.ts";

/** Most effects of one key that count together under the rule `count`. */
export const COUNT_CAP = 6;

/**
 * Effects that count. Under `highest` only the strongest of a key does, the weaker run on and return when it ends;
 * under `count` up to six of a key do.
 */
export function activeEffects(creature: Pick<Creature, "effects">): readonly Effect[] {
  const { effects } = creature;
  if (effects.length < 2) return effects;
  return effects.filter((effect) => counts(effects, effect));
}

function counts(effects: readonly Effect[], effect: Effect): boolean {
  const { stackKey, stackRule } = effect.record;
  if (stackRule === "count") {
    return effects.filter((one) => one.record.stackKey === stackKey).indexOf(effect) < COUNT_CAP;
  }
  return effects.every((other) =>
    other === effect || other.record.stackKey !== stackKey || !outranks(other, effect, effects)
  );
}

function outranks(a: Effect, b: Effect, order: readonly Effect[]): boolean {
  if (a.record.priority !== b.record.priority) return a.record.priority > b.record.priority;
  const strength = strengthOf(a) - strengthOf(b);
  if (strength !== 0) return strength > 0;
  return order.indexOf(a) < order.indexOf(b);
}

/** Plain measure to compare effects of one kind: the size of their changes. */
export function strengthOf(effect: Effect): number {
  return (effect.record.modifiers ?? []).reduce(
    (sum, one) => sum + Math.abs(one.op === "multiply" ? one.value - 100 : one.value),
    0,
  );
}
