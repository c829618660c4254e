import { assert, assertEquals } from "@std/assert";
import { findPlant, PLANT_NAMES, PLANT_SEEDS } from "./find_plants.ts";
import { lineOf, shrunk } from "./reproduce.ts";

const STEPS = 30;

for (const plant of PLANT_NAMES) {
  Deno.test(`the simulation finds a planted fault within ${PLANT_SEEDS} seeds: ${plant}`, async () => {
    const found = await findPlant(plant, STEPS);

    assert(found !== undefined, `not found: ${lineOf({ seed: 1, steps: STEPS, plant })}`);
  });
}

Deno.test("a failing run is shrunk to few steps that fail in the same way", async () => {
  const found = await findPlant("lostRebase", STEPS);
  const failure = { seed: found?.seed ?? 1, steps: STEPS, plant: "lostRebase" } as const;

  const { keep, report } = await shrunk(failure);

  assertEquals(report.broken[0]?.promise, found?.broken.promise);
  assert(keep.length > 0 && keep.length < STEPS / 3, `${keep.length} steps are left`);
  assert(report.trace.some((line) => line.includes("BROKEN")), "the trace shows what was broken");
});
