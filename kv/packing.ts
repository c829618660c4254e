import type { Cell, Cells, Mutation } from "./cells.ts";
import { DamagedValue, decodeText, encodeValue, joinParts } from "./codec.ts";
import { DamagedRecord } from "./errors.ts";
import { entriesPrefix, entryKey, logStateKey, packedEntriesKey, showKey } from "./keys.ts";
import { readLogState } from "./log_state.ts";
import { packTexts } from "./packed.ts";
import { numberOf, wholeGroups } from "./parts.ts";
import type { LogState } from "./ports.ts";
import { KEPT_SNAPSHOTS, readSnapshotMarks } from "./snapshots.ts";

/** Entries in one packed value. */
export const PACKED_TOGETHER = 200;
/** Stored size of the entries of one packed value: packed they take less, and fit into an atomic. */
const PACKED_BYTES = 400 * 1_024;
/** Their text, so that unpacking them takes no more memory than it should. */
const PACKED_CHARS = 8 * 1_024 * 1_024;
/** Parts of one packed value, beside what else its atomic holds. */
const MAX_PARTS = 10;
/** Cells read at once: enough for the entries of one packed value, the parts of large ones among them. */
const READ_CELLS = 240;

/** The cells of an entry that stands alone. */
type Alone = readonly [Cell, ...Cell[]];

/**
 * Packs the oldest entries that still stand alone and are older than the third snapshot: `together` of them (200), or
 * fewer where they are large. One atomic writes them packed and deletes them. It checks the first of them and that nothing is
 * packed in its place; entries never change, so that is enough, and no command of the world contends with it. False
 * when there was nothing to pack, or somebody else has packed it. Throws a {@link DamagedRecord} when one of them is
 * damaged or missing: they stay as they are then.
 */
export async function packEntries(cells: Cells, world: string, together = PACKED_TOGETHER): Promise<boolean> {
  const third = (await readSnapshotMarks(cells, world))[KEPT_SNAPSHOTS - 1];
  if (third === undefined) return false;
  const before = await readLogState(cells, world);
  const end = entryKey(world, third.n + 1);
  const found = await cells.list({ prefix: entriesPrefix(world), end, limit: READ_CELLS });
  const taken = take(wholeGroups(found, READ_CELLS), world, together);
  const [head] = taken[0] ?? [];
  if (head === undefined) return false;
  const n = numberOf(head);
  const { first = 1, packed = 0, bytes = 0, base } = before?.value ?? {};
  if (n !== packed + 1) {
    if ((await readLogState(cells, world))?.stamp !== before?.stamp) return false;
    throw missing(world, packed + 1);
  }

  const { parts, count } = encode(taken);
  const state: LogState = {
    first,
    packed: packed + count,
    bytes: parts.reduce((sum, part) => sum + part.length, bytes),
    ...(base === undefined ? {} : { base }),
  };
  const mutations: readonly Mutation[] = [
    ...parts.map((value, part) => ({ key: packedEntriesKey(world, n, part), value })),
    { key: logStateKey(world), value: encodeValue(state) },
    ...taken.slice(0, count).flat().map(({ key }) => ({ key, value: undefined })),
  ];
  const stamp = await cells.commit([
    { key: head.key, stamp: head.stamp },
    { key: packedEntriesKey(world, n, 0), stamp: null },
    { key: logStateKey(world), stamp: before?.stamp ?? null },
  ], mutations);
  return stamp !== undefined;
}

/** The entries to pack together; none while there are not enough of them. Throws where one is missing. */
function take(groups: readonly (readonly Cell[])[], world: string, together: number): readonly Alone[] {
  const taken: Alone[] = [];
  let bytes = 0;
  let next: number | undefined;
  for (const [head, ...more] of groups) {
    if (head === undefined) continue;
    if (next !== undefined && numberOf(head) !== next) throw missing(world, next);
    const size = more.reduce((sum, { value }) => sum + value.length, head.value.length);
    if (taken.length > 0 && bytes + size > PACKED_BYTES) return taken;
    bytes += size;
    next = numberOf(head) + 1;
    taken.push([head, ...more]);
    if (taken.length === together) return taken;
  }
  return [];
}

/** Half of them, and half again, where they are too much for one value. */
function encode(taken: readonly Alone[]): { readonly parts: readonly Uint8Array[]; readonly count: number } {
  const texts = taken.map(textOf);
  for (let count = texts.length;; count = Math.ceil(count / 2)) {
    const some = texts.slice(0, count);
    const chars = some.reduce((sum, text) => sum + text.length, 0);
    const parts = count > 1 && chars > PACKED_CHARS ? [] : packTexts(some);
    if (count === 1 || (parts.length > 0 && parts.length <= MAX_PARTS)) return { parts, count };
  }
}

/** The stored text of an entry. Its checksum is looked at here: what is damaged is not packed. */
function textOf(parts: Alone): string {
  try {
    return decodeText(joinParts(parts.map(({ value }) => value)));
  } catch (cause) {
    if (!(cause instanceof DamagedValue)) throw cause;
    throw new DamagedRecord(showKey(parts[0].key), "it is damaged", { cause });
  }
}

function missing(world: string, n: number): DamagedRecord {
  return new DamagedRecord(showKey(entryKey(world, n)), "it is missing");
}
