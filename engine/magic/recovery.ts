/** Arcane recovery: in camp, once a day, slots worth half the mage's level come back (SRD 5.1, Wizard). */
import { maxSlots } from "../character/mod.ts";
import { reject } from "../core/rule.ts";
import type { Creature } from "../types/creature.ts";
import type { FeatureRule } from "./features.ts";
import { classLevel, noteUse, spent } from "./uses.ts";

/** Slots after recovery: the highest missing ones that fit into the levels there are to give. */
export function recovered(creature: Creature): readonly number[] {
  if (creature.type !== "character") return creature.slots;
  const most = maxSlots(creature);
  let left = Math.ceil(classLevel(creature, "mage") / 2);
  const slots = most.map((_, i) => creature.slots[i] ?? 0);
  for (let level = Math.min(5, most.length); level >= 1; level--) {
    while (left >= level && (slots[level - 1] ?? 0) < (most[level - 1] ?? 0)) {
      slots[level - 1] = (slots[level - 1] ?? 0) + 1;
      left -= level;
    }
  }
  return slots;
}

export const arcaneRecovery: FeatureRule = {
  cost: {},
  has: (creature) => creature.type === "character" && creature.features.includes("arcaneRecovery"),
  fault(state, creature) {
    if (state.mode !== "camp") return reject("magic/not_here");
    const gone = spent(creature, "arcaneRecovery", 1);
    if (gone) return gone;
    const back = recovered(creature);
    return back.every((left, i) => left === (creature.slots[i] ?? 0)) ? reject("character/rested") : undefined;
  },
  apply: (play, creature) => noteUse(play, creature, "arcaneRecovery", { slots: recovered(creature) }),
  options: () => [{ feature: "arcaneRecovery" }],
};
