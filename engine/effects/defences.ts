/** What a creature shrugs off: damage types and conditions, from kind, lineage, things worn and effects. */
import { item, lineage, monster } from "../content/mod.ts";
import type { EffectRecord } from "../types/content.ts";
import type { Creature } from "../types/creature.ts";
import type { DamageType } from "../types/names.ts";
import { hasCondition } from "./conditions.ts";

export type Defence = "immune" | "resisted" | "vulnerable" | "none";

/**
 * How a creature takes a damage type: immunity first; resistance and vulnerability together cancel. `magical`: it comes
 * from a magic weapon, which some resistances do not stop.
 */
export function defenceAgainst(creature: Creature, type: DamageType, magical = false): Defence {
  const list = (name: "resist" | "immune" | "vulnerable") =>
    (creature.type === "monster" ? monster(creature.monster)[name] ?? [] : []).includes(type) ||
    creature.effects.some((one) => one.record[name]?.includes(type));
  if (list("immune")) return "immune";
  const resisted = list("resist") || (!magical && resistsMundane(creature, type)) || ownResistance(creature, type) ||
    hasCondition(creature, "petrified");
  const vulnerable = list("vulnerable");
  if (resisted === vulnerable) return "none";
  return resisted ? "resisted" : "vulnerable";
}

function resistsMundane(creature: Creature, type: DamageType): boolean {
  return creature.type === "monster" && (monster(creature.monster).resistMundane?.includes(type) ?? false);
}

function ownResistance(creature: Creature, type: DamageType): boolean {
  if (creature.type === "monster") return false;
  if (lineage(creature.lineage).resist?.includes(type)) return true;
  for (const worn of Object.values(creature.worn).flat()) {
    const stack = creature.pack.find((one) => one.id === worn);
    if (stack && item(stack.item).wornResist?.includes(type)) return true;
  }
  return false;
}

/** Damage left of one type after immunity, resistance (half, rounded down) and vulnerability (double). */
export function afterDefence(amount: number, defence: Defence): number {
  switch (defence) {
    case "immune":
      return 0;
    case "resisted":
      return Math.floor(amount / 2);
    case "vulnerable":
      return amount * 2;
    case "none":
      return amount;
  }
}

/** Whether an effect cannot take hold: by condition, and for poison by immunity to its damage. */
export function isImmune(creature: Creature, record: EffectRecord): boolean {
  const condition = record.condition ?? (record.kind === "poison" ? "poisoned" : undefined);
  if (condition === undefined) return false;
  if (creature.type === "monster") {
    const kind = monster(creature.monster);
    if (kind.conditionImmune?.includes(condition)) return true;
    return record.tags.includes("sleep") && (kind.creatureType === "undead" || kind.creatureType === "construct");
  }
  return record.tags.includes("sleep") && creature.features.includes("feyAncestry");
}
