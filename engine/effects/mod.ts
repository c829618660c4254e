/** The effect engine: conditions, modifiers, damage, healing, saves, durations. */
export { activeEffects } from "./active.ts";
export {
  beginConcentration,
  beginEffect,
  type EffectInput,
  endConcentration,
  endCondition,
  endEffect,
  endEffectsWhere,
} from "./begin.ts";
export { endSpentClouds, touchClouds } from "./clouds.ts";
export {
  type AttackReasons,
  causesOf,
  conditionReasons,
  exhaustionOf,
  failsSave,
  hampersChecks,
  hasCondition,
  isAble,
  isHelpless,
} from "./conditions.ts";
export { type DamageInput, type DamagePart, dealDamage, doubled, rollDamage } from "./damage.ts";
export { afterDefence, type Defence, defenceAgainst, isImmune } from "./defences.ts";
export { type ExtraDamage, extraDamage, hasTag, spendOnAttack, spendOnHit } from "./extra.ts";
export { effectsFold } from "./fold.ts";
export { die, gainTempHp, heal, type HealInput, PRONE, stabilise, wake } from "./life.ts";
export { flag, gather, modified, type Modifiers, modifiers, speedAfter } from "./modifiers.ts";
export { addDice, rollSave, type SaveInput, type SaveOdds, saveOdds } from "./save.ts";
export { rollDeathSave, tickPeace, tickTurnEnd, tickTurnStart } from "./ticks.ts";
