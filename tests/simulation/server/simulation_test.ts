import { assert, assertEquals } from "@std/assert";
import { lineOf } from "./reproduce.ts";
import { sweep } from "./sweep.ts";

const SEEDS = 2_000;
const STEPS = 20;

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
