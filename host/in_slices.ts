import type { Pace } from "../kv/pace.ts";

/** Work before others may have the machine. */
const SLICE_MS = 2;

/** To be called after each piece of a long work: lets others have the machine once a slice of time is used up. */
export function inSlices(pace: Pace): () => Promise<void> {
  let began = performance.now();
  return async () => {
    const worked = performance.now() - began;
    if (worked < SLICE_MS) return;
    await pace(worked);
    began = performance.now();
  };
}
