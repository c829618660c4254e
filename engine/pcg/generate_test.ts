import { assert, assertEquals } from "@std/assert";
import { rngAt } from "../core/rng.ts";
import { sipHash128 } from "../core/siphash.ts";
import type { Level } from "../types/area.ts";
import { FACINGS } from "../types/names.ts";
import { cellKey, faceOf, floorCells, neighbour } from "../world/geometry.ts";
import { generateLevels } from "./generate.ts";
import { validateArea, validateLevel } from "./validate/mod.ts";

function seedOf(number: number): string {
  return (number * 2_654_435_761 % 4_294_967_296).toString(16).padStart(32, "0");
}

function areaOf(seed: number) {
  return generateLevels(rngAt(seedOf(seed), "area"), { difficulty: "normal" });
}

/** A short mark of everything a seed makes. */
function markOf(value: unknown): string {
  return sipHash128("0".repeat(32), JSON.stringify(value)).map((word) => (word >>> 0).toString(16).padStart(8, "0"))
    .join("");
}

/** Ways round: edges that join cells, less what a tree of the same cells would need. */
function circuits(level: Level): number {
  const cells = floorCells(level);
  const zones = new Set(level.rows.join("").replaceAll("#", ""));
  const joined = new Set<string>();
  for (const at of cells) {
    for (const facing of FACINGS) {
      if (faceOf(level, at, facing).type === "wall") continue;
      const [x, y] = neighbour(at, facing);
      const pair = [level.rows[at[1]]?.[at[0]] ?? "", level.rows[y]?.[x] ?? ""].sort();
      if (pair[0] !== pair[1]) joined.add(pair.join(""));
    }
  }
  return joined.size - (zones.size - 1);
}

/** The ground alone: what content tables cannot change. */
function groundOf({ rows, walls, doors, zones, entry, goal, plan }: Level): unknown {
  return [rows, walls, doors, zones, entry, goal, plan];
}

/**
 * Marks of three seeds: ground, then everything with dwellers, treasure and commissions. A change of generator or of content tables
 * changes them; new worlds differ then, so raise GENERATOR_VERSION with the new marks. Worlds that exist keep what was stored.
 */
const GOLDEN: readonly (readonly [seed: number, ground: string, all: string])[] = [
  [1, "99a06ad62cf200edceca043b55b86fc6", "caac56a6c7d5270e24afb874dd0bbc6b"],
  [2, "f9c22af9606e53c808b80a1784377b99", "b802a828999b61a44c17fda13142045f"],
  [3, "5eda636d5e3da536e8f081b6065c325a", "1bf5543d84d3be5f103da90ec1d7ae44"],
];

Deno.test("generateLevels() makes the same ground from the same seed as ever", () => {
  assertEquals(
    GOLDEN.map(([seed]) => [seed, markOf(areaOf(seed).levels.map(groundOf))]),
    GOLDEN.map(([seed, ground]) => [seed, ground]),
  );
});

Deno.test("generateLevels() makes the same dwellers, treasure and commissions from the same seed as ever", () => {
  assertEquals(
    GOLDEN.map(([seed]) => [seed, markOf([areaOf(seed).levels, areaOf(seed).quests])]),
    GOLDEN.map(([seed, , all]) => [seed, all]),
  );
});

Deno.test("generateLevels() makes 1,000 seeds without an invalid level, and hardly ever falls back", () => {
  let fallbacks = 0;
  let rolls = 0;
  for (let seed = 0; seed < 1_000; seed += 1) {
    const area = areaOf(seed);
    fallbacks += area.fallbacks;
    for (const level of area.levels) {
      rolls += level.plan.roll;
      const strength = { partySize: 4, partyLevel: level.depth, difficulty: "normal" } as const;
      assertEquals(validateLevel(level, strength), [], `seed ${seed}`);
    }
    assertEquals(validateArea(area.levels, area.quests), [], `seed ${seed}`);
  }
  assert(fallbacks <= 10, `${fallbacks} fallbacks`);
  assert(rolls <= 2 * 3 * 1_000, `${rolls} rolls`);
});

Deno.test("generateLevels() makes places worth walking: circuits, locks, a safe room, rooms of many sizes", () => {
  for (let seed = 0; seed < 60; seed += 1) {
    for (const level of areaOf(seed).levels) {
      const kinds = Object.values(level.zones).map((zone) => zone.kind);
      const sizes = new Set(Object.keys(level.zones).map((letter) => level.rows.join("").split(letter).length));
      const locked = Object.values(level.doors).filter((door) => door.pass === 2 && door.key !== undefined);
      assert(circuits(level) >= 1, `seed ${seed} has a way round`);
      assert(
        kinds.includes("safe") && kinds.includes("vault") && kinds.includes("corridor"),
        `seed ${seed} has its rooms`,
      );
      assert(locked.length >= 2, `seed ${seed} has two locks`);
      assert(sizes.size >= 5, `seed ${seed} has rooms of many sizes`);
      const count = Object.keys(level.groups).length;
      assert(count >= 6 && count <= 10, `seed ${seed} has eight groups or so: ${count}`);
    }
  }
});

Deno.test("generateLevels() heeds difficulty and party size in its budgets", () => {
  const rng = rngAt(seedOf(3), "area");
  const sum = (options: Parameters<typeof generateLevels>[1]) =>
    generateLevels(rng, options).levels.flatMap((level) => Object.values(level.groups)).reduce(
      (all, one) => all + one.xp,
      0,
    );

  const normal = sum({ difficulty: "normal" });

  assert(sum({ difficulty: "story" }) < normal);
  assert(sum({ difficulty: "hard" }) > normal);
  assert(sum({ difficulty: "normal", partySize: 2 }) < normal);
});

Deno.test("generateLevels() offers commissions whose places, foes and things exist", () => {
  for (let seed = 0; seed < 40; seed += 1) {
    const { levels, quests } = areaOf(seed);
    assert(quests.length >= 2 && quests.length <= 3);
    assertEquals(quests.every((quest) => quest.steps.at(-1)?.verb === "report"), true);
    const board = levels[0];
    assertEquals(board?.features[cellKey(board.entry.at)]?.type, "board");
  }
});

Deno.test("generateLevels() is valid for every difficulty and party size", () => {
  for (const difficulty of ["story", "normal", "hard"] as const) {
    for (const partySize of [1, 2, 3, 6]) {
      for (let seed = 0; seed < 4; seed += 1) {
        const { levels, quests } = generateLevels(rngAt(seedOf(seed), "area"), { difficulty, partySize });

        assertEquals(levels.flatMap((one) => validateLevel(one, { difficulty, partySize, partyLevel: one.depth })), []);
        assertEquals(validateArea(levels, quests), []);
      }
    }
  }
});
