/** A failure as people want it: the one line that brings it back, and as few steps as possible. */
import { planOf } from "./plan.ts";
import type { PlantName } from "./plants.ts";
import { serverMessages } from "./process.ts";
import { type RunReport, runSeed } from "./run.ts";
import { shrink } from "./shrink.ts";

export interface Failure {
  readonly seed: number;
  readonly steps: number;
  readonly plant?: PlantName;
}

/** The command that runs it again. */
export function lineOf({ seed, steps, plant }: Failure, keep?: readonly number[]): string {
  const planted = plant === undefined ? "" : ` --plant ${plant}`;
  return `deno task sim --seed ${seed} --steps ${steps}${planted}${
    keep === undefined ? "" : ` --keep ${rangesOf(keep)}`
  }`;
}

/** Drops whatever is not needed for the same promise to be broken first, and runs what is left with its trace. */
export async function shrunk(
  failure: Failure,
): Promise<{ readonly keep: readonly number[]; readonly report: RunReport }> {
  const messages = serverMessages();
  const run = (keep: readonly number[], tracing: boolean) =>
    runSeed({ ...failure, keep: new Set(keep), tracing, messages });
  const all = planOf(failure.seed, failure.steps).steps.map(({ id }) => id);
  const promise = (await run(all, false)).broken[0]?.promise;
  const keep = await shrink(all, async (part) => (await run(part, false)).broken[0]?.promise === promise);
  return { keep, report: await run(keep, true) };
}

/** `1-3,7` for 1, 2, 3, 7; `none` for nothing. */
export function rangesOf(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const n of [...numbers].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === n - 1) last[1] = n;
    else ranges.push([n, n]);
  }
  return ranges.map(([a, b]) => a === b ? `${a}` : `${a}-${b}`).join(",") || "none";
}

export function readRanges(text: string): ReadonlySet<number> {
  if (text === "none") return new Set();
  return new Set(
    text.split(",").flatMap((range) => {
      const [from = NaN, to = from] = range.split("-").map(Number);
      if (!Number.isInteger(from) || !Number.isInteger(to)) {
        throw new RangeError(`Cannot read ${range} as a range of steps`);
      }
      return Array.from({ length: to - from + 1 }, (_, i) => from + i);
    }),
  );
}
