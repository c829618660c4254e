import { createHash } from "node:crypto";
import type { Cells, Key, Mutation } from "./cells.ts";
import { encodeValue, joinParts, splitParts } from "./codec.ts";
import type { Snapshot, SnapshotMark } from "./ports.ts";
import { PART_BYTES } from "./prepare.ts";
import { readRecord, snapshot as snapshotShape } from "./records.ts";

/** One `getMany` reads a snapshot whole, so it is of one moment. */
const MAX_PARTS = 10;

/** Where the parts of a snapshot stand. */
export type PartKey = (world: string, n: number, part: number) => Key;

/** A snapshot as it is written: its mark, and its parts under their keys. */
export interface EncodedSnapshot {
  readonly mark: SnapshotMark;
  readonly writes: readonly Mutation[];
}

/** Throws RangeError when the state is larger than any honest one. */
export function encodeSnapshot(world: string, snapshot: Snapshot, keyOf: PartKey): EncodedSnapshot {
  const bytes = encodeValue(snapshot);
  const parts = splitParts(bytes, PART_BYTES);
  if (parts.length > MAX_PARTS) {
    throw new RangeError(
      `Cannot write a snapshot of ${world} as its parts must be <= ${MAX_PARTS}: current value is ${parts.length}`,
    );
  }
  return {
    mark: { n: snapshot.n, parts: parts.length, length: bytes.length, sha256: sha256(bytes) },
    writes: parts.map((value, part) => ({ key: keyOf(world, snapshot.n, part), value })),
  };
}

/** The snapshot behind a mark, or undefined when a part is missing or differs from what was written. */
export async function readMarked(
  cells: Cells,
  world: string,
  mark: SnapshotMark,
  keyOf: PartKey,
): Promise<Snapshot | undefined> {
  const keys = Array.from({ length: mark.parts }, (_, part) => keyOf(world, mark.n, part));
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

/** What takes the parts of a snapshot away. */
export function deletions(world: string, mark: SnapshotMark, keyOf: PartKey): readonly Mutation[] {
  return Array.from({ length: mark.parts }, (_, part) => ({ key: keyOf(world, mark.n, part), value: undefined }));
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
