import { DatabaseSync } from "node:sqlite";
import { StoreCorrupt } from "./errors.ts";

const SQLITE_MAGIC = "SQLite format 3\0";
/** The table in which Deno KV keeps its cells. */
const CELLS_TABLE = "kv";

/** What lies at the store's path: nothing or an empty file (0 bytes), or a file of that size. */
export async function storeBytes(path: string): Promise<number> {
  try {
    const info = await Deno.stat(path);
    if (!info.isFile) throw new StoreCorrupt(path, "it is no file");
    return info.size;
  } catch (fault) {
    if (fault instanceof Deno.errors.NotFound) return 0;
    throw fault;
  }
}

/**
 * Refuses a file that does not begin as a database does: SQLite would read over it what the log beside it still holds,
 * and write it away later. Only for a file that nothing in this process has open, see {@link checkIsStore}.
 */
export async function checkHeader(path: string): Promise<void> {
  const head = new Uint8Array(SQLITE_MAGIC.length);
  using file = await Deno.open(path, { read: true });
  await file.read(head);
  if (new TextDecoder().decode(head) !== SQLITE_MAGIC) throw new StoreCorrupt(path, "it is no store");
}

/**
 * Refuses a file that is no store of ours before anything could write to it. Reads the first page and the list of tables,
 * through SQLite alone: the file may be live in this process, and closing it in any other way anywhere in the process
 * would let go of the locks by which other programs know that its log is in use, and leave it where it is.
 */
export async function checkIsStore(path: string): Promise<void> {
  if (await storeBytes(path) === 0) throw new StoreCorrupt(path, "it is no store");
  const tables = query(path, "SELECT name FROM sqlite_master WHERE type = 'table'").map((row) => row["name"]);
  if (tables.length > 0 && !tables.includes(CELLS_TABLE)) {
    throw new StoreCorrupt(path, "it is a database of something else");
  }
}

/** Reads every page and compares the indexes. Throws {@link StoreCorrupt} on the first fault. */
export function checkIntegrity(path: string): void {
  const row = query(path, "PRAGMA integrity_check(1)")[0];
  const verdict = row?.["integrity_check"];
  if (verdict !== "ok") {
    throw new StoreCorrupt(path, `its integrity check says "${String(verdict).replaceAll(/\s+/g, " ").slice(0, 200)}"`);
  }
}

/** One question to the file through a handle of its own, closed before the store's handle opens. */
function query(path: string, sql: string): readonly Record<string, unknown>[] {
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      return database.prepare(sql).all();
    } finally {
      database.close();
    }
  } catch (cause) {
    throw new StoreCorrupt(path, `it cannot be read (${cause instanceof Error ? cause.message : "unknown fault"})`, {
      cause,
    });
  }
}
