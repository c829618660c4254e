/** Tactical combat: the field, turns, attacks, movement, endings. The host's own intents are behind `driver.ts`. */
export { type Attack, resolveAttack } from "./attack.ts";
export { planAttack } from "./attack_rule.ts";
export { budgetOf, canSpend, grant, spend } from "./budget.ts";
export { type Circumstances, circumstances, hasTrait, inRange, isRear, reaches } from "./circumstances.ts";
export { combatDue, isPlayed } from "./clock.ts";
export { finishDeathSaves } from "./death.ts";
export { buildField } from "./field.ts";
export { combatFold } from "./fold.ts";
export { combatLegal } from "./legal.ts";
export { refusePath, walkOf } from "./move.ts";
export { reclaim } from "./react.ts";
export { meleeForm, opportunities } from "./reactions.ts";
export { combatRules } from "./rules.ts";
export { settleBattle } from "./settle.ts";
export { startBattle, type StartInput } from "./start.ts";
export { beginTurn, canAct, finishTurn, fullBudget } from "./turn.ts";
