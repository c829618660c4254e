import type { Cells } from "./cells.ts";
import { decodeValue, encodeValue } from "./codec.ts";
import { denoCells } from "./deno_cells.ts";
import { checkDirectory, checkHasStore, checkMayWrite, type DataPaths, dataPaths } from "./directory.ts";
import { StoreCorrupt, StoreNewer, StoreOwned, StoreRefused } from "./errors.ts";
import { checkHeader, checkIntegrity, checkIsStore, storeBytes } from "./integrity.ts";
import { metaOwnerKey, metaStoreKey } from "./keys.ts";
import { type DirectoryLock, lockDirectory } from "./lock.ts";
import { bringUp, type MigrationAhead, ownerOf, refuseWithoutBackup } from "./migrations/bring_up.ts";
import { STORE_MIGRATIONS, STORE_SCHEMA } from "./migrations/registry.ts";
import type { Naming } from "./migrations/run.ts";
import type { Store } from "./ports.ts";
import { ownerMeta, storeMeta } from "./records.ts";
import { ensureSigningKey } from "./signing_key.ts";
import { countStart, markClean, needsCheck } from "./starts.ts";
import { finishRestore } from "./restore.ts";
import { createStore } from "./store.ts";

export interface OpenOptions {
  /** Data directory, made when absent. */
  readonly directory: string;
  /** Opens only a store that is there: a directory without one is refused and left as it is. */
  readonly existing?: true;
  /** Version of this program, noted in a new store. */
  readonly version: string;
  /** Where this process will listen, for the message of whoever comes second. */
  readonly address?: string;
  /** Ms since 1970. */
  readonly now: () => number;
  /**
   * Makes a backup and answers with its name: called before the first step of a migration of a store that holds
   * something. Without it such a store is refused. A throw leaves the store as it was.
   */
  readonly backUp?: (ahead: MigrationAhead) => Promise<string>;
}

export type { MigrationAhead };

export interface OpenStore {
  readonly store: Store;
  readonly id: string;
  /** Whether the file was checked page by page before it was opened. */
  readonly checked: boolean;
  /** Notes the address in the lock file once it is known. */
  noteAddress(address: string): Promise<void>;
  /** Closes the handle and frees the lock; `clean` says that everything was drained before. */
  close(clean: boolean): Promise<void>;
}

/**
 * Opens the embedded store of a data directory: directory writable, kernel lock, start counted, file checked where
 * the last stop calls for it, one handle, schema not newer than ours, owner record written. Throws a
 * {@link StoreRefused} with the exit code of the process; the file is untouched then.
 */
export async function openStore(options: OpenOptions): Promise<OpenStore> {
  const paths = dataPaths(options.directory);
  refuseMemoryMode();
  if (options.existing === true) await checkHasStore(paths);
  await checkDirectory(paths);
  const lock = await lockDirectory(paths);
  try {
    await lock.note(noteText(options.address));
    await finishRestore(paths);
    const checked = await checkFile(paths, options.now());
    const cells = denoCells(await openFile(paths.store));
    try {
      return await adopt(cells, { paths, lock, checked, options });
    } catch (fault) {
      cells.close();
      throw fault;
    }
  } catch (fault) {
    lock[Symbol.dispose]();
    throw fault;
  }
}

/** With it Deno keeps every KV in memory and says nothing: each acknowledgement would be a lie. */
function refuseMemoryMode() {
  const mode = Deno.env.get("DENO_KV_DB_MODE");
  if (mode !== undefined && mode !== "" && mode !== "disk") {
    throw new StoreRefused(6, `Cannot open the store as DENO_KV_DB_MODE must be unset: current value is ${mode}`);
  }
}

async function checkFile(paths: DataPaths, now: number): Promise<boolean> {
  const before = await countStart(paths, now);
  const bytes = await storeBytes(paths.store);
  if (bytes === 0) return false;
  await checkMayWrite(paths);
  await checkHeader(paths.store);
  await checkIsStore(paths.store);
  if (!needsCheck(before, bytes, now)) return false;
  checkIntegrity(paths.store);
  return true;
}

async function openFile(path: string): Promise<Deno.Kv> {
  try {
    return await Deno.openKv(path);
  } catch (cause) {
    throw new StoreCorrupt(path, "the runtime cannot open it", { cause });
  }
}

interface Adoption {
  readonly paths: DataPaths;
  readonly lock: DirectoryLock;
  readonly checked: boolean;
  readonly options: OpenOptions;
}

async function adopt(cells: Cells, { paths, lock, checked, options }: Adoption): Promise<OpenStore> {
  const found = await readOrWriteMeta(cells, paths, options.version);
  const { version, backUp } = options;
  const up = { store: paths.store, series: STORE_MIGRATIONS, version, backUp };
  await refuseWithoutBackup(cells, found, up);
  await ensureSigningKey(cells);
  const boot = crypto.randomUUID();
  const previous = await ownerOf(cells);
  const stamp = await cells.commit(
    [{ key: metaOwnerKey, stamp: previous.stamp }],
    [{ key: metaOwnerKey, value: encodeValue(ownerMeta.parse({ boot, pid: Deno.pid, at: options.now() })) }],
  );
  if (stamp === undefined) throw new StoreOwned(paths.directory, "another process");
  const named = await bringUp(cells, found, { boot, stamp, previous: previous.boot }, up);
  return {
    store: createStore(cells, stamp),
    id: named.meta.id,
    checked,
    noteAddress: (address) => lock.note(noteText(address)),
    async close(clean) {
      cells.close();
      if (clean) await markClean(paths);
      lock[Symbol.dispose]();
    },
  };
}

/** The record that names the store; a new one for an empty file. Keys without this record are somebody else's. */
async function readOrWriteMeta(cells: Cells, paths: DataPaths, version: string): Promise<Naming> {
  const cell = await cells.get(metaStoreKey);
  if (cell !== undefined) {
    const meta = parseMeta(cell.value, paths);
    if (meta.schema > STORE_SCHEMA) throw new StoreNewer(paths.store, meta.schema, STORE_SCHEMA);
    return { meta, stamp: cell.stamp };
  }
  if ((await cells.list({ prefix: [], limit: 1 })).length > 0) {
    throw new StoreCorrupt(paths.store, "it has records but not the one that names the store");
  }
  const meta = { id: crypto.randomUUID(), schema: STORE_SCHEMA, writtenBy: version };
  const stamp = await cells.commit(
    [{ key: metaStoreKey, stamp: null }],
    [{ key: metaStoreKey, value: encodeValue(meta) }],
  );
  if (stamp === undefined) throw new StoreOwned(paths.directory, "another process");
  return { meta, stamp };
}

function parseMeta(value: Uint8Array, paths: DataPaths) {
  try {
    return storeMeta.parse(decodeValue(value));
  } catch (cause) {
    throw new StoreCorrupt(paths.store, "the record that names the store is damaged", { cause });
  }
}

function noteText(address: string | undefined): string {
  return `pid ${Deno.pid}${address === undefined ? "" : ` at ${address}`}`;
}
