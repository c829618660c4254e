import type { Cells, Mutation, StoreLimits } from "./cells.ts";
import { encodeValue } from "./codec.ts";
import { keyBytes } from "./key_bytes.ts";
import { snapshotPartKey, snapshotsKey } from "./keys.ts";
import type { LaneReceipt, Snapshot, SnapshotMark } from "./ports.ts";
import { prepareChanges } from "./prepare.ts";
import { readRecord, snapshotMarks } from "./records.ts";
import { deletions, encodeSnapshot, readMarked } from "./snapshot_value.ts";

/** Snapshots kept of a world; entries older than the oldest of them are packed. */
export const KEPT_SNAPSHOTS = 3;
/** Share of an atomic's limits that is used. */
const USED = 0.85;

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
export function readSnapshot(cells: Cells, world: string, mark: SnapshotMark): Promise<Snapshot | undefined> {
  return readMarked(cells, world, mark, snapshotPartKey);
}

/**
 * Writes the snapshot and the receipts that so far stand in entries only, reads the snapshot back, compares and sets
 * the pointer with a check. The last three are kept. False when it did not come back as written or the pointer moved
 * meanwhile; nothing is lost then.
 */
export async function writeSnapshot(
  cells: Cells,
  world: string,
  snapshot: Snapshot,
  receipts: readonly LaneReceipt[],
): Promise<boolean> {
  const { mark, writes } = encodeSnapshot(world, snapshot, snapshotPartKey);
  const pointer = await cells.get(snapshotsKey(world));
  const marks = await readSnapshotMarks(cells, world);

  // Receipts before the pointer: from then on the entries below the snapshot are no longer read for them.
  const changes = receipts.map((one) => ({ type: "receipt", owner: { type: "world", id: world }, ...one } as const));
  for (const batch of inBatches([...prepareChanges(changes, cells.limits).list, ...writes], cells.limits)) {
    await cells.commit([], batch);
  }
  if (await readSnapshot(cells, world, mark) === undefined) return false;

  // One of the same number was written by an older version, or is damaged: this one takes its place.
  const same = marks.find((other) => other.n === mark.n);
  const all = [mark, ...marks.filter((other) => other !== same)].sort((a, b) => b.n - a.n);
  const moves: Mutation[] = [{ key: snapshotsKey(world), value: encodeValue(all.slice(0, KEPT_SNAPSHOTS)) }];
  if (same !== undefined) moves.push(...deletions(world, same, snapshotPartKey).slice(mark.parts));
  for (const old of all.slice(KEPT_SNAPSHOTS)) moves.push(...deletions(world, old, snapshotPartKey));
  const stamp = await cells.commit([{ key: snapshotsKey(world), stamp: pointer?.stamp ?? null }], moves);
  return stamp !== undefined;
}

/** Mutations cut into as few atomics as their limits allow; they need not become true together. */
function inBatches(mutations: readonly Mutation[], limits: StoreLimits): readonly (readonly Mutation[])[] {
  const batches: Mutation[][] = [];
  let batch: Mutation[] = [];
  let bytes = 0;
  let keys = 0;
  for (const mutation of mutations) {
    const key = keyBytes(mutation.key);
    const size = key + (mutation.value?.length ?? 0);
    const full = bytes + size > limits.bytes * USED || keys + key > limits.keyBytes * USED;
    if (batch.length > 0 && (full || batch.length >= limits.mutations * USED)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
      keys = 0;
    }
    batch.push(mutation);
    bytes += size;
    keys += key;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
