import { type EventForm, mapRecords, type StateForm, type Stored } from "./form.ts";

/**
 * State 2: who put a character on Quick stands beside it. Form 1 did not say, so it counts as its player, who takes it
 * back by hand as ever.
 */
export const stateQuickBy: StateForm = {
  to: 2,
  about: "note who put a character on Quick",
  up: (state) => withCharacters(state, (one) => one["quick"] === true ? { ...one, quickBy: "player" } : one),
  down: (state) => withCharacters(state, ({ quickBy: _, ...one }) => one),
};

/**
 * Events 2: `QuickSet` says `player`, `clock` or `absence`, and the state keeps it. Form 1 said `owner` or `clock`, the
 * latter for absence too, and the state forgot it. All become `player`: the fold of a lifted log has to be the lifted
 * state of the same place, and that one cannot know.
 */
export const quickSetBy: EventForm = {
  to: 2,
  about: "say who put a character on Quick",
  type: "QuickSet",
  up: (event) => ({ ...event, by: "player" }),
};

function withCharacters(state: Stored, change: (character: Stored) => Stored): Stored {
  return { ...state, characters: mapRecords(state["characters"], change) };
}
