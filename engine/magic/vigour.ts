/** Fighters' second wind and action surge (SRD 5.1, Fighter). */
import { speedOf } from "../character/mod.ts";
import { monster } from "../content/mod.ts";
import { heal } from "../effects/mod.ts";
import { reject } from "../core/rule.ts";
import type { FeatureRule } from "./features.ts";
import { classLevel, noteUse, spent } from "./uses.ts";

/** Bonus action, once per rest: 1d10 + fighter level hit points. */
export const secondWind: FeatureRule = {
  cost: { bonusAction: 1 },
  has: (creature) => creature.type === "character" && creature.features.includes("secondWind"),
  fault: (_state, creature) =>
    creature.hp >= creature.maxHp ? reject("magic/bad_target") : spent(creature, "secondWind", 1),
  apply(play, creature) {
    if (creature.type !== "character") return;
    const roll = play.dice("heal").roll("1d10", classLevel(creature, "fighter"));
    noteUse(play, creature, "secondWind", { roll });
    heal(play, { target: creature.id, amount: roll.total, by: "secondWind", roll });
  },
  options: () => [{ feature: "secondWind" }],
};

/** One more action this turn, once per rest. */
export const actionSurge: FeatureRule = {
  cost: {},
  has: (creature) => creature.type === "character" && creature.features.includes("actionSurge"),
  fault: (state, creature) => state.battle ? spent(creature, "actionSurge", 1) : reject("magic/not_here"),
  apply(play, creature) {
    noteUse(play, creature, "actionSurge");
    const budget = play.state.battle?.on[creature.id]?.budget;
    if (budget) {
      play.emit({ type: "BudgetSpent", creature: creature.id, budget: { ...budget, action: budget.action + 1 } });
    }
  },
  options: () => [{ feature: "actionSurge" }],
};

/** Aggressive brutes spend the bonus action to run at their foes (SRD 5.1, Orc). */
export const aggressive: FeatureRule = {
  cost: { bonusAction: 1 },
  has: (creature) => creature.type === "monster" && monster(creature.monster).traits.includes("aggressive"),
  fault: (state) => state.battle ? undefined : reject("magic/not_here"),
  apply(play, creature) {
    const budget = play.state.battle?.on[creature.id]?.budget;
    if (!budget) return;
    const movement = budget.movement + speedOf(creature);
    play.emit({ type: "BudgetSpent", creature: creature.id, budget: { ...budget, movement } });
  },
  options: () => [{ feature: "aggressive" }],
};
