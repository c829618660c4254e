import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { FACINGS } from "../types/names.ts";
import type { Field } from "../types/state.ts";
import { levelId } from "../world/ids.ts";
import { ahead, placeAll } from "./placement.ts";

/** An empty hall of 49x25 squares. */
const HALL: Field = {
  width: 49,
  height: 25,
  rows: ["#".repeat(49), ...new Array<string>(23).fill(`#${".".repeat(47)}#`), "#".repeat(49)],
  level: levelId("l_1"),
  origin: [0, 0],
  edges: {},
};
/** Middle of cell 4,2. */
const FIRE = [27, 15] as const;

Deno.test("placeAll() of a camp puts the party around the fire and foes on two sides of it", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...FACINGS),
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 2, maxLength: 8 }),
      (facing, party, foes) => {
        const places = placeAll({ field: HALL, cell: [4, 2], facing, distance: 0, party, foes, camp: true });
        const [dx, dy] = ahead(facing);
        const sides = places.foes.map((at) => at && Math.sign((at[0] - FIRE[0]) * dx + (at[1] - FIRE[1]) * dy));

        for (const at of places.party) {
          assert(at && Math.max(Math.abs(at[0] - FIRE[0]), Math.abs(at[1] - FIRE[1])) === 1, "beside the fire");
        }
        assertEquals(new Set(places.party.map(String)).size, party);
        assert(sides.every((side) => side !== undefined), "everybody has room");
        assert(sides.includes(1) && sides.includes(-1), "from two sides");
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("placeAll() on the march keeps ranks behind the middle and foes ahead", () => {
  const places = placeAll({ field: HALL, cell: [4, 2], facing: "north", distance: 0, party: 6, foes: [1, 1, 1] });

  assert(places.party.every((at) => at && at[1] > FIRE[1]));
  assert(places.foes.every((at) => at && at[1] < FIRE[1]));
});
