/** Runs the scenario with the failures it is told and answers each with what broke. */
import type { Failure } from "./failing_store.ts";
import { scenario } from "./scenario.ts";

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<Failure>) => void) | null;
  postMessage(message: readonly string[]): void;
};
scope.onmessage = async ({ data }) => {
  try {
    scope.postMessage((await scenario(data)).broken);
  } catch (error) {
    scope.postMessage([error instanceof Error ? `${error.stack}` : String(error)]);
  }
};
