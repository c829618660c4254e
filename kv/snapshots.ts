import { createHash } from "node:crypto";
import type { Cells, Mutation, StoreLimits } from "./cells.ts";
import { encodeValue, joinParts, splitParts } from "./codec.ts";
import { keyBytes } from "./key_bytes.ts";
import { snapshotPartKey, snapshotsKey } from "./keys.ts";
import type { LaneReceipt, Snapshot, SnapshotMark } from "./ports.ts";
import { PART_BYTES, prepareChanges } from "./prepare.ts";
import { readRecord, snapshot as snapshotShape, snapshotMarks } from "./records.ts";

/** One `getMany` reads a snapshot whole, so it is of one moment. */
const MAX_PARTS = 10;
const KEPT = 3;
/** Share of an atomic's limits that is used. */
const USED = 0.85;

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
  const bytes = encodeValue(snapshot);
  const parts = splitParts(bytes, PART_BYTES);
  if (parts.length > MAX_PARTS) {
    throw new RangeError(
      `Cannot write a snapshot of ${world} as its parts must be <= ${MAX_PARTS}: current value is ${parts.length}`,
    );
  }
  const pointer = await cells.get(snapshotsKey(world));
  const marks = await readSnapshotMarks(cells, world);
  const mark: SnapshotMark = { n: snapshot.n, parts: parts.length, length: bytes.length, sha256: sha256(bytes) };

  // Receipts before the pointer: from then on the entries below the snapshot are no longer read for them.
  const changes = receipts.map((one) => ({ type: "receipt", owner: { type: "world", id: world }, ...one } as const));
  const writes = parts.map((value, part) => ({ key: snapshotPartKey(world, mark.n, part), value }));
  for (const batch of inBatches([...prepareChanges(changes, cells.limits).list, ...writes], cells.limits)) {
    await cells.commit([], batch);
  }
  if (marks.some((other) => other.n === mark.n)) return true;
  if (await readSnapshot(cells, world, mark) === undefined) return false;

  const all = [mark, ...marks].sort((a, b) => b.n - a.n);
  const moves: Mutation[] = [{ key: snapshotsKey(world), value: encodeValue(all.slice(0, KEPT)) }];
  for (const old of all.slice(KEPT)) {
    for (let part = 0; part < old.parts; part++) {
      moves.push({ key: snapshotPartKey(world, old.n, part), value: undefined });
    }
  }
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
