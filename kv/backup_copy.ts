import { createHash, type Hash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import type { Pace } from "./pace.ts";

/** Rows of one slice; between slices the copier rests, and what it has written so far goes to disk. */
const SLICE_ROWS = 200;
/** The one large table; its key is its order. */
const CELLS_TABLE = "kv";

/**
 * Copies a store's file, live or not, into a new file: everything is of one moment, because one read transaction of the
 * write-ahead log sees it all, while whoever writes to the store goes on writing. Row by row instead of `VACUUM INTO`,
 * for which the runtime asks for every permission there is, and instead of the library's `backup()`, which begins anew
 * at each foreign write and which an older Deno lacks. Answers with the digest of the rows it read, for
 * {@link digestRows} of the copy. Throws when the file is damaged or the disk full.
 */
export async function copyStore(from: string, to: string, pace: Pace): Promise<string> {
  const source = new DatabaseSync(from, { readOnly: true });
  try {
    const target = new DatabaseSync(to);
    try {
      // Nobody else has the new file, and one that is cut short is thrown away: no journal. Slices are synced, so that
      // the disk is never asked for all of it at once.
      target.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = FULL");
      source.exec("BEGIN");
      return await copyRows(source, target, pace);
    } finally {
      target.close();
    }
  } finally {
    source.close();
  }
}

/** SHA-256 over all rows of a file's cells in their order: equal for a store and its copy, however their pages lie. */
export async function digestRows(path: string, pace: Pace): Promise<string> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const hash = createHash("sha256");
    let began = performance.now();
    for (const rows of slices(database)) {
      for (const row of rows) addRow(hash, row);
      await pace(performance.now() - began);
      began = performance.now();
      began = performance.now();
    }
    return hash.digest("hex");
  } finally {
    database.close();
  }
}

async function copyRows(source: DatabaseSync, target: DatabaseSync, pace: Pace): Promise<string> {
  const objects = source.prepare(
    "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type = 'table' DESC, rowid",
  ).all();
  const tables = objects.filter(({ type }) => type === "table").map(({ name }) => String(name));
  for (const { type, sql } of objects) if (type === "table") target.exec(String(sql));
  for (const table of tables) {
    if (table !== CELLS_TABLE) copyTable(source, target, table);
  }
  const digest = await copyCells(source, target, pace);
  for (const { type, sql } of objects) if (type !== "table") target.exec(String(sql));
  const version = Number(source.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
  target.exec(`PRAGMA user_version = ${version}`);
  return digest;
}

/** The tables of the runtime beside the cells: its counter of versions and queues we do not use. */
function copyTable(source: DatabaseSync, target: DatabaseSync, table: string): void {
  const rows = source.prepare(`SELECT * FROM ${quoted(table)}`).all();
  for (const row of rows) {
    const names = Object.keys(row);
    target.prepare(insertInto(table, names)).run(...names.map((name) => row[name] ?? null));
  }
}

async function copyCells(source: DatabaseSync, target: DatabaseSync, pace: Pace): Promise<string> {
  const names = source.prepare(`PRAGMA table_info(${CELLS_TABLE})`).all().map(({ name }) => String(name));
  const write = target.prepare(insertInto(CELLS_TABLE, names));
  const hash = createHash("sha256");
  let began = performance.now();
  for (const rows of slices(source)) {
    target.exec("BEGIN");
    for (const row of rows) {
      write.run(...names.map((name) => row[name] ?? null));
      addRow(hash, row);
    }
    target.exec("COMMIT");
    await pace(performance.now() - began);
    began = performance.now();
  }
  return hash.digest("hex");
}

type Row = Readonly<Record<string, null | number | bigint | string | Uint8Array>>;

/** All rows of the cells, a few at a time. */
function* slices(database: DatabaseSync): Generator<readonly Row[]> {
  const read = database.prepare(`SELECT * FROM ${CELLS_TABLE} WHERE k > ? ORDER BY k LIMIT ${SLICE_ROWS}`);
  for (let last = new Uint8Array();;) {
    const rows: Row[] = read.all(last);
    if (rows.length === 0) return;
    yield rows;
    last = keyOf(rows.at(-1));
  }
}

function keyOf(row: Row | undefined): Uint8Array<ArrayBuffer> {
  if (!(row?.["k"] instanceof Uint8Array)) throw new TypeError("Cannot copy a row of the store as it has no key");
  return new Uint8Array(row["k"]);
}

function addRow(hash: Hash, row: Row): void {
  const { k, v } = row;
  if (!(k instanceof Uint8Array) || !(v instanceof Uint8Array)) throw new TypeError("Cannot read a row of the store");
  hash.update(`${k.length},${v.length},${row["v_encoding"]},${row["version"]};`);
  hash.update(k);
  hash.update(v);
}

function insertInto(table: string, names: readonly string[]): string {
  return `INSERT INTO ${quoted(table)} (${names.map(quoted).join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
