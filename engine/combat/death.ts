/** Death saves that nobody waits for (game design 17). */
import type { Play } from "../core/play.ts";
import { rollDeathSave } from "../effects/mod.ts";
import type { CreatureId } from "../types/ids.ts";

/** Three successes or three failures come in five rolls at most. */
const MOST_ROLLS = 5;

/** A dying character rolls until it is stable, awake or dead. */
export function finishDeathSaves(play: Play, id: CreatureId): void {
  for (let roll = 0; roll < MOST_ROLLS && play.state.characters[id]?.life === "dying"; roll++) rollDeathSave(play, id);
}
