import type { Cell, Cells } from "./cells.ts";
import { DamagedRecord } from "./errors.ts";
import { entriesPrefix, entryKey, showKey } from "./keys.ts";
import type { LogEntry } from "./ports.ts";
import { logEntry, readRecord } from "./records.ts";

/**
 * Entries `from` to `to` of a world's log, in order. They never change once written, so reading them in several
 * batches is safe. A hole is a {@link DamagedRecord}, as is any value that does not read as it was written.
 */
export async function readEntries(cells: Cells, world: string, from: number, to: number): Promise<readonly LogEntry[]> {
  const entries: LogEntry[] = [];
  const prefix = entriesPrefix(world);
  let next = from;
  let parts: Cell[] = [];
  let start = entryKey(world, from);

  function finish() {
    if (parts.length === 0) return;
    const entry = readRecord(parts, logEntry);
    if (entry.n !== next) {
      throw new DamagedRecord(showKey(entryKey(world, next)), `entry ${entry.n} stands in its place`);
    }
    entries.push(entry);
    next++;
    parts = [];
  }

  while (next <= to) {
    const batch = await cells.list({ prefix, start, end: entryKey(world, to + 1), limit: cells.limits.list });
    for (const cell of batch) {
      const sameEntry = parts[0] !== undefined && parts[0].key[3] === cell.key[3];
      if (!sameEntry) finish();
      parts.push(cell);
    }
    const last = batch.at(-1);
    if (batch.length < cells.limits.list || last === undefined) break;
    // The smallest key above the last one.
    start = [...last.key, ""];
  }
  finish();
  if (next <= to) throw new DamagedRecord(showKey(entryKey(world, next)), "it is missing");
  return entries;
}
