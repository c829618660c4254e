/** Spells and class features. */
export { areaSquares, creaturesIn, nearestSquare, startsAtCaster } from "./area.ts";
export { spellForm } from "./attack.ts";
export { type CastIntent, type CastPlan, type CastStart, isKind, isPlan, mostTargets, planCast } from "./check.ts";
export { featureChoices, featureFault, featureOptions } from "./features.ts";
export { magicFold } from "./fold.ts";
export { findSpell, isHarmful, payable, spellsOf } from "./known.ts";
export { castOptions, castPlans, magicLegal, startsOf } from "./legal.ts";
export { type OperationsInput, runOperations } from "./operations.ts";
export { cantripTimes, healBonus, magicRules, sparedBy, spellModifier } from "./rules.ts";
