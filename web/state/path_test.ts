import { assert, assertEquals } from "@std/assert";
import type { CreatureId } from "../../engine/types/ids.ts";
import { battleView } from "../fixtures/views.ts";
import { bearing, waysOf } from "./path.ts";

Deno.test("waysOf() walks round corners, doubles rubble and marks where a foe may strike", () => {
  const combat = battleView(["#######", "#.....#", "#.#...#", "#..:..#", "#######"], {
    c_a: { at: [1, 1], side: "party" },
    n_b: { at: [1, 2], side: "foe" },
  });

  const ways = waysOf(combat, "c_a" as CreatureId);

  assertEquals(ways.get("3,1")?.feet, 10);
  assertEquals(ways.get("3,3")?.feet, 25);
  assert(ways.get("1,2") === undefined);
  assertEquals(ways.get("3,1")?.risky, [[2, 1]]);
});

Deno.test("bearing() says feet and direction as a player would", () => {
  assertEquals(bearing([5, 5], [8, 2]), { feet: 15, direction: "northeast" });
  assertEquals(bearing([5, 5], [5, 9]), { feet: 20, direction: "south" });
});
