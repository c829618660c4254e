import * as sqlite from "node:sqlite";

/** Pages of one step; between steps the copy is brought to disk, so that the store's own commits never wait for all of it. */
const STEP_PAGES = 512;
const SLICE_ROWS = 500;
/** The one large table; its key is its order. */
const CELLS_TABLE = "kv";

/**
 * Copies a store's file, live or not, into a new file, as fast as it can: everything is of one moment, because one read
 * transaction of the write-ahead log sees it all, while whoever writes to the store goes on writing. Page by page where
 * the runtime can, else row by row; not by `VACUUM INTO`, for which the runtime asks for every permission there is.
 * Throws when the file is damaged or the disk full. `byRows`: as an older Deno must, which lacks the other.
 */
export async function copyStore(from: string, to: string, byRows = typeof sqlite.backup !== "function"): Promise<void> {
  const source = new sqlite.DatabaseSync(from, { readOnly: true });
  try {
    // While it lasts the log cannot be emptied, and no foreign write makes the copying begin anew.
    source.exec("BEGIN");
    source.prepare("SELECT 1 FROM sqlite_master").get();
    if (byRows) copyRows(source, to);
    else await copyPages(source, to);
  } finally {
    source.close();
  }
  const target = new sqlite.DatabaseSync(to);
  // A file that needs no other beside it, and can be read where nothing can be written.
  target.exec("PRAGMA journal_mode = DELETE");
  target.close();
  using file = await Deno.open(to, { read: true, write: true });
  await file.sync();
}

async function copyPages(source: sqlite.DatabaseSync, to: string): Promise<void> {
  using file = await Deno.open(to, { read: true, write: true, create: true });
  await sqlite.backup(source, to, { rate: STEP_PAGES, progress: () => file.syncDataSync() });
}

function copyRows(source: sqlite.DatabaseSync, to: string): void {
  const target = new sqlite.DatabaseSync(to);
  try {
    // Nobody else has the new file, and one that is cut short is thrown away.
    target.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = NORMAL");
    const objects = source.prepare("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").all();
    const tables = objects.filter(({ type }) => type === "table");
    for (const { name, sql } of tables) {
      target.exec(String(sql));
      if (name !== CELLS_TABLE) copyTable(source, target, String(name));
    }
    copyCells(source, target);
    for (const { type, sql } of objects) if (type !== "table") target.exec(String(sql));
  } finally {
    target.close();
  }
}

/** The tables of the runtime beside the cells: its counter of versions and queues we do not use. */
function copyTable(source: sqlite.DatabaseSync, target: sqlite.DatabaseSync, table: string): void {
  for (const row of source.prepare(`SELECT * FROM ${quoted(table)}`).all()) {
    const names = Object.keys(row);
    target.prepare(insertInto(table, names)).run(...names.map((name) => row[name] ?? null));
  }
}

function copyCells(source: sqlite.DatabaseSync, target: sqlite.DatabaseSync): void {
  const names = source.prepare(`PRAGMA table_info(${CELLS_TABLE})`).all().map(({ name }) => String(name));
  const read = source.prepare(`SELECT * FROM ${CELLS_TABLE} WHERE k > ? ORDER BY k LIMIT ${SLICE_ROWS}`);
  const write = target.prepare(insertInto(CELLS_TABLE, names));
  for (let last = new Uint8Array();;) {
    const rows = read.all(last);
    if (rows.length === 0) return;
    target.exec("BEGIN");
    for (const row of rows) write.run(...names.map((name) => row[name] ?? null));
    target.exec("COMMIT");
    const key = rows.at(-1)?.["k"];
    if (!(key instanceof Uint8Array)) throw new TypeError("Cannot copy a row of the store as it has no key");
    last = new Uint8Array(key);
  }
}

function insertInto(table: string, names: readonly string[]): string {
  return `INSERT INTO ${quoted(table)} (${names.map(quoted).join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
