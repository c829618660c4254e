/** Folding of defeat: the party wakes where the first level begins, and acts again. */
import type { Fold } from "../core/fold.ts";
import type { Facing } from "../types/names.ts";
import type { LevelId, Point } from "../types/ids.ts";
import type { WorldState } from "../types/state.ts";

export const defeatFold: Fold<"PartyOverrun" | "PartyRescued"> = {
  PartyOverrun: (state, event) => wake(state, event, state.party.purse - event.coins),
  PartyRescued: (state, event) => wake(state, event, state.party.purse - event.fee),
};

function wake(
  state: WorldState,
  place: { readonly level: LevelId; readonly to: Point; readonly facing: Facing },
  purse: number,
): WorldState {
  const at = { level: place.level, at: place.to, facing: place.facing };
  return {
    ...state,
    mode: "explore",
    encounter: null,
    camp: null,
    party: { ...state.party, ...at, lastSafe: at, purse: Math.max(0, purse), searching: false, tried: [], light: null },
  };
}
