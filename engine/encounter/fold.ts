/** Folding of encounters. */
import type { Fold } from "../core/fold.ts";
import { withLevel } from "../world/fold.ts";

export const encounterFold: Fold<
  | "EncounterMet"
  | "WanderersCame"
  | "EncounterChosen"
  | "EncounterChanged"
  | "SurpriseRolled"
  | "EncounterEnded"
> = {
  EncounterMet: (state, event) => {
    const { group } = event.encounter;
    const next = withLevel(state, event.level, (level) => {
      const one = level.groups[group];
      return one ? { groups: { ...level.groups, [group]: { ...one, state: "met" as const } } } : {};
    });
    return { ...next, mode: "encounter", encounter: event.encounter, camp: null };
  },
  WanderersCame: (state, event) =>
    withLevel(state, event.level, (level) => {
      const kept = Object.values(level.groups).filter((group) => !group.wandering || group.state !== "resolved");
      const groups = Object.fromEntries(kept.map((group) => [group.id, group]));
      return { groups: { ...groups, [event.group.id]: event.group } };
    }),
  EncounterChosen: (state) => state,
  EncounterChanged: (state, event) =>
    state.encounter
      ? {
        ...state,
        encounter: {
          ...state.encounter,
          distance: event.distance,
          waits: event.waits,
          attitude: event.attitude,
          endsAt: event.endsAt,
          surprised: "none",
        },
      }
      : state,
  SurpriseRolled: (state, event) =>
    state.encounter ? { ...state, encounter: { ...state.encounter, surprised: event.surprised } } : state,
  EncounterEnded: (state, event) => {
    const over = { ...state, mode: "explore" as const, encounter: null };
    if (event.why !== "fled") return over;
    const { level, at, facing } = state.party.lastSafe;
    return { ...over, party: { ...state.party, level, at, facing, tried: [] } };
  },
};
