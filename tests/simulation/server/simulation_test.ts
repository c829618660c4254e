import { assert, assertEquals } from "@std/assert";
import { planOf } from "./plan.ts";
import { lineOf } from "./reproduce.ts";
import { sweep } from "./sweep.ts";

const SEEDS = 2_000;
const STEPS = 20;

Deno.test("a share of the seeds restores backups, takes worlds in, has long logs, meets limits, and sends batches", () => {
  const met = new Map<string, number>();
  const note = (what: string) => void met.set(what, (met.get(what) ?? 0) + 1);
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { steps, weather, worldLogLimit } = planOf(seed, STEPS);
    for (const type of new Set(steps.map(({ deed }) => deed.type))) note(type);
    if (weather.tokens !== undefined) note("limits");
    if (worldLogLimit < 10_000) note("retention");
  }

  for (const what of ["restore", "import", "batch", "burst", "limits", "retention", "elsewhere", "crash"]) {
    assert((met.get(what) ?? 0) > SEEDS / 50, `${what} in ${met.get(what)} of ${SEEDS} seeds`);
  }
});

Deno.test(`the server keeps its promises through ${SEEDS} seeds of failing network, clock, store and process`, async () => {
  const failed: string[] = [];
  let acknowledged = 0;
  let starts = 0;

  await sweep({
    from: 1,
    to: SEEDS,
    steps: STEPS,
    workers: navigator.hardwareConcurrency,
    seen({ seed, broken: [first], ...counts }) {
      acknowledged += counts.acknowledged;
      starts += counts.starts;
      if (first !== undefined) failed.push(`${lineOf({ seed, steps: STEPS })}   # ${first.promise}: ${first.what}`);
    },
  });

  assertEquals(failed, []);
  assert(acknowledged > SEEDS * 10, `only ${acknowledged} commands were acknowledged`);
  assert(starts > SEEDS * 2, `the server was started only ${starts} times`);
});
