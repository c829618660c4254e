import type { Cells } from "./cells.ts";
import { DamagedRecord, EntriesDropped } from "./errors.ts";
import { entriesPrefix, entryKey, showKey } from "./keys.ts";
import { readLogState } from "./log_state.ts";
import { readPacked } from "./packed.ts";
import { numberOf, wholeGroups } from "./parts.ts";
import type { LogEntry } from "./ports.ts";
import { logEntry, readRecord } from "./records.ts";

/**
 * Entries `from` to `to` of a world's log, in order, whether they stand alone or packed. They never change once
 * written, so reading them in several batches is safe, and they only ever move one way: from standing alone to packed
 * to dropped. Looking for them in that order misses none that moves meanwhile.
 *
 * A hole is a {@link DamagedRecord}, as is any value that does not read as it was written; what was dropped on purpose
 * is {@link EntriesDropped}.
 */
export async function readEntries(cells: Cells, world: string, from: number, to: number): Promise<readonly LogEntry[]> {
  const entries: LogEntry[] = [];
  let next = from;
  while (next <= to) {
    const plain = await readPlain(cells, world, next, to);
    const gapEnd = plain[0] === undefined ? to : plain[0].n - 1;
    if (next <= gapEnd) {
      for (const entry of await readPacked(cells, world, next, gapEnd)) entries.push(entry);
      next = from + entries.length;
      if (next <= gapEnd) throw await missing(cells, world, next);
    }
    for (const entry of plain) {
      // Behind a hole: the next round looks for what is missing, as it may have been packed by now.
      if (entry.n !== next) break;
      entries.push(entry);
      next++;
    }
  }
  return entries;
}

/** Whether some entry stands alone behind the n-th: only a head that is older than its log lets one be there. */
export async function hasEntriesAfter(cells: Cells, world: string, n: number): Promise<boolean> {
  const found = await cells.list({ prefix: entriesPrefix(world), start: entryKey(world, n + 1), limit: 1 });
  return found.length > 0;
}

/** Entries of a range that stand alone, in order and from the first of them on; none when there is none. */
async function readPlain(cells: Cells, world: string, from: number, to: number): Promise<readonly LogEntry[]> {
  const { list: limit } = cells.limits;
  const range = { prefix: entriesPrefix(world), start: entryKey(world, from), end: entryKey(world, to + 1) };
  return wholeGroups(await cells.list({ ...range, limit }), limit).map((parts) => {
    const entry = readRecord(parts, logEntry);
    const n = parts[0] === undefined ? 0 : numberOf(parts[0]);
    if (entry.n !== n) throw new DamagedRecord(showKey(entryKey(world, n)), `entry ${entry.n} stands in its place`);
    return entry;
  });
}

async function missing(cells: Cells, world: string, n: number): Promise<Error> {
  const state = await readLogState(cells, world);
  if (state !== undefined && n < state.value.first) return new EntriesDropped(world, n, state.value.first);
  return new DamagedRecord(showKey(entryKey(world, n)), "it is missing");
}
