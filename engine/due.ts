/** What the server itself will command next, and when: turn clocks, AI turns, menus and shares that run out. */
import { combatDue } from "./combat/mod.ts";
import type { SystemIntent } from "./types/command.ts";
import type { WorldState } from "./types/state.ts";

/** `at` in ms; a time not after `state.at` means now. */
export interface Due {
  readonly at: number;
  readonly intent: SystemIntent;
}

/** The next timer of a world, or undefined while nothing waits for time. At most one: a world is in exactly one mode. */
export function due(state: WorldState): Due | undefined {
  switch (state.mode) {
    case "battle":
      return combatDue(state);
    case "encounter":
      return state.encounter ? { at: state.encounter.endsAt, intent: { type: "EncounterExpired" } } : undefined;
    case "aftermath":
      return state.aftermath ? { at: state.aftermath.endsAt, intent: { type: "LootExpired" } } : undefined;
    case "explore":
    case "camp":
      return undefined;
  }
}
