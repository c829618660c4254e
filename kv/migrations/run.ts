import type { Cells } from "../cells.ts";
import { encodeValue } from "../codec.ts";
import { metaStoreKey } from "../keys.ts";
import type { StoreMeta } from "../records.ts";
import type { StoreMigration } from "./migration.ts";

/** The record that names the store, with its stamp: every batch checks it and writes it anew. */
export interface Naming {
  readonly meta: StoreMeta;
  readonly stamp: string;
}

/** Whether something is left to do before this store has the newest form. */
export function isPending(meta: StoreMeta, series: readonly StoreMigration[]): boolean {
  return meta.migrating !== undefined || series.some(({ to }) => to > meta.schema);
}

/**
 * Brings the store to the newest form of a series, batch by batch. The number rises with the first batch of a step, so
 * that an older version refuses a half-changed store; `migrating` stays in the record until the last. Throws what a step
 * throws; whatever was written is whole batches, and calling again goes on from there.
 */
export async function runMigrations(
  cells: Cells,
  naming: Naming,
  { series, version }: { readonly series: readonly StoreMigration[]; readonly version: string },
): Promise<Naming> {
  let now = naming;
  for (const step of series) {
    const begun = now.meta.migrating !== undefined && now.meta.schema === step.to;
    if (!begun && now.meta.schema >= step.to) continue;
    let after = begun ? now.meta.migrating?.after : undefined;
    do {
      const batch = await step.batch(cells, after);
      after = batch.after;
      const { migrating: _, ...rest } = now.meta;
      const meta: StoreMeta = {
        ...rest,
        schema: step.to,
        writtenBy: version,
        ...(after === undefined ? {} : { migrating: { after } }),
      };
      const stamp = await cells.commit(
        [{ key: metaStoreKey, stamp: now.stamp }, ...batch.checks],
        [{ key: metaStoreKey, value: encodeValue(meta) }, ...batch.mutations],
      );
      if (stamp === undefined) throw new Error("the store changed under the migration");
      now = { meta, stamp };
    } while (after !== undefined);
  }
  return now;
}
