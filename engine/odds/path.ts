/** Who would react along a path. */
import { opportunities } from "../combat/reactions.ts";
import { withCombatant } from "../core/fold.ts";
import type { CreatureId, Point } from "../types/ids.ts";
import type { WorldState } from "../types/state.ts";

/** Foes that could strike at a creature while it walks a path, each once, in the order they would. */
export function reactorsAlong(state: WorldState, mover: CreatureId, path: readonly Point[]): readonly CreatureId[] {
  const found = new Set<CreatureId>();
  let now = state;
  for (const to of path) {
    for (const id of opportunities(now, mover, to)) found.add(id);
    now = withCombatant(now, mover, { at: to });
  }
  return [...found];
}
