import { createHash } from "node:crypto";
import { z } from "zod";

/** Form of the manifest this version writes. */
const FORMAT = 1;
const LONGEST_MANIFEST = 65_536;

/** Why a backup was made. Those before a migration are what `migrate down` goes back to. */
export const BACKUP_REASONS = ["command", "schedule", "migration"] as const;
export type BackupReason = typeof BACKUP_REASONS[number];

const count = z.int().min(0);
const manifest = z.strictObject({
  format: z.literal(FORMAT),
  /** Name of the file beside the manifest. */
  file: z.string().regex(/^[A-Za-z0-9._-]{1,100}$/),
  reason: z.enum(BACKUP_REASONS),
  /** Ms since 1970 at which the copy's moment was taken, and at which it had been verified. */
  takenAt: count,
  verifiedAt: count,
  bytes: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Version of the program that made it. */
  version: z.string().max(100),
  store: z.strictObject({ id: z.string().max(100), schema: count }),
  /** Records and worlds that were damaged in the store itself when the copy was made; everything else is whole. */
  damaged: z.array(z.string().max(1_000)).max(200),
  counts: z.strictObject({ worlds: count, entries: count, snapshots: count, accounts: count, records: count }),
});

/** What stands beside a backup's file once it has been verified; without it there is no backup. */
export type BackupManifest = z.infer<typeof manifest>;
export type BackupCounts = BackupManifest["counts"];

/** A backup that cannot be used, and why. The message is one plain sentence for the operator. */
export class BackupUnusable extends Error {
  override readonly name = "BackupUnusable";

  constructor(path: string, why: string, options?: ErrorOptions) {
    super(`Cannot use the backup ${path} as ${why}`, options);
  }
}

export function manifestPath(file: string): string {
  return `${file}.json`;
}

/** The manifest of a backup's file. Throws {@link BackupUnusable} when there is none or it is not one of ours. */
export async function readManifest(file: string): Promise<BackupManifest> {
  try {
    const text = await Deno.readTextFile(manifestPath(file));
    if (text.length > LONGEST_MANIFEST) throw new RangeError("it is too long");
    return manifest.parse(JSON.parse(text));
  } catch (cause) {
    throw new BackupUnusable(file, await whyNot(file, cause), { cause });
  }
}

async function whyNot(file: string, cause: unknown): Promise<string> {
  if (cause instanceof Deno.errors.PermissionDenied) return "it belongs to another user";
  if (!(cause instanceof Deno.errors.NotFound)) return "its manifest is damaged";
  const there = await Deno.stat(file).then(() => true, () => false);
  return there ? "it has no manifest, so it was never verified" : "there is no such file";
}

/** By rename, after which it counts; its text is on disk before. */
export async function writeManifest(directory: string, value: Omit<BackupManifest, "format">): Promise<void> {
  const path = manifestPath(`${directory}/${value.file}`);
  const text = JSON.stringify(manifest.parse({ format: FORMAT, ...value }), null, 2);
  {
    using file = await Deno.open(`${path}.part`, { write: true, create: true, truncate: true, mode: 0o600 });
    await writeAll(file, new TextEncoder().encode(`${text}\n`));
    await file.sync();
  }
  await Deno.rename(`${path}.part`, path);
  await syncDirectory(directory);
}

/** SHA-256 and length of a file, read in pieces. */
export async function digestFile(path: string): Promise<{ readonly sha256: string; readonly bytes: number }> {
  using file = await Deno.open(path, { read: true });
  const hash = createHash("sha256");
  const piece = new Uint8Array(256 * 1_024);
  let bytes = 0;
  for (;;) {
    const read = await file.read(piece);
    if (read === null) return { sha256: hash.digest("hex"), bytes };
    hash.update(piece.subarray(0, read));
    bytes += read;
  }
}

/** Makes renames in a directory last through a power cut, where the system can. */
export async function syncDirectory(path: string): Promise<void> {
  try {
    using directory = await Deno.open(path, { read: true });
    await directory.sync();
  } catch {
    // Some systems open no directories; there the rename reaches the disk a little later.
  }
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}
