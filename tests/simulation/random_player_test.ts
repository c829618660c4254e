import { assert, assertEquals } from "@std/assert";
import { emptyState, hashOf, replay } from "../../engine/mod.ts";
import type { HashValue } from "../../engine/view/hash.ts";
import type { WorldId } from "../../engine/types/ids.ts";
import { seedOf } from "../kit/engine_world.ts";
import { standardParty } from "../kit/party.ts";
import { brokenInvariants } from "./invariants.ts";
import { playRandomly } from "./random_player.ts";

const DUNGEONS = 200;
/** Far beyond what any dungeon has needed: reaching it means the player is stuck. */
const LIMIT = 20_000;

/** Plays one dungeon to its end and proves that replaying its log gives the same state. Returns the accepted commands. */
function finish(i: number): number {
  const seed = seedOf(i);
  const { world, done } = playRandomly({
    seed,
    characters: standardParty(6, i),
    options: { turnClock: "normal", difficulty: "story" },
    limit: LIMIT,
    watch: ({ state, n }) => assertEquals(brokenInvariants(state), [], `dungeon ${i}, seed ${seed}, command ${n}`),
  });
  assert(done, `dungeon ${i}, seed ${seed}: not finished after ${LIMIT} commands`);
  const again = replay(emptyState("w_test" as WorldId), world.events);
  assertEquals(
    hashOf(again as unknown as HashValue),
    hashOf(world.state as unknown as HashValue),
    `dungeon ${i}: replay differs`,
  );
  return world.n;
}

Deno.test(`a random player finishes ${DUNGEONS} dungeons by legal commands alone`, () => {
  for (let i = 0; i < DUNGEONS; i += 1) assert(finish(i) > 0);
});
