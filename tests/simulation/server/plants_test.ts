import { assert, assertEquals } from "@std/assert";
import { PLANTED, type PlantName } from "./plants.ts";
import { lineOf } from "./reproduce.ts";
import { serverMessages } from "./process.ts";
import { runSeed } from "./run.ts";
import { shrunk } from "./reproduce.ts";

/** Each planted fault has to be found within so many seeds. */
const SEEDS = 500;
const STEPS = 30;

const NAMES = Object.keys(PLANTED) as readonly PlantName[];

for (const plant of NAMES) {
  Deno.test(`the simulation finds a planted fault: ${plant}`, async () => {
    const shows: readonly string[] = PLANTED[plant].shows;
    const messages = serverMessages();
    let found: number | undefined;

    for (let seed = 1; seed <= SEEDS && found === undefined; seed++) {
      const { broken: [first] } = await runSeed({ seed, steps: STEPS, plant, messages });
      if (first !== undefined && shows.includes(first.promise)) found = seed;
    }

    assert(found !== undefined, `not found: ${lineOf({ seed: 1, steps: STEPS, plant })}`);
  });
}

Deno.test("a failing run is shrunk to few steps that fail in the same way", async () => {
  const failure = { seed: 4, steps: STEPS, plant: "snapshotWithoutReceipts" } as const;
  const whole = await runSeed(failure);

  const { keep, report } = await shrunk(failure);

  assertEquals(report.broken[0]?.promise, whole.broken[0]?.promise);
  assert(whole.broken.length > 0 && keep.length < STEPS / 2, `${keep.length} steps are left`);
  assert(report.trace.some((line) => line.includes("BROKEN")), "the trace shows what was broken");
});
