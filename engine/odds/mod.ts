/** Exact odds: distributions of dice, chances of attacks and saves, forecasts before commit. */
export { type AttackOdds, attackOdds } from "./attack.ts";
export { failOdds, type HitOdds, hitOdds } from "./d20.ts";
export { attackWorth, damageOn, type DamageSpec, halfDamageOn } from "./damage.ts";
export { atLeast, certain, diceOf, type Distribution, leastOf, mapped, meanOf, mostOf, plus } from "./distribution.ts";
export { forecast, percent, span } from "./forecast.ts";
export { reactorsAlong } from "./path.ts";
export { castOdds, type TouchOdds } from "./spell.ts";
