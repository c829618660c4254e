import { assert, assertEquals, assertFalse } from "@std/assert";
import fc from "fast-check";
import type { CreatureId, EffectId, LevelId, Point } from "../types/ids.ts";
import type { Battle, Cloud } from "../types/state.ts";
import { cover, lineOfSight, screenOf, SHUT, wallCover } from "./sight.ts";

type Scene = Pick<Battle, "field" | "clouds" | "on">;

/** A field from drawn rows; letters `a` and `b` are floor whose places are found again by `find`. */
function drawn(rows: readonly string[], clouds: Scene["clouds"] = {}): Scene {
  return {
    field: {
      width: rows[0]?.length ?? 0,
      height: rows.length,
      rows: rows.map((row) => row.replace(/[a-z]/g, ".")),
      level: "l_1" as LevelId,
      origin: [0, 0],
      edges: {},
    },
    clouds,
    on: {},
  };
}

function find(rows: readonly string[], letter: string): Point {
  const y = rows.findIndex((row) => row.includes(letter));
  return [(rows[y] ?? "").indexOf(letter), y];
}

function sees(rows: readonly string[]): boolean {
  return lineOfSight(drawn(rows), find(rows, "a"), find(rows, "b"));
}

function coverOf(rows: readonly string[], others: readonly string[] = []): number {
  const place = (letter: string) => ({ at: find(rows, letter), size: 1 });
  return cover(drawn(rows).field, place("a"), place("b"), others.map(place));
}

Deno.test("lineOfSight() is clear over open floor and stopped by walls, pillars and shut doors", () => {
  assert(sees(["a....b"]));
  for (const solid of ["#", "T", "+"]) assertFalse(sees([`#####`, `a.${solid}.b`, `#####`]), solid);
  for (const open of [".", "/", ":", "~", ">"]) assert(sees([`#####`, `a.${open}.b`, `#####`]), open);
});

Deno.test("lineOfSight() does not pass where two walls meet at a corner", () => {
  assertFalse(sees(["a#", "#b"]));
  assert(sees(["a.", "#b"]));
});

Deno.test("lineOfSight() looks around the end of a wall", () => {
  assert(sees(["a...", "##..", "..b."]));
  assertFalse(sees(["a...", "####", "..b."]));
});

Deno.test("lineOfSight() ends at a cloud beyond five feet", () => {
  const cloud: Cloud = {
    id: "e_1" as EffectId,
    spell: "fogCloud",
    caster: "c_1" as CreatureId,
    squares: [[2, 0], [3, 0]],
    dc: 0,
    endsAt: 100,
    concentration: true,
    difficult: false,
    blocksSight: true,
    touched: [],
  };
  const scene = drawn(["......"], { [cloud.id]: cloud });

  assertFalse(lineOfSight(scene, [0, 0], [5, 0]));
  assertFalse(lineOfSight(scene, [0, 0], [2, 0]));
  assert(lineOfSight(scene, [1, 0], [2, 0]));
  assert(lineOfSight(drawn(["......"], { [cloud.id]: { ...cloud, blocksSight: false } }), [0, 0], [5, 0]));
});

const tile = fc.constantFrom(".", ".", ".", "#", "T", "+");
const room = fc.array(fc.array(tile, { minLength: 9, maxLength: 9 }).map((row) => row.join("")), {
  minLength: 7,
  maxLength: 7,
});
const square = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 6 }));

Deno.test("lineOfSight() is the same both ways", () => {
  fc.assert(fc.property(room, square, square, (rows, a, b) => {
    const scene = drawn(rows);
    assertEquals(lineOfSight(scene, a, b), lineOfSight(scene, b, a));
  }));
});

Deno.test("cover() is half behind a corner, three-quarters through a slit, none in the open", () => {
  assertEquals(coverOf(["a....b"]), 0);
  assertEquals(coverOf(["#.....", "a...b.", "......"]), 0);
  assertEquals(coverOf(["......", "a.....", "...#b."]), 2);
  assertEquals(coverOf(["..##..", "a....b", "..##.."]), 0);
  assertEquals(coverOf(["#...#.", "a....#", "...##b", "#....."]), 5);
});

Deno.test("cover() counts a creature between as half", () => {
  assertEquals(coverOf(["a.c.b"], ["c"]), 2);
  assertEquals(coverOf(["a...b", "..c.."], ["c"]), 0);
});

Deno.test("what stands in the open is seen and has no cover, as drawing every line says", () => {
  const thin = fc.integer({ min: 0, max: 11 }).map((roll) => roll === 0 ? "#" : roll === 1 ? "T" : ".");
  const hall = fc.array(fc.array(thin, { minLength: 9, maxLength: 9 }).map((row) => row.join("")), {
    minLength: 7,
    maxLength: 7,
  });
  fc.assert(
    fc.property(hall, square, square, (rows, a, b) => {
      const scene = drawn(rows);
      const lines = screenOf(scene.field, a, b);

      assertEquals(lineOfSight(scene, a, b), lines < SHUT);
      assertEquals(wallCover(scene.field, { at: a, size: 1 }, { at: b, size: 1 }), lines === SHUT ? 5 : lines);
    }),
    { numRuns: 500 },
  );
});
