/** Fuzzes the part it is told and answers with its report. */
import { fuzz, type FuzzOptions, type FuzzReport } from "./fuzz.ts";

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<FuzzOptions>) => void) | null;
  postMessage(message: FuzzReport): void;
};
scope.onmessage = async ({ data }) => {
  try {
    scope.postMessage(await fuzz(data));
  } catch (error) {
    const fault = error instanceof Error ? `${error.stack}` : String(error);
    scope.postMessage({ inputs: 0, codes: {}, faults: [`${fault}: deno task fuzz --seed ${data.seed}`] });
  }
};
