import type { Cells, Check } from "../cells.ts";
import { encodeValue } from "../codec.ts";
import { metaStoreKey } from "../keys.ts";
import type { StoreMeta } from "../records.ts";
import type { StoreMigration } from "./migration.ts";

/** The record that names the store, with its stamp: every batch checks it and writes it anew. */
export interface Naming {
  readonly meta: StoreMeta;
  readonly stamp: string;
}

export interface MigrationRun {
  readonly series: readonly StoreMigration[];
  /** Version of the program, noted as the one that wrote the store. */
  readonly version: string;
  /** What else has to be so for every batch: that this process still owns the store. */
  readonly checks: readonly Check[];
}

/** Whether something is left to do before this store has the newest form of a series. */
export function isPending(meta: StoreMeta, series: readonly StoreMigration[]): boolean {
  return meta.migrating !== undefined || series.some(({ to }) => to > meta.schema);
}

/**
 * Brings the store to the newest form of a series, batch by batch. The number rises with the first batch of a step, so
 * that an older version refuses a half-changed store; `migrating` stays in the record until the last batch of all.
 * Throws what a step throws; whatever was written is whole batches, and calling again goes on from there.
 */
export async function runMigrations(cells: Cells, naming: Naming, run: MigrationRun): Promise<Naming> {
  const { migrating, schema } = naming.meta;
  const steps = run.series.filter(({ to }) => migrating === undefined ? to > schema : to >= migrating.step);
  let now = naming;
  for (const [i, step] of steps.entries()) {
    const next = steps[i + 1];
    let after = migrating?.step === step.to ? migrating.after : undefined;
    do {
      const batch = await step.batch(cells, after);
      after = batch.after;
      const left = after === undefined ? next && { step: next.to } : { step: step.to, after };
      const { migrating: _, ...rest } = now.meta;
      const meta: StoreMeta = {
        ...rest,
        schema: step.to,
        writtenBy: run.version,
        ...(left === undefined ? {} : { migrating: left }),
      };
      const stamp = await cells.commit(
        [{ key: metaStoreKey, stamp: now.stamp }, ...run.checks, ...batch.checks],
        [{ key: metaStoreKey, value: encodeValue(meta) }, ...batch.mutations],
      );
      if (stamp === undefined) throw new Error("the store changed under the migration");
      now = { meta, stamp };
    } while (after !== undefined);
  }
  return now;
}
