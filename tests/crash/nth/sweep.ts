/** Every call of a kind fails once, in both ways; on all cores. */
import { type Failure, WAYS } from "./failing_store.ts";
import { scenario } from "./scenario.ts";

export interface NthReport {
  readonly commands: number;
  readonly calls: number;
  readonly runs: number;
  /** One line for each broken promise, with what runs it again. */
  readonly broken: readonly string[];
}

export async function sweepNth(kind: Failure["kind"]): Promise<NthReport> {
  const clean = await scenario();
  const calls = kind === "store" ? clean.storeCalls : clean.messages;
  const all = calls.flatMap((_, i) => WAYS.map((way): Failure => ({ kind, n: i + 1, way })));
  const broken = clean.broken.map((line) => `without any failure: ${line}`);
  let next = 0;
  await Promise.all(Array.from({ length: navigator.hardwareConcurrency }, async () => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    for (let failure = all[next++]; failure !== undefined; failure = all[next++]) {
      const { n, way } = failure;
      for (const line of await ask(worker, failure)) {
        broken.push(`${line}: deno task nth-failure --kind ${kind} --n ${n} --way ${way} (${calls[n - 1]})`);
      }
    }
    worker.terminate();
  }));
  return { commands: clean.commands, calls: calls.length, runs: all.length, broken };
}

function ask(worker: Worker, failure: Failure): Promise<readonly string[]> {
  const answer = Promise.withResolvers<readonly string[]>();
  worker.onmessage = ({ data }) => answer.resolve(data);
  worker.onerror = (event) => answer.reject(new Error(event.message));
  worker.postMessage(failure);
  return answer.promise;
}
