import { decodeValue } from "./codec.ts";
import { checkHasStore, dataPaths } from "./directory.ts";
import { StoreCorrupt, StoreNewer } from "./errors.ts";
import { checkIsStore } from "./integrity.ts";
import { metaStoreKey } from "./keys.ts";
import { STORE_MIGRATIONS, STORE_SCHEMA } from "./migrations/registry.ts";
import { type StoreMeta, storeMeta } from "./records.ts";
import { sqliteCells } from "./sqlite_cells.ts";

/** Which form a store has, and what is between it and ours. */
export interface StoreForm {
  readonly meta: StoreMeta;
  readonly newest: number;
  /** Steps left to do, or to finish. */
  readonly ahead: readonly { readonly to: number; readonly about: string }[];
}

/**
 * Reads the form of a directory's store without opening it: it may be live, and stays as it is. Throws a
 * {@link StoreRefused} when there is no store, it is damaged, or a newer version wrote it.
 */
export async function readStoreForm(directory: string): Promise<StoreForm> {
  const paths = dataPaths(directory);
  await checkHasStore(paths);
  await checkIsStore(paths.store);
  const meta = await readMeta(paths.store);
  if (meta.schema > STORE_SCHEMA) throw new StoreNewer(paths.store, meta.schema, STORE_SCHEMA);
  const from = meta.migrating?.step ?? meta.schema + 1;
  return { meta, newest: STORE_SCHEMA, ahead: STORE_MIGRATIONS.filter(({ to }) => to >= from) };
}

async function readMeta(path: string): Promise<StoreMeta> {
  try {
    const cells = sqliteCells(path);
    try {
      const cell = await cells.get(metaStoreKey);
      if (cell === undefined) throw new RangeError("it is missing");
      return storeMeta.parse(decodeValue(cell.value));
    } finally {
      cells.close();
    }
  } catch (cause) {
    throw new StoreCorrupt(path, "the record that names the store cannot be read", { cause });
  }
}
