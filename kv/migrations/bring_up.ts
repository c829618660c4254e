import type { Cells } from "../cells.ts";
import { decodeValue, encodeValue } from "../codec.ts";
import { MigrationFailed, StoreOlder } from "../errors.ts";
import { metaOwnerKey, metaStoreKey } from "../keys.ts";
import { ownerMeta, type StoreMeta } from "../records.ts";
import type { StoreMigration } from "./migration.ts";
import { newest } from "./registry.ts";
import { isPending, type Naming, runMigrations } from "./run.ts";

/** A migration that is about to begin. */
export interface MigrationAhead {
  /** The store's file, open in this process and in no other. */
  readonly store: string;
  readonly from: number;
  readonly to: number;
}

export interface Upward {
  /** The store's file. */
  readonly store: string;
  readonly series: readonly StoreMigration[];
  readonly version: string;
  /** Makes a backup and answers with its name. */
  readonly backUp: ((ahead: MigrationAhead) => Promise<string>) | undefined;
}

/** This process's owner record, and who owned the store before. */
export interface Ownership {
  readonly boot: string;
  readonly stamp: string;
  readonly previous: string | undefined;
}

/** The boot id of the process that owns, or owned, the store; undefined when there was none. */
export async function ownerOf(cells: Cells): Promise<{ readonly boot?: string; readonly stamp: string | null }> {
  const cell = await cells.get(metaOwnerKey);
  if (cell === undefined) return { stamp: null };
  try {
    return { boot: ownerMeta.parse(decodeValue(cell.value)).boot, stamp: cell.stamp };
  } catch {
    // A damaged record of who it was is no reason not to own it now.
    return { stamp: cell.stamp };
  }
}

/** Refuses a store that would have to be migrated without a backup, before anything is written. Throws {@link StoreOlder}. */
export async function refuseWithoutBackup(cells: Cells, { meta }: Naming, up: Upward): Promise<void> {
  const begins = meta.migrating === undefined && isPending(meta, up.series);
  if (begins && up.backUp === undefined && await holdsSomething(cells)) {
    throw new StoreOlder(up.store, meta.schema, newest(up.series));
  }
}

/** Brings an older store to the newest form. Throws {@link MigrationFailed}; whole batches are kept and gone on from. */
export async function bringUp(cells: Cells, found: Naming, owned: Ownership, up: Upward): Promise<Naming> {
  if (!isPending(found.meta, up.series)) return found;
  const checks = [{ key: metaOwnerKey, stamp: owned.stamp }];
  try {
    const begins = found.meta.migrating === undefined && await holdsSomething(cells);
    const saved = begins ? await withBackup(cells, found, owned, up) : found;
    return await runMigrations(cells, saved, { series: up.series, version: up.version, checks });
  } catch (cause) {
    throw new MigrationFailed(up.store, cause instanceof Error ? cause.message : "of an unknown fault", { cause });
  }
}

/**
 * The name of a backup of the store as it is, noted in the store: whoever tries again after a failure has no need of
 * another one, as long as nobody else has owned the store in between.
 */
async function withBackup(cells: Cells, found: Naming, owned: Ownership, up: Upward): Promise<Naming> {
  const { meta, stamp } = found;
  const { schema, before } = meta;
  const isFresh = before !== undefined && before.schema === schema && before.boot === owned.previous;
  const backup = isFresh ? before.backup : await up.backUp?.({ store: up.store, from: schema, to: newest(up.series) });
  if (backup === undefined) throw new RangeError("nobody can make a backup first");
  const noted: StoreMeta = { ...meta, before: { schema, backup, boot: owned.boot } };
  const written = await cells.commit(
    [{ key: metaStoreKey, stamp }, { key: metaOwnerKey, stamp: owned.stamp }],
    [{ key: metaStoreKey, value: encodeValue(noted) }],
  );
  if (written === undefined) throw new Error("the store changed under the migration");
  return { meta: noted, stamp: written };
}

/** Whether there is more than the store's own records. */
async function holdsSomething(cells: Cells): Promise<boolean> {
  const first = await cells.list({ prefix: [], limit: 10 });
  return first.some(({ key }) => key[0] !== metaStoreKey[0]);
}
