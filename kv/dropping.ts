import type { Cells } from "./cells.ts";
import { encodeValue } from "./codec.ts";
import { basePartKey, logStateKey, packedEntriesPrefix } from "./keys.ts";
import { readLogState } from "./log_state.ts";
import { groupByNumber, numberOf } from "./parts.ts";
import type { LogState, OldestPacked, Snapshot } from "./ports.ts";
import { deletions, encodeSnapshot, readMarked } from "./snapshot_value.ts";

/** Cells that show the oldest packed value whole and where the next one begins. */
const READ_CELLS = 32;

async function findOldest(cells: Cells, world: string, { packed }: LogState) {
  const found = await cells.list({ prefix: packedEntriesPrefix(world), limit: READ_CELLS });
  const [parts, next] = groupByNumber(found);
  const [head] = parts ?? [];
  if (parts === undefined || head === undefined) return undefined;
  const after = next?.[0] === undefined ? packed + 1 : numberOf(next[0]);
  return { parts, head, first: numberOf(head), last: after - 1 };
}

/** What {@link dropOldest} would drop; undefined while nothing is packed. */
export async function readOldestPacked(cells: Cells, world: string): Promise<OldestPacked | undefined> {
  const state = await readLogState(cells, world);
  const oldest = state && await findOldest(cells, world, state.value);
  return oldest && { first: oldest.first, last: oldest.last };
}

/**
 * Drops the oldest packed entries. `base` is the state after the last of them: it is written and read back first, since
 * from then on the world's replay begins there. False when it did not come back as written, or somebody else was
 * first; nothing is lost then.
 */
export async function dropOldest(cells: Cells, world: string, base: Snapshot): Promise<boolean> {
  const before = await readLogState(cells, world);
  const oldest = before && await findOldest(cells, world, before.value);
  if (before === undefined || oldest === undefined || base.n !== oldest.last) return false;
  const { mark, writes } = encodeSnapshot(world, base, basePartKey);
  await cells.commit([], writes);
  if (await readMarked(cells, world, mark, basePartKey) === undefined) return false;

  const { packed, bytes, base: old } = before.value;
  const state: LogState = {
    first: base.n + 1,
    packed,
    bytes: bytes - oldest.parts.reduce((sum, { value }) => sum + value.length, 0),
    base: mark,
  };
  const stamp = await cells.commit([
    { key: logStateKey(world), stamp: before.stamp },
    { key: oldest.head.key, stamp: oldest.head.stamp },
  ], [
    { key: logStateKey(world), value: encodeValue(state) },
    ...oldest.parts.map(({ key }) => ({ key, value: undefined })),
    ...(old === undefined ? [] : deletions(world, old, basePartKey)),
  ]);
  return stamp !== undefined;
}

/** Gives a world that has no log yet its beginning: the state before the first entry that will be written. */
export async function writeBase(cells: Cells, world: string, base: Snapshot): Promise<boolean> {
  const { mark, writes } = encodeSnapshot(world, base, basePartKey);
  await cells.commit([], writes);
  if (await readMarked(cells, world, mark, basePartKey) === undefined) return false;
  const state: LogState = { first: base.n + 1, packed: base.n, bytes: 0, base: mark };
  const key = logStateKey(world);
  return await cells.commit([{ key, stamp: null }], [{ key, value: encodeValue(state) }]) !== undefined;
}

/** The state before the first entry that is kept; undefined where it is damaged, or the log begins with entry 1. */
export async function readBase(cells: Cells, world: string): Promise<Snapshot | undefined> {
  const mark = (await readLogState(cells, world))?.value.base;
  return mark && await readMarked(cells, world, mark, basePartKey);
}
