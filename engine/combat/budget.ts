/** Paying with the turn's budget. Nothing here ever goes below nought. */
import type { Play } from "../core/play.ts";
import type { Budget } from "../types/creature.ts";
import type { CreatureId } from "../types/ids.ts";
import type { WorldState } from "../types/state.ts";

/** What a creature has left; nothing outside battle. */
export function budgetOf(state: WorldState, id: CreatureId): Budget | undefined {
  return state.battle?.on[id]?.budget;
}

/** Whether all of a cost is there. Outside battle everything is affordable. */
export function canSpend(state: WorldState, id: CreatureId, cost: Partial<Budget>): boolean {
  const budget = budgetOf(state, id);
  return !budget || keys(cost).every((key) => budget[key] >= (cost[key] ?? 0));
}

/** Takes a cost away and says what is left. Throws a RangeError when it is not there: check with `canSpend` first. */
export function spend(play: Play, id: CreatureId, cost: Partial<Budget>): void {
  const budget = budgetOf(play.state, id);
  if (!budget) return;
  if (!canSpend(play.state, id, cost)) {
    throw new RangeError(`Cannot pay as the budget must cover ${JSON.stringify(cost)}: got ${JSON.stringify(budget)}`);
  }
  change(play, id, Object.fromEntries(keys(cost).map((key) => [key, budget[key] - (cost[key] ?? 0)])));
}

/** Adds to the budget, e.g. feet by Dash or a second action. */
export function grant(play: Play, id: CreatureId, more: Partial<Budget>): void {
  const budget = budgetOf(play.state, id);
  if (!budget) return;
  change(play, id, Object.fromEntries(keys(more).map((key) => [key, budget[key] + (more[key] ?? 0)])));
}

function change(play: Play, id: CreatureId, next: Partial<Budget>): void {
  const budget = budgetOf(play.state, id);
  if (budget) play.emit({ type: "BudgetSpent", creature: id, budget: { ...budget, ...next } });
}

function keys(cost: Partial<Budget>): readonly (keyof Budget)[] {
  return Object.keys(cost) as (keyof Budget)[];
}
