/** The engine's door. Pure: state, command and chance in; events, state and views out. */
export { decide, type Outcome, permit, ruleOf, step } from "./decide.ts";
export { type Due, due } from "./due.ts";
export { EVENT_TYPES, evolve, replay } from "./evolve.ts";
export { legalCommands, legalForSeat } from "./legal.ts";
export { commandRng, type Dice, type Rng, rngAt } from "./core/rng.ts";
export { createCharacter, rollScores } from "./character/mod.ts";
export { forecast } from "./odds/mod.ts";
export { EVENT_FORM, liftEvent, liftState, lowerState } from "./forms/mod.ts";
export { emptyState } from "./seats/mod.ts";
export { hashOf } from "./view/hash.ts";
export { applyPatch, diff, type Patch } from "./view/patch.ts";
export { redact, type ViewEvent } from "./view/redact.ts";
export { view, viewParty } from "./view/view.ts";
export { item, ITEMS, monster, MONSTERS, spell, SPELLS } from "./content/mod.ts";
