/** Many evenings on all cores, each looked at for leaks somewhere on its way. */
import type { LeakPlay, LeakReport } from "./leak.ts";

/** How far into its evening a world is looked at, by its number. */
const SKIPS = [0, 2, 5, 8, 12, 18, 26, 44] as const;

export interface LeakSweep {
  readonly seeds: number;
  readonly looked: number;
  readonly refusals: number;
  /** How many evenings were looked at in each mode. */
  readonly modes: Readonly<Record<string, number>>;
  /** One line for each leak, with what runs it again. */
  readonly broken: readonly string[];
}

export async function sweepLeaks(first: number, seeds: number, commands: number): Promise<LeakSweep> {
  const modes: Record<string, number> = {};
  const broken: string[] = [];
  let [looked, refusals, next] = [0, 0, 0];
  await Promise.all(Array.from({ length: navigator.hardwareConcurrency }, async () => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    while (next < seeds && broken.length < 10) {
      const i = next++;
      const play = { seed: first + i, skip: SKIPS[i % SKIPS.length] ?? 0, commands };
      const report = await ask(worker, play);
      looked += report.looked;
      refusals += report.refusals;
      for (const mode of report.modes) modes[mode] = (modes[mode] ?? 0) + 1;
      const again = `deno task leak --seed ${play.seed} --skip ${play.skip} --commands ${commands}`;
      broken.push(...report.broken.map((line) => `${line} (${again})`));
    }
    worker.terminate();
  }));
  return { seeds, looked, refusals, modes, broken };
}

function ask(worker: Worker, play: LeakPlay): Promise<LeakReport> {
  const answer = Promise.withResolvers<LeakReport>();
  worker.onmessage = ({ data }) => answer.resolve(data);
  worker.onerror = (event) => answer.reject(new Error(event.message));
  worker.postMessage(play);
  return answer.promise;
}
