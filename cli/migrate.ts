import { parseArgs } from "node:util";
import { EVENT_FORMS, STATE_FORMS } from "../engine/forms/mod.ts";
import type { Config } from "../host/config.ts";
import { BackupUnusable } from "../kv/backup_manifest.ts";
import { openStore, readStoreForm } from "../kv/mod.ts";
import { STEADY } from "../kv/pace.ts";
import { restoreBackup } from "../kv/restore.ts";
import { backUpFirst, foldWorlds } from "./back_up.ts";
import { backupsDirectory } from "./backup_tool.ts";
import { loadConfig } from "./load_config.ts";
import { type CliContext, EXIT, type Subcommand, UsageFault } from "./subcommand.ts";
import { VERSION } from "./version.ts";

export const migrate: Subcommand = {
  name: "migrate",
  usage: "status | up | down",
  about: "Show which form the store has, bring it to this version's, or go back to the backup made before. " +
    "`up` and `down` need the server stopped",
  async run(context) {
    const { positionals } = parseArgs({ args: [...context.args], allowPositionals: true });
    const [action, ...rest] = positionals;
    if (rest.length > 0) throw new UsageFault(`Unexpected argument: ${rest[0]}`);
    switch (action) {
      case "status":
        return await status(context, loadConfig(context));
      case "up":
        return await up(context, loadConfig(context));
      case "down":
        return await down(context, loadConfig(context));
      default:
        throw new UsageFault("Say what to do: migrate status | up | down");
    }
  },
};

async function status({ out }: CliContext, { data }: Config): Promise<number> {
  const { meta, newest, ahead } = await readStoreForm(data);
  out(`The store has form ${meta.schema} of ${newest}, written by version ${meta.writtenBy}`);
  if (meta.migrating !== undefined) out("Its last migration was cut short; `migrate up` or a start goes on with it");
  for (const { to, about } of ahead) out(`  to do: ${to}, ${about}`);
  if (meta.before !== undefined) {
    out(`Before it had form ${meta.before.schema}, kept in the backup ${meta.before.backup}`);
  }
  out(
    `States have form ${STATE_FORMS.length + 1}, events form ${
      EVENT_FORMS.length + 1
    }: older ones are lifted when read`,
  );
  return EXIT.ok;
}

async function up({ out }: CliContext, config: Config): Promise<number> {
  const { newest, ahead } = await readStoreForm(config.data);
  const opened = await openStore({
    directory: config.data,
    existing: true,
    version: VERSION,
    now: () => Date.now(),
    backUp: backUpFirst(config, out),
  });
  await opened.close(true);
  for (const { to, about } of ahead) out(`Done: ${to}, ${about}`);
  out(ahead.length === 0 ? `The store has form ${newest} already` : `The store has form ${newest}`);
  return EXIT.ok;
}

async function down({ out, err }: CliContext, config: Config): Promise<number> {
  const { meta } = await readStoreForm(config.data);
  if (meta.before === undefined) {
    err(`There is no migration to take back: the store has had form ${meta.schema} from its beginning`);
    return EXIT.failed;
  }
  try {
    const { manifest, worlds, kept } = await restoreBackup({
      directory: config.data,
      backup: `${backupsDirectory(config)}/${meta.before.backup}`,
      now: () => Date.now(),
      pace: STEADY,
      verify: foldWorlds(),
    });
    out(`Restored ${manifest.file} of ${new Date(manifest.takenAt).toISOString()}: form ${manifest.store.schema}`);
    out(`${worlds} worlds begin a new epoch; what was played since is in ${kept ?? "no store"}`);
    out("Start the version that had this form now: this one would bring it up again");
    return EXIT.ok;
  } catch (fault) {
    if (!(fault instanceof BackupUnusable)) throw fault;
    err(fault.message);
    return EXIT.failed;
  }
}
