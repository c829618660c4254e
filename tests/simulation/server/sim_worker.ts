/** Runs the seeds it is told to and answers with their reports. */
import { serverMessages } from "./process.ts";
import { runSeed } from "./run.ts";
import type { Errand, Outcome } from "./sweep.ts";

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<Errand>) => void) | null;
  postMessage(message: readonly Outcome[]): void;
};
const messages = serverMessages();

async function run({ seeds, ...options }: Errand): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const seed of seeds) {
    const { trace: _trace, ...outcome } = await runSeed({ ...options, seed, messages });
    outcomes.push(outcome);
  }
  return outcomes;
}

scope.onmessage = ({ data }) => void run(data).then((outcomes) => scope.postMessage(outcomes));
