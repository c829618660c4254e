/** Plays one seeded dungeon to its end and proves what has to hold of it. Runs in workers, so that all cores play. */
import { emptyState, hashOf, replay } from "../../engine/mod.ts";
import type { HashValue } from "../../engine/view/hash.ts";
import type { WorldId } from "../../engine/types/ids.ts";
import { seedOf } from "../kit/engine_world.ts";
import { standardParty } from "../kit/party.ts";
import { brokenInvariants } from "./invariants.ts";
import { playRandomly } from "./random_player.ts";

/** Far beyond what any dungeon has needed: reaching it means the player is stuck. */
export const LIMIT = 20_000;

export interface DungeonReport {
  readonly dungeon: number;
  readonly commands: number;
  /** One line each; empty when everything held. */
  readonly broken: readonly string[];
}

export function finishDungeon(dungeon: number): DungeonReport {
  const seed = seedOf(dungeon);
  const broken: string[] = [];
  try {
    const { world, done } = playRandomly({
      seed,
      characters: standardParty(6, dungeon),
      options: { turnClock: "normal", difficulty: "story" },
      limit: LIMIT,
      watch: ({ state, n }) => {
        for (const line of brokenInvariants(state)) broken.push(`command ${n}: ${line}`);
        if (broken.length > 0) throw new Error("An invariant is broken");
      },
    });
    if (!done) broken.push(`not finished after ${LIMIT} commands`);
    const again = replay(emptyState("w_test" as WorldId), world.events);
    if (hashOf(again as unknown as HashValue) !== hashOf(world.state as unknown as HashValue)) {
      broken.push("replay differs from live");
    }
    return { dungeon, commands: world.n, broken };
  } catch (error) {
    return {
      dungeon,
      commands: 0,
      broken: [...broken, `seed ${seed}: ${error instanceof Error ? error.stack : error}`],
    };
  }
}
