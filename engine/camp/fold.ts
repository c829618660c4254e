/** Folding of camp, rest and growth. */
import { type Fold, withCharacter } from "../core/fold.ts";

export const campFold: Fold<
  | "CampMade"
  | "RestStarted"
  | "RestInterrupted"
  | "HitDiceSpent"
  | "Rested"
  | "SpellsPrepared"
  | "OrderSet"
  | "CampBroken"
  | "LevelGained"
> = {
  CampMade: (state) => ({ ...state, mode: "camp", camp: { since: state.clock, rests: 0 } }),
  RestStarted(state, event) {
    const { resting, ...party } = state.party;
    return resting && resting.kind !== event.kind ? { ...state, party } : state;
  },
  RestInterrupted(state, event) {
    const resting = { kind: event.kind ?? "long", done: event.afterSeconds, until: state.clock + RESUME_SECONDS };
    return { ...state, camp: null, mode: "explore", party: { ...state.party, resting } };
  },
  HitDiceSpent: (state, event) =>
    withCharacter(state, event.character, (one) => ({ ...one, hp: event.hp, hitDice: event.left })),
  Rested(state, event) {
    const rested = event.characters.reduce(
      (next, { id, hp, slots, used, hitDice, life }) =>
        withCharacter(next, id, (one) => ({
          ...one,
          hp,
          slots,
          used,
          hitDice,
          life,
          deathSaves: { successes: 0, failures: 0 },
          tempHp: event.kind === "long" ? 0 : one.tempHp,
          lastLongRest: event.kind === "long" ? state.clock : one.lastLongRest,
        })),
      state,
    );
    const { resting: _, ...party } = rested.party;
    return { ...rested, party, camp: rested.camp ? { ...rested.camp, rests: rested.camp.rests + 1 } : null };
  },
  SpellsPrepared: (state, event) =>
    withCharacter(state, event.character, (one) => ({ ...one, prepared: event.spells })),
  OrderSet: (state, event) => ({ ...state, party: { ...state.party, order: event.order } }),
  CampBroken: (state) => ({ ...state, camp: null, mode: state.mode === "camp" ? "explore" : state.mode }),
  LevelGained: (state, event) => withCharacter(state, event.character, () => event.sheet),
};

/** A broken rest is taken up again within this time (SRD 5.1: an hour of fighting spoils it, less does not). */
export const RESUME_SECONDS = 3_600;
