/**
 * `deno task sim`: runs seeds of the simulated server.
 *
 *     --seed N | --seeds A..B   which (default 1..2000)
 *     --steps M                 how many deeds each (default 40)
 *     --workers K               at once (default: the cores)
 *     --plant NAME              with a planted fault
 *     --keep 1-3,7              of one seed only these steps; prints the trace
 *     --trace                   prints the trace of one seed
 *     --write                   puts the figures, and those of the planted faults, into docs/RELIABILITY.md
 *
 * Every failure prints the line that brings it back; the first ones are shrunk. Ends with 1 when there was any.
 */
import { parseArgs } from "node:util";
import { isPlant, type PlantName } from "./plants.ts";
import { lineOf, readRanges, shrunk } from "./reproduce.ts";
import { runSeed } from "./run.ts";
import { type Outcome, sweep } from "./sweep.ts";
import { sentence, writeFigures } from "./figures.ts";

/** Failures that are shrunk; the others only name their seeds. */
const SHRUNK = 3;

const OPTIONS = {
  seed: { type: "string" },
  seeds: { type: "string" },
  steps: { type: "string" },
  workers: { type: "string" },
  plant: { type: "string" },
  keep: { type: "string" },
  trace: { type: "boolean" },
  write: { type: "boolean" },
} as const;

function wholeNumber(text: string | undefined, fallback: number): number {
  const value = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(value) || value < 0) throw new RangeError(`Cannot read ${text} as it must be a whole number`);
  return value;
}

function plantOf(name: string | undefined): { readonly plant?: PlantName } {
  if (name === undefined) return {};
  if (!isPlant(name)) throw new RangeError(`Cannot plant ${name} as there is no such fault`);
  return { plant: name };
}

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const steps = wholeNumber(values.steps, 40);
  const planted = plantOf(values.plant);
  if (values.seed !== undefined && (values.keep !== undefined || values.trace === true)) {
    const seed = wholeNumber(values.seed, 1);
    const keep = values.keep === undefined ? {} : { keep: readRanges(values.keep) };
    const { trace, broken } = await runSeed({ seed, steps, ...keep, ...planted, tracing: true });
    console.log(trace.join("\n"));
    return broken.length === 0 ? 0 : 1;
  }

  const [first = "1", last = first] = (values.seed ?? values.seeds ?? "1..2000").split("..");
  const [from, to] = [wholeNumber(first, 1), wholeNumber(last, 1)];
  const failed: Outcome[] = [];
  const began = performance.now();
  let acknowledged = 0;
  let starts = 0;
  let lasted = 0;
  await sweep({
    from,
    to,
    steps,
    ...planted,
    workers: Math.min(to - from + 1, wholeNumber(values.workers, navigator.hardwareConcurrency)),
    seen(outcome) {
      acknowledged += outcome.acknowledged;
      starts += outcome.starts;
      lasted += outcome.lasted;
      const [broken] = outcome.broken;
      if (broken === undefined) return;
      failed.push(outcome);
      console.log(`${lineOf({ seed: outcome.seed, steps, ...planted })}   # ${broken.promise}: ${broken.what}`);
    },
  });
  for (const { seed } of failed.slice(0, SHRUNK)) {
    const { keep, report } = await shrunk({ seed, steps, ...planted });
    console.log(
      `\n${lineOf({ seed, steps, ...planted }, keep)}   # shrunk to ${keep.length} steps\n${report.trace.join("\n")}`,
    );
  }
  const seconds = (performance.now() - began) / 1_000;
  const figures = { seeds: to - from + 1, steps, seconds, acknowledged, starts, lasted, failed: failed.length };
  console.log(sentence(figures));
  if (values.write === true && failed.length === 0) await writeFigures(figures, from);
  return failed.length === 0 ? 0 : 1;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
