import { type KeepRule, keptBackups } from "./backup_keep.ts";
import { type BackupManifest, BackupUnusable, manifestPath, readManifest } from "./backup_manifest.ts";

/** Ends of the names of what is in the directory: a copy, its manifest, either of them while it is being written. */
const COPY = ".kv";
const UNFINISHED = ".part";

/** A verified backup: its file and what stands beside it. */
export interface Backup {
  readonly path: string;
  readonly manifest: BackupManifest;
}

export interface BackupList {
  /** Newest first. */
  readonly backups: readonly Backup[];
  /** Files that look like one but have no manifest that could be read: no backups, and why. */
  readonly unusable: readonly { readonly path: string; readonly why: string }[];
}

/** `goldbox-20261122T182031Z.kv`: names sort by the moment of the copy (ms). */
export function backupName(takenAt: number): string {
  return `goldbox-${new Date(takenAt).toISOString().replaceAll(/[-:]/g, "").replace(/\.\d+/, "")}${COPY}`;
}

/** What a directory of backups holds; nothing where there is none. */
export async function listBackups(directory: string): Promise<BackupList> {
  const backups: Backup[] = [];
  const unusable: { readonly path: string; readonly why: string }[] = [];
  for (const name of await namesIn(directory)) {
    if (!name.endsWith(COPY)) continue;
    const path = `${directory}/${name}`;
    try {
      backups.push({ path, manifest: await readManifest(path) });
    } catch (fault) {
      if (!(fault instanceof BackupUnusable)) throw fault;
      unusable.push({ path, why: fault.message });
    }
  }
  backups.sort((a, b) => b.manifest.takenAt - a.manifest.takenAt);
  return { backups, unusable };
}

/** Removes the backups a rule does not keep and answers with their paths. The newest is always kept. */
export async function pruneBackups(directory: string, rule: KeepRule): Promise<readonly string[]> {
  const { backups } = await listBackups(directory);
  const kept = new Set(keptBackups(backups.map(({ manifest }) => manifest), rule));
  const removed: string[] = [];
  for (const { path, manifest } of backups) {
    if (kept.has(manifest)) continue;
    // The manifest first: cut short here, a file is left that nobody takes for a backup.
    await remove(manifestPath(path));
    await remove(path);
    removed.push(path);
  }
  return removed;
}

/** Removes what a copy left behind that never became a backup. For the one process that makes them. */
export async function removeUnfinished(directory: string): Promise<void> {
  for (const name of await namesIn(directory)) {
    if (name.startsWith("goldbox-") && name.includes(UNFINISHED)) await remove(`${directory}/${name}`);
  }
}

export function unfinishedPath(path: string): string {
  return `${path}${UNFINISHED}`;
}

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(directory), ({ name }) => name)).toSorted();
  } catch (fault) {
    if (fault instanceof Deno.errors.NotFound) return [];
    throw fault;
  }
}

async function remove(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (fault) {
    if (!(fault instanceof Deno.errors.NotFound)) throw fault;
  }
}
