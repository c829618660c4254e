import { parseArgs } from "node:util";
import type { BackupLine } from "../host/admin.ts";
import type { Config } from "../host/config.ts";
import { createBackup, findBackup, verifyBackup } from "../kv/backup.ts";
import { listBackups, pruneBackups } from "../kv/backup_files.ts";
import { BackupUnusable, readManifest } from "../kv/backup_manifest.ts";
import { checkHasStore, dataPaths } from "../kv/directory.ts";
import { lockDirectory } from "../kv/lock.ts";
import { STEADY } from "../kv/pace.ts";
import { restoreBackup } from "../kv/restore.ts";
import { findServer } from "./ask_server.ts";
import { foldWorlds } from "./back_up.ts";
import { backupsDirectory, keepRule, lineOf } from "./backup_tool.ts";
import { loadConfig } from "./load_config.ts";
import { type CliContext, EXIT, type Subcommand, UsageFault } from "./subcommand.ts";
import { VERSION } from "./version.ts";

const now = () => Date.now();

export const backup: Subcommand = {
  name: "backup",
  usage: "create | list | verify [FILE] | prune | restore FILE",
  about:
    "Make, list, verify and prune backups, by the running server where there is one; restore one while it is stopped",
  async run(context) {
    const { positionals } = parseArgs({ args: [...context.args], allowPositionals: true });
    const [action, file, ...rest] = positionals;
    const config = loadConfig(context);
    const takesFile = action === "verify" || action === "restore";
    if (rest.length > 0 || (file !== undefined && !takesFile)) {
      throw new UsageFault(`Unexpected argument: ${takesFile ? rest[0] : file}`);
    }
    try {
      switch (action) {
        case "create":
          await create(config, context);
          break;
        case "list":
          await list(config, context);
          break;
        case "verify":
          await verify(config, file, context);
          break;
        case "prune":
          await prune(config, context);
          break;
        case "restore":
          if (file === undefined) throw new UsageFault("Say which backup to restore: backup restore FILE");
          await restore(config, file, context);
          break;
        default:
          throw new UsageFault("Say what to do: backup create | list | verify [FILE] | prune | restore FILE");
      }
      return EXIT.ok;
    } catch (fault) {
      if (!(fault instanceof BackupUnusable)) throw fault;
      context.err(fault.message);
      return EXIT.failed;
    }
  },
};

async function create(config: Config, { out }: CliContext): Promise<void> {
  const server = await findServer(config);
  if (server !== undefined) {
    const { file } = await server.job("admin.backupCreate");
    const path = `${backupsDirectory(config)}/${file}`;
    out(`Made and verified ${path}`);
    out(describe(lineOf({ path, manifest: await readManifest(path) })));
    return;
  }
  const paths = dataPaths(config.data);
  await checkHasStore(paths);
  using lock = await lockDirectory(paths);
  await lock.note(`pid ${Deno.pid}, making a backup`);
  const made = await createBackup({
    store: paths.store,
    directory: backupsDirectory(config),
    reason: "command",
    version: VERSION,
    now,
    pace: STEADY,
    verify: foldWorlds(),
  });
  out(`Made and verified ${made.path}`);
  out(describe(lineOf(made)));
}

async function list(config: Config, { out, err }: CliContext): Promise<void> {
  const { backups, unusable } = await listBackups(backupsDirectory(config));
  if (backups.length === 0) out(`There is no verified backup in ${backupsDirectory(config)}`);
  for (const one of backups) out(describe(lineOf(one)));
  for (const { why } of unusable) err(why);
}

async function verify(config: Config, file: string | undefined, { out }: CliContext): Promise<void> {
  const path = await findBackup(backupsDirectory(config), file);
  const manifest = await verifyBackup(path, { pace: STEADY, verify: foldWorlds() });
  out(`${path} is whole`);
  out(describe(lineOf({ path, manifest })));
}

async function prune(config: Config, { out }: CliContext): Promise<void> {
  const removed = await pruneBackups(backupsDirectory(config), keepRule(config));
  for (const path of removed) out(`Removed ${path}`);
  if (removed.length === 0) out("Every backup is kept");
}

async function restore(config: Config, file: string, { out }: CliContext): Promise<void> {
  const path = await findBackup(backupsDirectory(config), file);
  // Before the lock is asked for: a slip of the pen is no reason to wait.
  await readManifest(path);
  const restored = await restoreBackup({
    directory: config.data,
    backup: path,
    now,
    pace: STEADY,
    verify: foldWorlds(),
  });
  out(`Restored ${path}: ${restored.worlds} worlds begin a new history, as of ${time(restored.manifest.takenAt)}`);
  if (restored.kept !== undefined) out(`The store that was there is kept in ${restored.kept}`);
}

function describe(line: BackupLine): string {
  const { file, takenAt, reason, bytes, worlds, entries, accounts, damaged } = line;
  const size = `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  const counts = `${worlds} worlds, ${entries} entries, ${accounts} accounts`;
  const harm = damaged.length === 0 ? "" : `; ${damaged.length} damaged in the store itself, such as ${damaged[0]}`;
  return `${file}  ${time(takenAt)}  ${reason}  ${size}  ${counts}${harm}`;
}

function time(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+/, "");
}
