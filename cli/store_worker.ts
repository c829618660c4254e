/**
 * The store's worker: copies, folds and verifies while the server plays. Bundled into one file by
 * `tools/build_worker.ts`. It is asked once, answers once, and is ended by whoever asked.
 */
import { createRules } from "../host/rules.ts";
import { verifyWorlds } from "../host/verify_copy.ts";
import { createBackup } from "../kv/backup.ts";
import { resting } from "../kv/pace.ts";
import { type StoreAnswer, type StoreJob, storeJob } from "./store_job.ts";

/** As long as it works it rests: on two cores the players keep theirs and a half. */
const REST_FACTOR = 1;

const engine = createRules();
const pace = resting(REST_FACTOR);

async function run(job: StoreJob): Promise<unknown> {
  switch (job.type) {
    case "backup": {
      const { store, directory, reason, version } = job;
      const now = () => Date.now();
      const verify = (copy: Parameters<typeof verifyWorlds>[0]) => verifyWorlds(copy, engine, pace);
      return await createBackup({ store, directory, reason, version, now, pace, verify });
    }
  }
}

self.addEventListener("message", async (event) => {
  let answer: StoreAnswer;
  try {
    answer = { ok: true, result: await run(storeJob.parse(event.data)) };
  } catch (fault) {
    answer = { ok: false, why: fault instanceof Error ? fault.message : String(fault) };
  }
  self.postMessage(answer);
});
