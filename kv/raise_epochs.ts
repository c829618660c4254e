import { DatabaseSync } from "node:sqlite";
import { encodeValue } from "./codec.ts";
import { headKey } from "./keys.ts";
import { readRecord, worldHead } from "./records.ts";
import { sqliteCells } from "./sqlite_cells.ts";
import { encodeKey } from "./tuple_key.ts";
import { findWorlds } from "./world_index.ts";

const PAGE = 500;

/** The epoch of every world of a store's file; a head that cannot be read has none. */
export async function readEpochs(path: string): Promise<ReadonlyMap<string, number>> {
  const cells = sqliteCells(path);
  try {
    const epochs = new Map<string, number>();
    let after: string | undefined;
    for (;;) {
      const ids = await findWorlds(cells, after, PAGE);
      for (const id of ids) {
        const cell = await cells.get(headKey({ type: "world", id }));
        const head = cell && headOf(cell);
        if (head !== undefined) epochs.set(id, head.epoch);
      }
      after = ids.at(-1);
      if (ids.length < PAGE) return epochs;
    }
  } finally {
    cells.close();
  }
}

/** The number of a history that is not the one before, nor the one that is being replaced. `now` in ms. */
export function raisedEpoch(before: number, other: number | undefined, now: number): number {
  return Math.max(before + 1, (other ?? 0) + 1, Math.floor(now / 1_000));
}

/**
 * Gives every world of a file that nobody has open a new history number: the second in which this happens, or more
 * where the world, here or in `others`, has had that number. Entries and snapshots keep the numbers they were made
 * under, because the dice in them were drawn from those.
 */
export async function raiseEpochs(
  path: string,
  now: number,
  others: ReadonlyMap<string, number> = new Map(),
): Promise<number> {
  const epochs = await readEpochs(path);
  const database = new DatabaseSync(path);
  try {
    const read = database.prepare("SELECT v FROM kv WHERE k = ?");
    const write = database.prepare("UPDATE kv SET v = ? WHERE k = ?");
    database.exec("PRAGMA synchronous = FULL; BEGIN");
    for (const [id, before] of epochs) {
      const epoch = raisedEpoch(before, others.get(id), now);
      const key = headKey({ type: "world", id });
      const value = read.get(encodeKey(key))?.["v"];
      if (!(value instanceof Uint8Array)) continue;
      const head = readRecord([{ key, value: new Uint8Array(value), stamp: "" }], worldHead);
      write.run(encodeValue({ ...head, epoch }), encodeKey(key));
    }
    database.exec("COMMIT");
  } finally {
    database.close();
  }
  return epochs.size;
}

function headOf(cell: Parameters<typeof readRecord>[0][number]) {
  try {
    return readRecord([cell], worldHead);
  } catch {
    // A damaged head: the world is quarantined when somebody asks for it, and nobody plays on in it.
    return undefined;
  }
}
