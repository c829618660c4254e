/**
 * The store's worker: copies, folds and verifies while the server plays. Bundled into one file by
 * `tools/build_worker.ts`. It is asked once, answers once, and is ended by whoever asked.
 */
import { resting } from "../kv/pace.ts";
import { type StoreAnswer, storeJob } from "./store_job.ts";
import { doStoreJob } from "./store_tasks.ts";

/** It rests three times as long as it works: of two cores the players keep nearly all. */
const REST_FACTOR = 3;

self.addEventListener("message", async (event) => {
  let answer: StoreAnswer;
  try {
    answer = { ok: true, result: await doStoreJob(storeJob.parse(event.data), resting(REST_FACTOR)) };
  } catch (fault) {
    answer = { ok: false, why: fault instanceof Error ? fault.message : String(fault) };
  }
  self.postMessage(answer);
});
