import { createHash } from "node:crypto";
import type { Cells, Mutation } from "./cells.ts";
import { encodeValue, joinParts, splitParts } from "./codec.ts";
import { snapshotPartKey, snapshotPrefix, snapshotsKey } from "./keys.ts";
import type { LaneReceipt, Snapshot, SnapshotMark } from "./ports.ts";
import { PART_BYTES, prepareChanges } from "./prepare.ts";
import { readRecord, snapshot as snapshotShape, snapshotMarks } from "./records.ts";

/** One `getMany` reads a snapshot whole, so it is of one moment. */
const MAX_PARTS = 10;
const KEPT = 3;
/** Few enough that receipts at the limit of a value fit one atomic. */
const RECEIPTS_PER_ATOMIC = 10;

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Complete snapshots of a world, newest first. A damaged pointer counts as none: the log still has everything. */
export async function readSnapshotMarks(cells: Cells, world: string): Promise<readonly SnapshotMark[]> {
  const cell = await cells.get(snapshotsKey(world));
  if (cell === undefined) return [];
  try {
    return readRecord([cell], snapshotMarks);
  } catch {
    return [];
  }
}

/** The snapshot behind a mark, or undefined when a part is missing or differs from what was written. */
export async function readSnapshot(cells: Cells, world: string, mark: SnapshotMark): Promise<Snapshot | undefined> {
  const keys = Array.from({ length: mark.parts }, (_, part) => snapshotPartKey(world, mark.n, part));
  const found = (await cells.getMany(keys)).filter((cell) => cell !== undefined);
  const bytes = joinParts(found.map((cell) => cell.value));
  if (found.length !== mark.parts || bytes.length !== mark.length || sha256(bytes) !== mark.sha256) return undefined;
  try {
    const value = readRecord(found, snapshotShape);
    return value.n === mark.n ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Writes the receipts that so far stand in entries only, then the snapshot in an atomic of its own, reads it back,
 * compares and sets the pointer with a check. The last three are kept. False when it did not come back as written or the pointer moved meanwhile; nothing is lost then.
 */
export async function writeSnapshot(
  cells: Cells,
  world: string,
  snapshot: Snapshot,
  receipts: readonly LaneReceipt[],
): Promise<boolean> {
  const bytes = encodeValue(snapshot);
  const parts = splitParts(bytes, PART_BYTES);
  if (parts.length > MAX_PARTS) {
    throw new RangeError(
      `Cannot write a snapshot of ${world} as its parts must be <= ${MAX_PARTS}: current value is ${parts.length}`,
    );
  }
  await writeReceipts(cells, world, receipts);
  const pointer = await cells.get(snapshotsKey(world));
  const marks = await readSnapshotMarks(cells, world);
  if (marks.some((mark) => mark.n === snapshot.n)) return true;
  const mark: SnapshotMark = { n: snapshot.n, parts: parts.length, length: bytes.length, sha256: sha256(bytes) };

  await cells.commit([], parts.map((value, part) => ({ key: snapshotPartKey(world, mark.n, part), value })));
  if (await readSnapshot(cells, world, mark) === undefined) return false;

  const all = [mark, ...marks].sort((a, b) => b.n - a.n);
  const writes: Mutation[] = [{ key: snapshotsKey(world), value: encodeValue(all.slice(0, KEPT)) }];
  for (const old of all.slice(KEPT)) {
    for (const cell of await cells.list({ prefix: snapshotPrefix(world, old.n), limit: cells.limits.list })) {
      writes.push({ key: cell.key, value: undefined });
    }
  }
  const stamp = await cells.commit([{ key: snapshotsKey(world), stamp: pointer?.stamp ?? null }], writes);
  return stamp !== undefined;
}

/** Before the pointer: from then on the entries below the snapshot are no longer read for their receipts. */
async function writeReceipts(cells: Cells, world: string, receipts: readonly LaneReceipt[]): Promise<void> {
  for (let from = 0; from < receipts.length; from += RECEIPTS_PER_ATOMIC) {
    const some = receipts.slice(from, from + RECEIPTS_PER_ATOMIC);
    const changes = some.map((one) => ({ type: "receipt", owner: { type: "world", id: world }, ...one } as const));
    await cells.commit([], prepareChanges(changes, cells.limits).list);
  }
}
