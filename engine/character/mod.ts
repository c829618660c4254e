/** Characters: creation, growth, and every number derived from a sheet. */
export { type AttackForm, attackForms } from "./attacks.ts";
export {
  alwaysPrepared,
  castingOf,
  maxSlots,
  maxSpellLevel,
  preparedMax,
  spellAbility,
  spellAttack,
  spellDc,
} from "./casting.ts";
export { choicesAt, FIGHTING_STYLES, takeChoices } from "./choices.ts";
export { createCharacter, type Creation, type CreationInput, type CreationIntent } from "./create.ts";
export {
  allSkills,
  armourClass,
  carryingCapacity,
  checkBonus,
  darkvision,
  footprintOf,
  initiativeBonus,
  isHampered,
  passivePerception,
  saveBonus,
  sizeOf,
  speedOf,
  watchfulAgainst,
  watchfulnessOf,
} from "./derive.ts";
export { grow, type Grown, type Growth } from "./grow.ts";
export { pointCost, POINTS, rollScores, STANDARD_ARRAY } from "./methods.ts";
export {
  abilitiesOf,
  abilityModifier,
  abilityOfSkill,
  canLevelUp,
  levelOf,
  MAX_LEVEL,
  modifier,
  proficiencyBonus,
  xpForLevel,
} from "./scores.ts";
export { allModifiers, allWorn, isProficient, isWorn, stackOf, wornIn } from "./worn.ts";
