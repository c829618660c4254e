import type { Cell, Cells } from "./cells.ts";
import { decodeValue } from "./codec.ts";
import { BackupUnusable } from "./backup_manifest.ts";
import { checkIntegrity, checkIsStore } from "./integrity.ts";
import { metaStoreKey, showKey } from "./keys.ts";
import { STORE_SCHEMA } from "./migrations/registry.ts";
import type { Pace } from "./pace.ts";
import type { Store } from "./ports.ts";
import {
  accountRecord,
  readRecord,
  receipt,
  returnKeyAccount,
  rosterRecord,
  seatRecord,
  sessionHash,
  sessionRecord,
  type StoreMeta,
  storeMeta,
  worldHead,
} from "./records.ts";
import { readSigningKey, type SigningKey } from "./signing_key.ts";
import { sqliteCells } from "./sqlite_cells.ts";
import { createStore } from "./store.ts";
import { findWorlds } from "./world_index.ts";

/** What a walk over all records found. */
export interface RecordsReport {
  readonly records: number;
  readonly accounts: number;
  /** Records that do not read as they were written, by key, with why. */
  readonly damaged: readonly string[];
}

/** A store's file opened for reading only: as a store, and as a heap of records. */
export interface StoreCopy {
  readonly store: Store;
  readonly meta: StoreMeta;
  /** The key by which this store signs; undefined when no version that makes one has opened it. */
  signingKey(): Promise<SigningKey | undefined>;
  /** Ids of its worlds, without trust in any index. */
  worlds(after: string | undefined, limit: number): Promise<readonly string[]>;
  /** Reads every record and checks its checksum, and its shape where folding the worlds does not look at it. */
  checkRecords(pace: Pace): Promise<RecordsReport>;
  close(): void;
}

const PAGE = 64;
const LISTED_FAULTS = 100;
type Shape = { parse(value: unknown): unknown };
const ANYTHING: Shape = { parse: (value) => value };

/**
 * Opens a store's file for reading only; the file stays as it is, byte for byte. Throws {@link BackupUnusable} when it
 * is damaged, no store, or of a newer version. `whole` reads every page and compares the indexes first.
 */
export async function openStoreCopy(path: string, { whole }: { readonly whole: boolean }): Promise<StoreCopy> {
  try {
    await checkIsStore(path);
    if (whole) checkIntegrity(path);
  } catch (cause) {
    throw new BackupUnusable(path, cause instanceof Error ? cause.message : "it cannot be read", { cause });
  }
  const cells = sqliteCells(path);
  try {
    const meta = await readMeta(cells, path);
    return {
      store: createStore(cells),
      meta,
      signingKey: () => readSigningKey(cells),
      worlds: (after, limit) => findWorlds(cells, after, limit),
      checkRecords: (pace) => checkRecords(cells, pace),
      close: () => cells.close(),
    };
  } catch (fault) {
    cells.close();
    throw fault;
  }
}

async function readMeta(cells: Cells, path: string): Promise<StoreMeta> {
  const cell = await cells.get(metaStoreKey);
  if (cell === undefined) throw new BackupUnusable(path, "the record that names the store is missing");
  let meta: StoreMeta;
  try {
    meta = storeMeta.parse(decodeValue(cell.value));
  } catch (cause) {
    throw new BackupUnusable(path, "the record that names the store is damaged", { cause });
  }
  if (meta.schema <= STORE_SCHEMA) return meta;
  throw new BackupUnusable(path, `its schema must be <= ${STORE_SCHEMA}: current value is ${meta.schema}`);
}

async function checkRecords(cells: Cells, pace: Pace): Promise<RecordsReport> {
  const damaged: string[] = [];
  let records = 0;
  let accounts = 0;
  let start: Cell["key"] = ["", ""];
  for (;;) {
    const began = performance.now();
    const page = await cells.list({ prefix: [], start, limit: PAGE });
    for (const cell of page) {
      records++;
      const shape = shapeOf(cell.key);
      if (shape === accountRecord) accounts++;
      if (shape === undefined) continue;
      try {
        readRecord([cell], shape);
      } catch (fault) {
        if (damaged.length < LISTED_FAULTS) {
          damaged.push(fault instanceof Error ? fault.message : `Cannot read ${showKey(cell.key)}`);
        }
      }
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return { records, accounts, damaged };
    // The smallest key above the last one.
    start = [...last.key, ""];
    await pace(performance.now() - began);
  }
}

/** What a record has to be; nothing for those in several parts, which are checked when their world is folded. */
function shapeOf(key: Cell["key"]): Shape | undefined {
  const [room, , kind] = key;
  if (room === "w") {
    if (kind === "head") return worldHead;
    if (kind === "rc") return receipt;
    return kind === "snap" || kind === "log" ? ANYTHING : undefined;
  }
  if (room === "a") {
    if (kind === "head") return accountRecord;
    if (kind === "ch") return rosterRecord;
    if (kind === "seat") return seatRecord;
    return kind === "rc" ? receipt : ANYTHING;
  }
  if (room === "s") return sessionRecord;
  if (room === "sid") return sessionHash;
  if (room === "rk") return returnKeyAccount;
  return ANYTHING;
}
