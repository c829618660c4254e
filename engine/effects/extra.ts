/** Damage that effects add to a weapon's hit, and what a hit or an attack uses up. */
import { monster } from "../content/mod.ts";
import type { Play } from "../core/play.ts";
import type { Creature } from "../types/creature.ts";
import type { CreatureId } from "../types/ids.ts";
import { DAMAGE_TYPES, type DamageType } from "../types/names.ts";
import { activeEffects } from "./active.ts";
import { endEffectsWhere } from "./begin.ts";

export interface ExtraDamage {
  readonly dice: string;
  readonly type: DamageType;
  /** Source of the effect, for the log. */
  readonly from: string;
}

/**
 * Dice added to a hit with a weapon: divine favour, a declared smite. `only` of the modifier names the damage type, else
 * it is the weapon's. Smites need melee, and burn the undead and fiends worse (SRD 5.1, Paladin).
 */
export function extraDamage(
  by: Creature,
  target: Creature,
  hit: { readonly type: DamageType; readonly melee: boolean },
): readonly ExtraDamage[] {
  if (by.effects.length === 0) return [];
  const out: ExtraDamage[] = [];
  for (const { record, source } of activeEffects(by)) {
    const smite = record.tags.includes("smite");
    if (smite && !hit.melee) continue;
    for (const { stat, dice, only } of record.modifiers ?? []) {
      if (stat === "damage" && dice !== undefined) out.push({ dice, type: typeOf(only, hit.type), from: source });
    }
    if (smite && isUnholy(target)) out.push({ dice: "1d8", type: "radiant", from: source });
  }
  return out;
}

function typeOf(only: string | undefined, weapon: DamageType): DamageType {
  return DAMAGE_TYPES.find((one) => one === only) ?? weapon;
}

function isUnholy(target: Creature): boolean {
  if (target.type !== "monster") return false;
  const { creatureType } = monster(target.monster);
  return creatureType === "undead" || creatureType === "fiend";
}

/** After a melee hit: a declared smite is used up. */
export function spendOnHit(play: Play, by: CreatureId): void {
  endEffectsWhere(play, by, (one) => one.record.tags.includes("smite"), "attack");
}

/** After an attack roll, hit or miss: invisibility of the attacker ends, and what exposed the target to one attack. */
export function spendOnAttack(play: Play, by: CreatureId, target: CreatureId): void {
  endEffectsWhere(play, by, (one) => one.record.endsOnAttack === true, "attack");
  endEffectsWhere(play, target, (one) => one.record.tags.includes("spentWhenAttacked"), "attack");
}

/** Whether an effect with this tag is at work, e.g. `noReactions`. */
export function hasTag(creature: Pick<Creature, "effects">, tag: string): boolean {
  return creature.effects.some((one) => one.record.tags.includes(tag));
}
