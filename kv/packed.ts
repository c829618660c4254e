import { z } from "zod";
import type { Cell, Cells } from "./cells.ts";
import { encodeText, splitParts } from "./codec.ts";
import { DamagedRecord } from "./errors.ts";
import { packedEntriesAt, packedEntriesPrefix, showKey } from "./keys.ts";
import { groupByNumber, numberOf, wholeGroups } from "./parts.ts";
import type { LogEntry } from "./ports.ts";
import { PART_BYTES } from "./prepare.ts";
import { logEntry, readRecord } from "./records.ts";

/** Cells of packed entries read at once: a few megabytes at most, and always more than one value has. */
const READ_CELLS = 64;

const packedEntries = z.object({ entries: z.array(z.unknown()).min(1) });

/** Entries as one value of several parts. The texts of the entries go in as they were stored, not a letter changed. */
export function packTexts(texts: readonly string[]): readonly Uint8Array[] {
  return splitParts(encodeText(`{"entries":[${texts.join(",")}]}`), PART_BYTES);
}

/** Packed entries from `from` on, without a hole and not beyond `to`; fewer, or none, where they are not packed. */
export async function readPacked(cells: Cells, world: string, from: number, to: number): Promise<readonly LogEntry[]> {
  const entries: LogEntry[] = [];
  const prefix = packedEntriesPrefix(world);
  const end = packedEntriesAt(world, to + 1);
  const [holder] = await cells.list({ prefix, end: packedEntriesAt(world, from + 1), limit: 1, reverse: true });
  let at = holder && numberOf(holder);
  while (at !== undefined) {
    const found: readonly Cell[] = await cells.list({
      prefix,
      start: packedEntriesAt(world, at),
      end,
      limit: READ_CELLS,
    });
    for (const parts of wholeGroups(found, READ_CELLS)) {
      for (const entry of unpack(parts)) {
        const wanted = from + entries.length;
        if (entry.n > wanted || entry.n > to) return entries;
        if (entry.n === wanted) entries.push(entry);
      }
    }
    const cut = found.length < READ_CELLS ? undefined : groupByNumber(found).at(-1)?.[0];
    at = cut && numberOf(cut);
  }
  return entries;
}

/** The entries of one packed value. Any fault names its key. */
function unpack(parts: readonly Cell[]): readonly LogEntry[] {
  const [head] = parts;
  if (head === undefined) return [];
  const { entries } = readRecord(parts, packedEntries);
  return entries.map((value, i) => {
    const entry = parsed(value, head);
    const n = numberOf(head) + i;
    if (entry.n === n) return entry;
    throw new DamagedRecord(showKey(head.key), `entry ${entry.n} stands in the place of ${n}`);
  });
}

function parsed(value: unknown, { key }: Cell): LogEntry {
  try {
    return logEntry.parse(value);
  } catch (cause) {
    throw new DamagedRecord(showKey(key), "an entry in it has not the shape this version knows", { cause });
  }
}
