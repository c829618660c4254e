import { assertEquals, assertMatch } from "@std/assert";
import { emptyState } from "../seats/empty.ts";
import type { EffectId, WorldId } from "../types/ids.ts";
import { createPlay } from "./play.ts";
import { commandRng } from "./rng.ts";

const SEED = "00112233445566778899aabbccddeeff";

/** Ids of one command in a world in which so many events have happened. */
function idsAt(made: number, count: number, n = 1): readonly EffectId[] {
  const play = createPlay({
    state: { ...emptyState("w_1" as WorldId), made },
    by: { type: "system" },
    at: 0,
    rng: commandRng(SEED, 1, n),
    evolve: (state) => state,
  });
  return Array.from({ length: count }, () => play.id<EffectId>("e"));
}

Deno.test("id() never gives an id twice, and the same command in the same state gives the same ids", () => {
  const all = Array.from({ length: 500 }, (_, made) => idsAt(made, 4)).flat();

  assertEquals(new Set(all).size, all.length);
  assertEquals(idsAt(7, 4), idsAt(7, 4));
});

Deno.test("id() says nothing about how many events came before: neither length nor order follow their number", () => {
  const numbers = [1, 2, 3, 50, 51, 4_000, 90_000, 90_001];
  const ids = numbers.map((made) => idsAt(made, 1)[0] ?? "");

  for (const id of ids) assertMatch(id, /^e_[0-9a-z]{12}$/);
  assertEquals(ids.toSorted().join() === ids.join(), false);
  assertEquals(ids.toSorted().toReversed().join() === ids.join(), false);
});
