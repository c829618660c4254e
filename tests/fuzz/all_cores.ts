/** Fuzzes on all cores: each takes its share of the blocks. */
import type { FuzzOptions, FuzzReport } from "./fuzz.ts";

export async function fuzzOnAllCores({ count, seed }: Pick<FuzzOptions, "count" | "seed">): Promise<FuzzReport> {
  const of = navigator.hardwareConcurrency;
  const reports = await Promise.all(Array.from({ length: of }, async (_, index) => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    const answer = Promise.withResolvers<FuzzReport>();
    worker.onmessage = ({ data }) => answer.resolve(data);
    worker.onerror = (event) => answer.reject(new Error(event.message));
    worker.postMessage({ count, seed, part: { index, of } } satisfies FuzzOptions);
    const report = await answer.promise;
    worker.terminate();
    return report;
  }));
  const codes: Record<string, number> = {};
  for (const one of reports) {
    for (const [code, times] of Object.entries(one.codes)) codes[code] = (codes[code] ?? 0) + times;
  }
  return {
    inputs: reports.reduce((sum, { inputs }) => sum + inputs, 0),
    codes,
    faults: reports.flatMap(({ faults }) => faults),
  };
}
