import { copyStore } from "./backup_copy.ts";
import { type Backup, backupName, listBackups, removeUnfinished, unfinishedPath } from "./backup_files.ts";
import {
  type BackupManifest,
  type BackupReason,
  BackupUnusable,
  digestFile,
  readManifest,
  syncDirectory,
  writeManifest,
} from "./backup_manifest.ts";
import type { Pace } from "./pace.ts";
import { openStoreCopy, type StoreCopy } from "./store_copy.ts";

/** What folding all worlds of a copy showed. */
export interface WorldsReport {
  readonly worlds: number;
  readonly entries: number;
  readonly snapshots: number;
  /** Worlds that do not fold to their head, with why. */
  readonly damaged: readonly string[];
}

/** Folds every world of a copy to its head. The rules are not this room's, so the one who asks brings it. */
export type VerifyWorlds = (copy: StoreCopy, pace: Pace) => Promise<WorldsReport>;

export interface BackupOptions {
  /** The store's file, live or not. */
  readonly store: string;
  /** Directory of the backups; made when absent. */
  readonly directory: string;
  readonly reason: BackupReason;
  readonly version: string;
  readonly now: () => number;
  readonly pace: Pace;
  readonly verify: VerifyWorlds;
}

/**
 * Copies the store as of one moment, verifies the copy and writes the manifest beside it, which makes it a backup:
 * every page reads well, every record has its checksum and every world folds to its head. What is
 * damaged in the store itself is named in the manifest and does not keep the rest from being saved. Throws
 * {@link BackupUnusable} when the copy is not good; nothing is left behind then.
 */
export async function createBackup(options: BackupOptions): Promise<Backup> {
  const { directory, reason, version, now, pace } = options;
  await Deno.mkdir(directory, { recursive: true, mode: 0o700 });
  await removeUnfinished(directory);
  const takenAt = now();
  const file = await freeName(directory, takenAt);
  const path = `${directory}/${file}`;
  const part = unfinishedPath(path);
  try {
    await copyStore(options.store, part);
    await Deno.chmod(part, 0o600);
    const found = await inspect(part, { pace, verify: options.verify, whole: true });
    if (found.damaged.length > 0) await confirmDamage(path, found.damaged, options);
    const digest = await digestFile(part);
    await Deno.rename(part, path);
    await syncDirectory(directory);
    await writeManifest(directory, { file, reason, takenAt, verifiedAt: now(), version, ...digest, ...found });
    return { path, manifest: await readManifest(path) };
  } catch (fault) {
    for (const left of [part, path]) await Deno.remove(left).catch(() => undefined);
    throw fault;
  }
}

/**
 * Verifies a backup anew: the file is the one its manifest describes, byte for byte, and reads and folds as it did then.
 * Throws {@link BackupUnusable} with the first thing that is wrong.
 */
export async function verifyBackup(
  path: string,
  options: Pick<BackupOptions, "pace" | "verify">,
): Promise<BackupManifest> {
  const manifest = await readManifest(path);
  const file = await digestFile(path).catch((cause: unknown) => {
    throw new BackupUnusable(path, "it cannot be read", { cause });
  });
  if (file.bytes !== manifest.bytes || file.sha256 !== manifest.sha256) {
    throw new BackupUnusable(path, "its bytes are not those that were verified when it was made");
  }
  const found = await inspect(path, { ...options, whole: true });
  const fault = found.damaged.find((one) => !manifest.damaged.includes(one));
  if (fault !== undefined) throw new BackupUnusable(path, `a record in it is damaged: ${fault}`);
  return manifest;
}

/** The backup an argument names: its path, the name of a file in the directory, or the newest where nothing is named. */
export async function findBackup(directory: string, name: string | undefined): Promise<string> {
  if (name !== undefined) return name.includes("/") ? name : `${directory}/${name}`;
  const newest = (await listBackups(directory)).backups[0];
  if (newest === undefined) throw new BackupUnusable(directory, "there is no verified backup in that directory");
  return newest.path;
}

/**
 * A fault that only the copy has is the copy's own: then it is no backup. A second copy tells, not the store itself: as
 * long as that is read it cannot empty its log, and looking at everything takes a while beside play.
 */
async function confirmDamage(path: string, damaged: readonly string[], options: BackupOptions): Promise<void> {
  const { store, pace, verify } = options;
  const second = `${unfinishedPath(path)}-2`;
  try {
    await copyStore(store, second);
    const there = await inspect(second, { pace, verify, whole: false });
    const fault = damaged.find((one) => !there.damaged.includes(one));
    if (fault !== undefined) throw new BackupUnusable(path, `a record in it is damaged: ${fault}`);
  } finally {
    await Deno.remove(second).catch(() => undefined);
  }
}

interface Inspection extends Pick<BackupOptions, "pace" | "verify"> {
  readonly whole: boolean;
}

/** What a manifest says about a file's content. */
async function inspect(path: string, { pace, verify, whole }: Inspection) {
  const copy = await openStoreCopy(path, { whole });
  try {
    const records = await copy.checkRecords(pace);
    const worlds = await verify(copy, pace);
    const { id, schema } = copy.meta;
    return {
      store: { id, schema },
      counts: {
        worlds: worlds.worlds,
        entries: worlds.entries,
        snapshots: worlds.snapshots,
        accounts: records.accounts,
        records: records.records,
      },
      damaged: [...new Set([...records.damaged, ...worlds.damaged])].slice(0, 200).map((text) => text.slice(0, 1_000)),
    };
  } finally {
    copy.close();
  }
}

/** Two copies of one second get two names. */
async function freeName(directory: string, takenAt: number): Promise<string> {
  for (let at = takenAt;; at += 1_000) {
    const name = backupName(at);
    try {
      await Deno.stat(`${directory}/${name}`);
    } catch (fault) {
      if (fault instanceof Deno.errors.NotFound) return name;
      throw fault;
    }
  }
}
