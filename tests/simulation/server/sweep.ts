/** Runs many seeds on as many workers as are wanted. */
import type { PlantName } from "./plants.ts";
import type { RunReport } from "./run.ts";

export interface Errand {
  readonly seeds: readonly number[];
  readonly steps: number;
  readonly plant?: PlantName;
}

export type Outcome = Omit<RunReport, "trace">;

export interface SweepOptions {
  readonly from: number;
  readonly to: number;
  readonly steps: number;
  readonly workers: number;
  readonly plant?: PlantName;
  /** Called for every seed, in no order; true: it is enough. */
  readonly seen: (outcome: Outcome) => boolean | void;
}

/** Seeds one worker gets at once. */
const BATCH = 20;

export async function sweep({ from, to, steps, workers, plant, seen }: SweepOptions): Promise<void> {
  let next = from;
  let enough = false;

  function take(): readonly number[] {
    const first = next;
    next = Math.min(to + 1, first + BATCH);
    return Array.from({ length: next - first }, (_, i) => first + i);
  }

  await Promise.all(Array.from({ length: workers }, async () => {
    const worker = new Worker(new URL("./sim_worker.ts", import.meta.url), { type: "module" });
    try {
      for (let seeds = take(); seeds.length > 0 && !enough; seeds = take()) {
        const answer = Promise.withResolvers<readonly Outcome[]>();
        worker.onmessage = ({ data }) => answer.resolve(data);
        worker.onerror = (event) => answer.reject(new Error(event.message));
        const errand: Errand = { seeds, steps, ...(plant === undefined ? {} : { plant }) };
        worker.postMessage(errand);
        for (const outcome of await answer.promise) if (seen(outcome) === true) enough = true;
      }
    } finally {
      worker.terminate();
    }
  }));
}
