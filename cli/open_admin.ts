import type { Admin } from "../host/admin.ts";
import { AdminJobs } from "../host/admin_jobs.ts";
import { type BackupCheck, Backups } from "../host/backups.ts";
import type { Config } from "../host/config.ts";
import { freshId, type HostDeps } from "../host/deps.ts";
import { resting } from "../kv/pace.ts";
import type { AdminDoor } from "../routes/deps.ts";
import { prepareAdminToken, tokenCheck } from "./admin_token.ts";
import { createBackupTool } from "./backup_tool.ts";
import { WorldExchange } from "./world_exchange.ts";

/** Between writes of an import players' commands have the store for this many times as long. */
const IMPORT_REST = 4;

export interface OpenedAdmin {
  readonly door: AdminDoor;
  /** A line for the health report. */
  readonly check: () => BackupCheck;
  /** Told whether the disk has room for backups and for worlds that are taken in. */
  readonly room: (enough: boolean) => void;
  /** Plans no more; a job under way is left to end with the process: what it writes counts only when it is whole. */
  stop(): void;
}

/** The operator's side of a running server: token, backups by schedule, jobs. */
export async function openAdmin(
  options: Pick<HostDeps, "store" | "engine" | "clock" | "metrics" | "log" | "randomBytes"> & {
    readonly config: Config;
  },
): Promise<OpenedAdmin> {
  const { config, store, engine, clock, metrics, log, randomBytes } = options;
  const knows = tokenCheck(await prepareAdminToken(config.data, config.adminToken));
  const jobs = new AdminJobs(clock, () => freshId("j", randomBytes));
  const tool = createBackupTool(config);
  const backups = new Backups({
    tool,
    jobs,
    clock,
    metrics,
    log,
    everyMs: config.backupEvery === "off" ? undefined : config.backupEvery * 60_000,
  });
  let ample = true;
  const pace = resting(IMPORT_REST);
  const shop = { store, engine, now: () => clock.now(), randomBytes, pace, hasRoom: () => ample };
  const exchange = new WorldExchange(config.data, shop);
  const admin: Admin = {
    backup: () => backups.create(),
    backups: () => backups.list(),
    exportWorld: (world) => jobs.add("export", () => exchange.exportWorld(world)),
    importWorld: (file) => jobs.add("import", () => exchange.importWorld(file)),
    job: (id) => jobs.find(id),
  };
  await backups.start();
  return {
    door: { knows, admin },
    check: () => backups.check(),
    room(enough) {
      ample = enough;
      tool.room(enough);
    },
    stop: () => backups.stop(),
  };
}
