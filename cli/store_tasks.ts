import { createRules } from "../host/rules.ts";
import { createBackup } from "../kv/backup.ts";
import { type Pace, STEADY } from "../kv/pace.ts";
import { foldWorlds } from "./back_up.ts";
import type { StoreJob } from "./store_job.ts";
import { exportToFile, prepareImport } from "./transfer.ts";

/** Does a job of the store, at the pace of whoever has it done. */
export async function doStoreJob(job: StoreJob, pace: Pace): Promise<unknown> {
  const engine = createRules();
  const now = () => Date.now();
  switch (job.type) {
    case "backup": {
      const { store, directory, reason, version } = job;
      return await createBackup({ store, directory, reason, version, now, pace, verify: foldWorlds() });
    }
    case "export":
      return await exportToFile(job, engine, pace);
    case "import":
      return await prepareImport(job, engine, pace);
  }
}

/** In this process, which has nothing else to do. */
export function runHere(job: StoreJob): Promise<unknown> {
  return doStoreJob(job, STEADY);
}
