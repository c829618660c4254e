import type { BackupLine } from "../host/admin.ts";
import type { BackupTool } from "../host/backups.ts";
import type { Config } from "../host/config.ts";
import { type Backup, listBackups, pruneBackups, removeUnfinished } from "../kv/backup_files.ts";
import type { KeepRule } from "../kv/backup_keep.ts";
import { readManifest } from "../kv/backup_manifest.ts";
import { dataPaths } from "../kv/directory.ts";
import { z } from "zod";
import { runStoreJob, StoreJobFailed } from "./run_store_job.ts";
import { VERSION } from "./version.ts";

const madeBackup = z.object({ path: z.string() });

export function backupsDirectory({ backups, data }: Pick<Config, "backups" | "data">): string {
  return backups === "" ? `${data}/backups` : backups;
}

export function keepRule({ backupKeep }: Pick<Config, "backupKeep">): KeepRule {
  const [days = 0, weeks = 0, months = 0] = backupKeep;
  return { days, weeks, months };
}

const TOO_LITTLE_ROOM = "the disk has too little room for one";

/** The tool, and who tells it of the disk. */
export interface RoomyBackupTool extends BackupTool {
  /** While there is too little room none is begun, and one under way is given up before it takes what players need. */
  room(enough: boolean): void;
}

/** Backups of a data directory, made in a worker. */
export function createBackupTool(config: Pick<Config, "backups" | "backupKeep" | "data">): RoomyBackupTool {
  const directory = backupsDirectory(config);
  let stop = new AbortController();
  return {
    room(enough) {
      if (enough) stop = new AbortController();
      else stop.abort(TOO_LITTLE_ROOM);
    },
    async create(reason) {
      const { signal } = stop;
      if (signal.aborted) throw new StoreJobFailed(TOO_LITTLE_ROOM);
      const { store } = dataPaths(config.data);
      try {
        const job = { type: "backup", store, directory, reason, version: VERSION } as const;
        const { path } = madeBackup.parse(await runStoreJob(job, signal));
        return lineOf({ path, manifest: await readManifest(path) });
      } finally {
        if (signal.aborted) await removeUnfinished(directory);
      }
    },
    list: async () => (await listBackups(directory)).backups.map(lineOf),
    prune: async () =>
      (await pruneBackups(directory, keepRule(config))).map((path) => path.slice(directory.length + 1)),
  };
}

export function lineOf({ manifest }: Backup): BackupLine {
  const { file, reason, takenAt, bytes, version, damaged, counts, store } = manifest;
  const { worlds, entries, accounts } = counts;
  return { file, reason, takenAt, bytes, worlds, entries, accounts, version, schema: store.schema, damaged };
}
