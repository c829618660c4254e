import { z } from "zod";
import { verifyBackup, type VerifyWorlds } from "./backup.ts";
import { type BackupManifest, BackupUnusable, digestFile, syncDirectory } from "./backup_manifest.ts";
import { checkDirectory, type DataPaths, dataPaths } from "./directory.ts";
import { lockDirectory } from "./lock.ts";
import type { Pace } from "./pace.ts";
import { raiseEpochs, readEpochs } from "./raise_epochs.ts";

export interface RestoreOptions {
  /** Data directory; nobody may own it. */
  readonly directory: string;
  /** Path of the backup's file. */
  readonly backup: string;
  readonly now: () => number;
  readonly pace: Pace;
  readonly verify: VerifyWorlds;
}

export interface Restored {
  readonly manifest: BackupManifest;
  /** Worlds that have a new epoch. */
  readonly worlds: number;
  /** Where the store that was there lies now; undefined: there was none. */
  readonly kept: string | undefined;
}

/** Files of a store: the database, what SQLite keeps beside it. */
const PARTS = ["", "-wal", "-shm"];
const name = z.string().regex(/^[a-z-]+-\d{8}T\d{6}Z(-\d+)?$/);
const plan = z.strictObject({ fresh: name, kept: name });

/**
 * Puts a backup in the place of the store. Takes the lock, verifies the backup, makes the new store beside the old one
 * with a new epoch for every world, and swaps them by renames that a start after a power cut would finish. The old
 * files are kept. Throws {@link BackupUnusable} or a StoreRefused; the store is as it was then.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { directory, backup, now, pace, verify } = options;
  const paths = dataPaths(directory);
  await checkDirectory(paths);
  using lock = await lockDirectory(paths);
  await lock.note(`pid ${Deno.pid}, restoring a backup`);
  await finishRestore(paths);
  const manifest = await verifyBackup(backup, { pace, verify });

  const stamp = new Date(now()).toISOString().replaceAll(/[-:]/g, "").replace(/\.\d+/, "");
  const fresh = await freeName(directory, `restore-${stamp}`);
  const kept = await freeName(directory, `before-restore-${stamp}`);
  const file = `${directory}/${fresh}/${storeName(paths)}`;
  await Deno.mkdir(`${directory}/${fresh}`, { mode: 0o700 });
  try {
    await Deno.copyFile(backup, file);
    const { sha256 } = await digestFile(file);
    if (sha256 !== manifest.sha256) throw new BackupUnusable(backup, "its copy has other bytes");
    const worlds = await raiseEpochs(file, now(), await epochsOf(paths));
    await syncFile(file);
    await syncDirectory(`${directory}/${fresh}`);
    await writePlan(paths, { fresh, kept });
    const had = await finishRestore(paths);
    return { manifest, worlds, kept: had ? `${directory}/${kept}` : undefined };
  } catch (fault) {
    // Once the plan is written the next start goes on with it.
    if (await readPlan(paths) === undefined) await Deno.remove(`${directory}/${fresh}`, { recursive: true });
    throw fault;
  }
}

/**
 * Does what is left of a restore: every step may have been done before. Called under the lock, before a store is opened.
 * True: there was a store before, and its files were moved away.
 */
export async function finishRestore(paths: DataPaths): Promise<boolean> {
  const planned = await readPlan(paths);
  if (planned === undefined) return false;
  const { directory, store } = paths;
  const fresh = `${directory}/${planned.fresh}/${storeName(paths)}`;
  const kept = `${directory}/${planned.kept}`;
  // While the new file is not in its place, whatever is there is the old one.
  if (await exists(fresh)) {
    if (await exists(store)) await Deno.mkdir(kept, { recursive: true, mode: 0o700 });
    for (const part of [...PARTS].reverse()) {
      if (await exists(`${store}${part}`)) {
        await Deno.mkdir(kept, { recursive: true, mode: 0o700 });
        await Deno.rename(`${store}${part}`, `${kept}/${storeName(paths)}${part}`);
      }
    }
    await syncDirectory(directory);
    await Deno.rename(fresh, store);
    await syncDirectory(directory);
  }
  const had = await exists(kept);
  await Deno.remove(planPath(paths));
  await Deno.remove(`${directory}/${planned.fresh}`, { recursive: true }).catch(() => undefined);
  return had;
}

/** To disk, whether or not there was a world whose epoch had to be written. */
async function syncFile(path: string): Promise<void> {
  using file = await Deno.open(path, { read: true, write: true });
  await file.sync();
}

/** The epochs of the store that is about to be replaced, as far as it can be read: no number may come twice. */
async function epochsOf({ store }: DataPaths): Promise<ReadonlyMap<string, number>> {
  try {
    return await readEpochs(store);
  } catch {
    // Absent or damaged: then the clock alone keeps the numbers apart.
    return new Map();
  }
}

function planPath({ directory }: DataPaths): string {
  return `${directory}/restore.json`;
}

function storeName({ directory, store }: DataPaths): string {
  return store.slice(directory.length + 1);
}

async function readPlan(paths: DataPaths): Promise<z.infer<typeof plan> | undefined> {
  try {
    return plan.parse(JSON.parse(await Deno.readTextFile(planPath(paths))));
  } catch (fault) {
    if (fault instanceof Deno.errors.NotFound) return undefined;
    throw fault;
  }
}

/** By rename: from here on the restore happens, whatever comes. */
async function writePlan(paths: DataPaths, value: z.infer<typeof plan>): Promise<void> {
  const path = planPath(paths);
  {
    using file = await Deno.open(`${path}.new`, { write: true, create: true, truncate: true });
    const bytes = new TextEncoder().encode(JSON.stringify(plan.parse(value)));
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    await file.sync();
  }
  await Deno.rename(`${path}.new`, path);
  await syncDirectory(paths.directory);
}

async function freeName(directory: string, wanted: string): Promise<string> {
  for (let number = 1;; number++) {
    const one = number === 1 ? wanted : `${wanted}-${number}`;
    if (!await exists(`${directory}/${one}`)) return one;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (fault) {
    if (fault instanceof Deno.errors.NotFound) return false;
    throw fault;
  }
}
