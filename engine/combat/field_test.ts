import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Level } from "../types/area.ts";
import type { Field } from "../types/state.ts";
import { openLevel } from "./_testing.ts";
import { buildField, PITCH } from "./field.ts";

const SEED = "00112233445566778899aabbccddeeff";

/** A level with floor where the drawing has letters, nothing else. */
function level(change: Partial<Level> & { readonly floor: readonly string[] }): Level {
  const rows = Array.from({ length: 16 }, (_, y) => (change.floor[y] ?? "").padEnd(16, "#").slice(0, 16));
  return { ...openLevel({ monsters: [], rows }), ...change };
}

function rowsOf(one: Level, cell: readonly [number, number] = [0, 0]): readonly string[] {
  return buildField({ level: one, known: undefined, cells: [cell], seed: SEED }).rows;
}

/** The field with its dressing swept away. */
function bare(rows: readonly string[]): readonly string[] {
  return rows.map((row) => row.replaceAll(/[:T~]/g, "."));
}

Deno.test("buildField() is 49x25, walls around cells, open edges left as floor", () => {
  const rows = bare(rowsOf(level({ floor: ["aa"] })));

  assertEquals([rows.length, new Set(rows.map((row) => row.length))], [25, new Set([49])]);
  assertEquals(rows.slice(0, 7).map((row) => row.slice(0, 14)), [
    "##############",
    "#...........##",
    "#...........##",
    "#..........>##",
    "#...........##",
    "#...........##",
    "##############",
  ]);
});

Deno.test("doors leave one square, arches three, walls and unfound secrets none", () => {
  const door = { kind: "wood", pass: 1, open: false, dc: 12 } as const;
  const line = (change: Partial<Level>) =>
    bare(rowsOf(level({ floor: ["aa"], ...change }))).slice(1, 6).map((row) => row[PITCH]).join("");

  assertEquals(line({ doors: { "w1,0": door } }), "##+##");
  assertEquals(line({ doors: { "w1,0": { ...door, open: true } } }), "##/##");
  assertEquals(line({ doors: { "w1,0": { ...door, kind: "arch", open: true } } }), "#...#");
  assertEquals(line({ doors: { "w1,0": { ...door, secretDc: 15 } } }), "#####");
  assertEquals(line({ walls: { "w1,0": 1 } }), "#####");
});

Deno.test("a corner is solid if any wall meets it, and floor where none does", () => {
  const open = bare(rowsOf(level({ floor: ["aa", "aa"] })));
  const walled = bare(rowsOf(level({ floor: ["aa", "aa"], walls: { "n0,1": 1 } })));

  assertEquals([open[PITCH]?.[PITCH], walled[PITCH]?.[PITCH]], [".", "#"]);
});

Deno.test("ways out: where floor goes on beyond the window, and on stairs", () => {
  const wide = buildField({ level: openLevel({ monsters: [] }), known: undefined, cells: [[7, 7]], seed: SEED });
  assert(wide.rows.some((row) => row.startsWith(">") && row.endsWith(">")));
  assert(wide.rows[0]?.includes(">>>>>"));

  const stairs = { type: "stairs", direction: "up", to: { level: "l_2" as never, at: [0, 0] } } as const;
  const deep = rowsOf(level({ floor: ["aa"], features: { "0,0": stairs } }));
  assertEquals(deep[3]?.[3], ">");
});

Deno.test("a sealed hall gets a way out far from the foes", () => {
  const sealed = level({ floor: ["aaaa"] });

  const field = buildField({ level: sealed, known: undefined, cells: [[0, 0], [2, 0]], seed: SEED });

  const out = field.rows.flatMap((row, y) => [...row].flatMap((letter, x) => letter === ">" ? [[x, y]] : []));
  assertEquals(out.length, 1);
  assert((out[0]?.[0] ?? 99) < 3);
});

Deno.test("what lies behind a shut door decides nothing about a hall: it gets its way out whether there is one or not", () => {
  const door = { kind: "wood", pass: 1, open: false, dc: 12 } as const;
  const hall = (floor: string) => {
    const place = level({ floor: [floor], doors: { "w3,0": door } });
    const { rows } = buildField({ level: place, known: undefined, cells: [[0, 0], [2, 0]], seed: SEED });
    return rows.map((row) => row.slice(0, 18));
  };

  // The room behind the door goes on beyond the window, or is not there at all.
  assertEquals(hall("aaabbbbbbbbb"), hall("aaab"));
});

Deno.test("the window is clamped to the level and holds both sides", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 15 }),
      fc.integer({ min: 0, max: 15 }),
      fc.integer({ min: 0, max: 2 }),
      (x, y, far) => {
        const foes: readonly [number, number] = [Math.min(15, x + far), y];
        const { origin } = buildField({
          level: openLevel({ monsters: [] }),
          known: undefined,
          cells: [[x, y], foes],
          seed: SEED,
        });
        for (const [cx, cy] of [[x, y], foes] as const) {
          assert(cx >= origin[0] && cx < origin[0] + 8 && cy >= origin[1] && cy < origin[1] + 4);
        }
        assert(origin[0] >= 0 && origin[0] <= 8 && origin[1] >= 0 && origin[1] <= 12);
      },
    ),
  );
});

Deno.test("the same cell is dressed the same on every visit, and never cut in two", () => {
  const hall = openLevel({ monsters: [] });
  const one = buildField({ level: hall, known: undefined, cells: [[4, 4]], seed: SEED });
  const two = buildField({ level: hall, known: undefined, cells: [[5, 5]], seed: SEED });

  const cellAt = (field: typeof one, x: number, y: number) => {
    const left = (x - field.origin[0]) * PITCH + 1;
    const top = (y - field.origin[1]) * PITCH + 1;
    return field.rows.slice(top, top + 5).map((row) => row.slice(left, left + 5)).join("");
  };
  assertEquals(cellAt(one, 5, 4), cellAt(two, 5, 4));
  const open = one.rows.join("").replaceAll(/[#T+]/g, "").length;
  assertEquals(reached(one), open);
});

/** Squares a walker can come to from the middle of the field. */
function reached(field: Field): number {
  const seen = new Set<string>(["24,12"]);
  for (const key of seen) {
    const [x = 0, y = 0] = key.split(",").map(Number);
    for (const [dx, dy] of [[0, 1], [1, 0], [0, -1], [-1, 0]] as const) {
      const letter = field.rows[y + dy]?.[x + dx] ?? "#";
      if (!"#T+".includes(letter)) seen.add(`${x + dx},${y + dy}`);
    }
  }
  return seen.size;
}
