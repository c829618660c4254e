/** UseFeature: what classes can do a limited number of times (SRD 5.1, Classes). */
import { findCreature } from "../core/fold.ts";
import { memo } from "../core/memo.ts";
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import { isAble } from "../effects/mod.ts";
import type { Budget, Creature } from "../types/creature.ts";
import type { CreatureId } from "../types/ids.ts";
import type { PlayerIntent } from "../types/command.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";
import { channelDivinity } from "./channel.ts";
import { cunningAction } from "./cunning.ts";
import { layOnHands } from "./lay_on_hands.ts";
import { arcaneRecovery } from "./recovery.ts";
import { divineSmite } from "./smite.ts";
import { actionSurge, aggressive, secondWind } from "./vigour.ts";

export type FeatureIntent = IntentOf<"UseFeature">;

/** One feature that is used, not just had. */
export interface FeatureRule {
  /** What it costs in battle; elsewhere it is free. */
  readonly cost: Partial<Budget>;
  readonly has: (creature: Creature) => boolean;
  /** Why it cannot be used as asked, beyond having it and paying for it. */
  readonly fault: (state: WorldState, creature: Creature, intent: FeatureIntent) => Rejection | undefined;
  readonly apply: (play: Play, creature: Creature, intent: FeatureIntent) => void;
  /** Sensible ways to use it now, before the checks. */
  readonly options: (state: WorldState, creature: Creature) => readonly Omit<FeatureIntent, "type" | "character">[];
}

export const FEATURE_RULES: Readonly<Record<string, FeatureRule>> = {
  secondWind,
  actionSurge,
  layOnHands,
  channelDivinity,
  divineSmite,
  cunningAction,
  arcaneRecovery,
  aggressive,
};

/** Why a feature cannot be used as asked, or undefined. */
export function featureFault(state: WorldState, intent: FeatureIntent): Rejection | undefined {
  const creature = findCreature(state, intent.character);
  if (!creature) return reject("character/unknown");
  const rule = Object.hasOwn(FEATURE_RULES, intent.feature) ? FEATURE_RULES[intent.feature] : undefined;
  if (!rule?.has(creature)) return reject("character/no_feature", { feature: intent.feature });
  if (!isAble(creature)) return reject("combat/incapacitated");
  const budget = state.battle?.on[creature.id]?.budget;
  if (budget && (rule.cost.action ?? 0) > budget.action) return reject("combat/no_action");
  if (budget && (rule.cost.bonusAction ?? 0) > budget.bonusAction) return reject("combat/no_bonus_action");
  return rule.fault(state, creature, intent);
}

/** Uses a feature: checks, pays, does it. */
export function useFeature(play: Play, intent: FeatureIntent): Rejection | undefined {
  const fault = featureFault(play.state, intent);
  if (fault) return fault;
  const creature = findCreature(play.state, intent.character);
  const rule = FEATURE_RULES[intent.feature];
  if (!creature || !rule) return reject("character/no_feature");
  pay(play, creature.id, rule.cost);
  rule.apply(play, creature, intent);
  return undefined;
}

function pay(play: Play, id: CreatureId, cost: Partial<Budget>): void {
  const budget = play.state.battle?.on[id]?.budget;
  if (!budget || (cost.action === undefined && cost.bonusAction === undefined)) return;
  play.emit({
    type: "BudgetSpent",
    creature: id,
    budget: {
      ...budget,
      action: budget.action - (cost.action ?? 0),
      bonusAction: budget.bonusAction - (cost.bonusAction ?? 0),
    },
  });
}

const rulesOf = memo((creature: Creature) => Object.entries(FEATURE_RULES).filter(([, rule]) => rule.has(creature)));

/** Sensible ways to use every feature a creature has, whether or not it could do so now. */
export function featureChoices(state: WorldState, creature: Creature): readonly FeatureIntent[] {
  const out: FeatureIntent[] = [];
  for (const [feature, rule] of rulesOf(creature)) {
    for (const option of rule.options(state, creature)) {
      out.push({ type: "UseFeature", character: creature.id, ...option, feature });
    }
  }
  return out;
}

/** Every feature a creature could use now. */
export function featureOptions(state: WorldState, creature: Creature): readonly PlayerIntent[] {
  return featureChoices(state, creature).filter((intent) => !featureFault(state, intent));
}
