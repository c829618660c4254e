/** Folding of events: total, without chance, time or refusal. Replay needs nothing else. */
import { aftermathFold } from "./aftermath/mod.ts";
import { campFold } from "./camp/mod.ts";
import { combatFold } from "./combat/mod.ts";
import type { Fold } from "./core/fold.ts";
import { effectsFold } from "./effects/mod.ts";
import { encounterFold } from "./encounter/mod.ts";
import { itemFold } from "./items/mod.ts";
import { magicFold } from "./magic/mod.ts";
import { questFold } from "./quest/mod.ts";
import { seatFold } from "./seats/mod.ts";
import type { WorldEvent } from "./types/event.ts";
import type { WorldState } from "./types/state.ts";
import { worldFold } from "./world/mod.ts";

const FOLD: Fold<WorldEvent["type"]> = {
  ...seatFold,
  ...worldFold,
  ...encounterFold,
  ...combatFold,
  ...effectsFold,
  ...magicFold,
  ...itemFold,
  ...aftermathFold,
  ...campFold,
  ...questFold,
};

/** The state after one event. Total: an event about a creature that is no longer there changes nothing. */
export function evolve(state: WorldState, event: WorldEvent): WorldState {
  const fold = FOLD[event.type] as (state: WorldState, event: WorldEvent) => WorldState;
  const next = fold(state, event);
  return { ...next, made: state.made + 1 };
}

/** Names of every event this engine can fold; loading refuses any other loudly. */
export const EVENT_TYPES: ReadonlySet<string> = new Set(Object.keys(FOLD));

/** The fold from a world's beginning. */
export function replay(start: WorldState, events: readonly WorldEvent[]): WorldState {
  return events.reduce(evolve, start);
}
