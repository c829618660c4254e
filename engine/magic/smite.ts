/**
 * Divine smite (SRD 5.1, Paladin), declared before the blow: a slot charges the weapon, and the next melee hit within a
 * minute adds 2d8 radiant and 1d8 for each level above the first. A miss does not waste it.
 */
import { reject } from "../core/rule.ts";
import { beginEffect, hasTag } from "../effects/mod.ts";
import type { EffectRecord } from "../types/content.ts";
import type { Creature } from "../types/creature.ts";
import type { FeatureRule } from "./features.ts";
import { noteUse } from "./uses.ts";

/** Most dice a slot of any level adds. */
const MOST_DICE = 5;

/** The charge that a slot of this level puts on a weapon. */
export function smiteRecord(slot: number): EffectRecord {
  return {
    kind: "statBoost",
    name: "Divine smite",
    tags: ["magic", "holy", "smite"],
    modifiers: [{ stat: "damage", op: "add", value: 0, dice: `${Math.min(MOST_DICE, 1 + slot)}d8`, only: "radiant" }],
    duration: 60,
    stackKey: "divineSmite",
    stackRule: "refresh",
    priority: 50,
    dispel: "none",
  };
}

function lowestSlot(creature: Creature): number {
  return creature.slots.findIndex((left) => left > 0) + 1;
}

export const divineSmite: FeatureRule = {
  cost: {},
  has: (creature) => creature.type === "character" && creature.features.includes("divineSmite"),
  fault(state, creature, intent) {
    if (!state.battle) return reject("magic/not_here");
    if (hasTag(creature, "smite")) return reject("character/feature_spent", { feature: "divineSmite" });
    const slot = intent.amount ?? lowestSlot(creature);
    return (creature.slots[slot - 1] ?? 0) > 0 ? undefined : reject("magic/no_slot", { slot });
  },
  apply(play, creature, intent) {
    const slot = intent.amount ?? lowestSlot(creature);
    const slots = creature.slots.map((left, i) => i === slot - 1 ? left - 1 : left);
    noteUse(play, creature, "divineSmite", { slots });
    beginEffect(play, {
      target: creature.id,
      record: smiteRecord(slot),
      source: "divineSmite",
      caster: creature.id,
    });
  },
  options: (_state, creature) =>
    creature.slots.flatMap((left, i) => left > 0 ? [{ feature: "divineSmite", amount: i + 1 }] : []),
};
