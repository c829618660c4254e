import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Level } from "../types/area.ts";
import type { EdgeKey, Point } from "../types/ids.ts";
import { FACINGS } from "../types/names.ts";
import { drawLevel } from "./_scene.ts";
import { canPass, cellKey, cellsOf, edgeOf, faceOf, neighbour, pointOf, turned } from "./geometry.ts";
import { seesCell, visibleCells } from "./sight.ts";

const KNOWN = { cells: {}, found: {}, visited: {} };
const HALL = drawLevel(["aaaaa", "aaaaa", "aaaaa", "aaaaa", "aaaaa"]);

const point = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }));
const walls = fc.uniqueArray(
  fc.tuple(fc.constantFrom("n", "w"), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })),
  { maxLength: 18, selector: String },
).map((list): Level["walls"] => Object.fromEntries(list.map(([side, x, y]) => [`${side}${x},${y}`, 1])));

function seen(level: Level, at: Point, depth: number): readonly string[] {
  return visibleCells(level, KNOWN, { at, facing: "east" }, depth).map(cellKey).sort();
}

Deno.test("edgeOf() gives both sides of an edge the same name, and cellsOf() leads back", () => {
  fc.assert(fc.property(point, fc.constantFrom(...FACINGS), (at, facing) => {
    const edge = edgeOf(at, facing);
    const back = edgeOf(neighbour(at, facing), turned(facing, "about"));

    assertEquals(edge, back);
    assert(cellsOf(edge).some((cell) => cellKey(cell) === cellKey(at)));
    assertEquals(pointOf(cellKey(at)), at);
  }));
});

Deno.test("faceOf() shows a secret door as a wall until it is found", () => {
  const edge: EdgeKey = "w1,0";
  const level = drawLevel(["aa"], { doors: { [edge]: { kind: "wood", pass: 1, open: true, dc: 13, secretDc: 15 } } });

  assertEquals(faceOf(level, [0, 0], "east", {}).type, "wall");
  assertEquals(faceOf(level, [0, 0], "east", { [edge]: 1 }).type, "door");
  assertEquals(canPass(level, [0, 0], "east", {}), false);
});

Deno.test("seesCell() is the same both ways", () => {
  fc.assert(fc.property(point, point, walls, (a, b, set) => {
    const level = { ...HALL, walls: set };

    assertEquals(seesCell(level, a, b), seesCell(level, b, a));
  }));
});

Deno.test("seesCell() stops at walls and shut doors, and passes open doors", () => {
  const shut = { kind: "wood", pass: 1, open: false, dc: 13 } as const;
  const row = (more: Partial<Level>) => seesCell(drawLevel(["aaa"], more), [0, 0], [2, 0]);

  assertEquals(row({}), true);
  assertEquals(row({ walls: { "w1,0": 1 } }), false);
  assertEquals(row({ doors: { "w2,0": shut } }), false);
  assertEquals(row({ doors: { "w2,0": { ...shut, open: true } } }), true);
});

Deno.test("visibleCells() is a wedge as deep as the light", () => {
  const dark = { ...HALL, zones: { a: { name: "Hall", kind: "room", light: "dark", safe: false } } } as const;

  assertEquals(seen(dark, [0, 2], 1), ["0,1", "0,2", "0,3", "1,1", "1,2", "1,3"]);
  assertEquals(seen(dark, [0, 2], 2).includes("2,0"), true);
  assertEquals(seen(dark, [0, 2], 2).includes("3,2"), false);
});

Deno.test("visibleCells() looks from the dark into lit rooms", () => {
  const level = drawLevel(["abbbb"]);
  const zones = { ...level.zones, a: { name: "Dark", kind: "room", light: "dark", safe: false } } as const;

  assertEquals(seen({ ...level, zones }, [0, 0], 1).includes("4,0"), true);
});
