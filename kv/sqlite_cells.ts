import { DatabaseSync } from "node:sqlite";
import { type Cell, type Cells, LOCAL_LIMITS, type Range } from "./cells.ts";
import { decodeKey, encodeKey } from "./tuple_key.ts";

/** Deno KV's mark of a value that is plain bytes, the only kind we write. */
const BYTES = 3;

/**
 * The cells of a store's file read without a handle of the store: the file may be live in another thread or process,
 * or lie on a medium that cannot be written. All reads are of the one moment at which it was opened, until it is
 * closed. Writing throws.
 */
export function sqliteCells(path: string): Cells {
  const database = new DatabaseSync(path, { readOnly: true });
  const one = database.prepare("SELECT v, v_encoding, version FROM kv WHERE k = ?");
  const columns = "SELECT k, v, v_encoding, version FROM kv WHERE k >= ? AND k < ? ORDER BY k";
  const up = database.prepare(`${columns} ASC LIMIT ?`);
  const down = database.prepare(`${columns} DESC LIMIT ?`);
  // The first read takes the moment; asked for here, so that it is this one.
  database.exec("BEGIN");
  one.get(new Uint8Array());

  function find(key: Cell["key"]): Cell | undefined {
    const row = one.get(encodeKey(key));
    return row && { key, value: valueOf(row), stamp: stampOf(row) };
  }

  return {
    limits: LOCAL_LIMITS,
    get: (key) => promised(() => find(key)),
    getMany: (keys) => promised(() => keys.map(find)),
    list: (range) =>
      promised(() => {
        const [from, to] = bounds(range);
        const rows = (range.reverse === true ? down : up).all(from, to, range.limit);
        return rows.map((row) => ({ key: decodeKey(bytesOf(row["k"])), value: valueOf(row), stamp: stampOf(row) }));
      }),
    commit: () => Promise.reject(new TypeError("Cannot write to a store that is open for reading only")),
    async *watch() {
      // Nothing changes in the moment this reads.
    },
    close: () => database.close(),
  };
}

/** A throw of the database comes as a rejection, as from the other cells. */
function promised<T>(read: () => T): Promise<T> {
  return new Promise((resolve) => resolve(read()));
}

type Row = Readonly<Record<string, unknown>>;

function bytesOf(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array();
}

/** A value of another kind was not written by us; as no bytes at all it fails its checksum later, with its key named. */
function valueOf(row: Row): Uint8Array {
  return row["v_encoding"] === BYTES ? bytesOf(row["v"]) : new Uint8Array();
}

function stampOf(row: Row): string {
  return `${Number(row["version"]).toString(16).padStart(16, "0")}0000`;
}

/** First key wanted and first no longer wanted, as bytes: keys below a prefix begin with it and a byte from 0 to 254. */
function bounds({ prefix, start, end }: Range): readonly [Uint8Array, Uint8Array] {
  const below = encodeKey(prefix);
  return [
    start === undefined ? Uint8Array.of(...below, 0) : encodeKey(start),
    end === undefined ? Uint8Array.of(...below, 0xff) : encodeKey(end),
  ];
}
