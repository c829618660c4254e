/** The fifteen conditions and what each does to attacks, saves and acts (SRD 5.1, Appendix A). */
import type { Creature } from "../types/creature.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Ability, Condition } from "../types/names.ts";

type Afflicted = Pick<Creature, "effects" | "life">;

/** Conditions that bring others with them. */
const BRINGS: Readonly<Partial<Record<Condition, readonly Condition[]>>> = {
  paralyzed: ["incapacitated"],
  petrified: ["incapacitated"],
  stunned: ["incapacitated"],
  unconscious: ["incapacitated", "prone"],
};

/** Whether a creature suffers a condition, by an effect or by lying at 0 hit points. */
export function hasCondition(creature: Afflicted, condition: Condition): boolean {
  if (creature.life !== "up" && (condition === "unconscious" || BRINGS.unconscious?.includes(condition))) return true;
  for (const { record } of creature.effects) {
    const own = record.condition ?? (record.kind === "stun" ? "stunned" : record.kind === "poison" ? "poisoned" : null);
    if (own === null) continue;
    if (own === condition || BRINGS[own]?.includes(condition)) return true;
  }
  return false;
}

/** Whether it can take actions and reactions. */
export function isAble(creature: Afflicted): boolean {
  return creature.life === "up" && (creature.effects.length === 0 || !hasCondition(creature, "incapacitated"));
}

/** Steps of exhaustion, 0-6. */
export function exhaustionOf(creature: Pick<Creature, "effects">): number {
  return Math.min(6, creature.effects.filter((effect) => effect.record.condition === "exhaustion").length);
}

/** Those who cause a condition, e.g. whom it must not attack while charmed. */
export function causesOf(creature: Pick<Creature, "effects">, condition: Condition): readonly CreatureId[] {
  return creature.effects.flatMap((one) =>
    one.record.condition === condition && one.caster !== null ? [one.caster] : []
  );
}

export interface AttackReasons {
  readonly advantage: readonly string[];
  readonly disadvantage: readonly string[];
}

/**
 * Reasons for advantage and disadvantage of an attack that lie in conditions and effects alone. Place, cover, facing and
 * help are the battle's own reasons. `feet` is the distance between the two.
 */
export function conditionReasons(by: Creature, target: Creature, feet: number): AttackReasons {
  if (by.effects.length === 0 && target.effects.length === 0 && by.life === "up" && target.life === "up") return CLEAR;
  const advantage: string[] = [];
  const disadvantage: string[] = [];
  for (const condition of ["blinded", "poisoned", "frightened", "restrained", "prone"] as const) {
    if (hasCondition(by, condition)) disadvantage.push(condition);
  }
  if (exhaustionOf(by) >= 3) disadvantage.push("exhaustion");
  if (hasCondition(by, "invisible")) advantage.push("unseen");
  for (const condition of ["blinded", "paralyzed", "petrified", "restrained", "stunned", "unconscious"] as const) {
    if (hasCondition(target, condition)) advantage.push(condition);
  }
  if (hasCondition(target, "invisible")) disadvantage.push("unseen");
  if (hasCondition(target, "prone")) (feet <= 5 ? advantage : disadvantage).push("prone");
  if (raised(by, "advantageAttack")) advantage.push("effect");
  if (raised(by, "disadvantageAttack")) disadvantage.push("effect");
  if (raised(target, "grantsAdvantage")) advantage.push("exposed");
  if (raised(target, "grantsDisadvantage")) disadvantage.push("warded");
  return { advantage, disadvantage };
}

const CLEAR: AttackReasons = { advantage: [], disadvantage: [] };

function raised(creature: Creature, stat: string): boolean {
  return creature.effects.some((one) =>
    one.record.modifiers?.some((change) => change.stat === stat && change.value > 0)
  );
}

/** A hit from within 5 feet on one who cannot defend itself is a critical (SRD 5.1, paralyzed and unconscious). */
export function isHelpless(creature: Afflicted): boolean {
  return hasCondition(creature, "paralyzed") || hasCondition(creature, "unconscious");
}

/** Whether a save of this ability fails without a roll. */
export function failsSave(creature: Afflicted, ability: Ability): boolean {
  if (ability !== "str" && ability !== "dex") return false;
  return hasCondition(creature, "paralyzed") || hasCondition(creature, "petrified") ||
    hasCondition(creature, "stunned") || hasCondition(creature, "unconscious");
}

/** Whether conditions put a save at disadvantage. */
export function hampersSave(creature: Afflicted, ability: Ability): boolean {
  return (ability === "dex" && hasCondition(creature, "restrained")) || exhaustionOf(creature) >= 3;
}

/** Whether conditions put ability checks at disadvantage. */
export function hampersChecks(creature: Afflicted): boolean {
  return hasCondition(creature, "poisoned") || hasCondition(creature, "frightened") || exhaustionOf(creature) >= 1;
}
