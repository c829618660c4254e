import { type StoreAnswer, storeAnswer, type StoreJob } from "./store_job.ts";

const WORKER = new URL("../dist/server/store_worker.js", import.meta.url);

/** A job of the store that could not be done; the message says why. */
export class StoreJobFailed extends Error {
  override readonly name = "StoreJobFailed";
}

/**
 * Runs a job in a worker of its own and answers with its result. Throws {@link StoreJobFailed}, also when `stop` is
 * aborted: what the worker was writing stays as it is then.
 */
export async function runStoreJob(job: StoreJob, stop?: AbortSignal): Promise<unknown> {
  const worker = new Worker(WORKER, { type: "module" });
  try {
    const answered = Promise.withResolvers<StoreAnswer>();
    worker.onmessage = (event) => {
      const { data } = storeAnswer.safeParse(event.data);
      answered.resolve(data ?? { ok: false, why: "the store's worker gave no answer that could be read" });
    };
    worker.onerror = (event) => {
      // Its fault is this job's, not the server's.
      event.preventDefault();
      answered.resolve({ ok: false, why: `the store's worker failed: ${event.message}` });
    };
    const giveUp = () => answered.resolve({ ok: false, why: String(stop?.reason) });
    if (stop?.aborted === true) giveUp();
    stop?.addEventListener("abort", giveUp, { once: true });
    worker.postMessage(job);
    const answer = await answered.promise;
    if (!answer.ok) throw new StoreJobFailed(answer.why);
    return answer.result;
  } finally {
    worker.terminate();
  }
}
