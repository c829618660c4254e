import type { Cells, Check, Mutation } from "../cells.ts";

/** What a migration may do with the store while it makes a batch: read. */
export type Reader = Pick<Cells, "limits" | "get" | "getMany" | "list">;

/** Writes that become true together, with the number of the place they reached. */
export interface Batch {
  /** What has been read and must still be so. */
  readonly checks: readonly Check[];
  readonly mutations: readonly Mutation[];
  /** Where the next batch begins; undefined: this was the last one. */
  readonly after: string | undefined;
}

/**
 * One step of the store's form, from `to - 1` to `to`. Steps are never changed once released, only added. A step is
 * made of batches of one atomic each; a process may die between any two and the next start goes on where this one was,
 * so a batch depends on nothing but the store and the place it begins at.
 */
export interface StoreMigration {
  readonly to: number;
  /** What it does, for the operator. */
  readonly about: string;
  batch(store: Reader, after: string | undefined): Promise<Batch>;
}
