import type { Config } from "../host/config.ts";
import { createRules } from "../host/rules.ts";
import { verifyWorlds } from "../host/verify_copy.ts";
import { createBackup, type VerifyWorlds } from "../kv/backup.ts";
import type { OpenOptions } from "../kv/mod.ts";
import { STEADY } from "../kv/pace.ts";
import { backupsDirectory } from "./backup_tool.ts";
import { VERSION } from "./version.ts";

/** Folds every world of a copy by today's rules; for those who have the machine to themselves. */
export function foldWorlds(): VerifyWorlds {
  const engine = createRules();
  return (copy, pace) => verifyWorlds(copy, engine, pace);
}

/** What `openStore` calls before a migration: a verified backup, whose name is told. */
export function backUpFirst(
  config: Pick<Config, "backups" | "data">,
  tell: (line: string) => void,
): NonNullable<OpenOptions["backUp"]> {
  return async ({ store, from, to }) => {
    tell(`The store has form ${from} and this version's is ${to}: making a backup first`);
    const directory = backupsDirectory(config);
    const now = () => Date.now();
    const options = { store, directory, reason: "migration", version: VERSION, now, pace: STEADY } as const;
    const { path, manifest } = await createBackup({ ...options, verify: foldWorlds() });
    tell(`The verified backup made before the migration is ${path}`);
    for (const fault of manifest.damaged) tell(`Damaged in the store already: ${fault}`);
    return manifest.file;
  };
}
