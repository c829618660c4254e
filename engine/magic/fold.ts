/** Folding of spells and features: slots and uses, nothing else. */
import { findCreature, type Fold, withCreature } from "../core/fold.ts";

export const magicFold: Fold<"SpellCast" | "SpellLost" | "FeatureUsed"> = {
  SpellCast: (state, event) => withCreature(state, event.by, { slots: event.slots }),
  SpellLost: (state) => state,
  FeatureUsed(state, event) {
    const creature = findCreature(state, event.creature);
    if (!creature) return state;
    const used = { ...creature.used, [event.feature]: event.used };
    return withCreature(state, event.creature, event.slots === undefined ? { used } : { used, slots: event.slots });
  },
};
