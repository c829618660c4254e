/** One position of a key. Positions hold one type each, because the store sorts by type first. */
export type KeyPart = string | number;
export type Key = readonly KeyPart[];

/** One stored value with the stamp its next writer checks. */
export interface Cell {
  readonly key: Key;
  readonly value: Uint8Array;
  readonly stamp: string;
}

/** A precondition: the key still has this stamp, or (null) still does not exist. */
export interface Check {
  readonly key: Key;
  readonly stamp: string | null;
}

/** A write; a value of undefined deletes the key. */
export interface Mutation {
  readonly key: Key;
  readonly value: Uint8Array | undefined;
}

export interface Range {
  /** Keys with one more position or several after this prefix. */
  readonly prefix: Key;
  /** First key wanted; it has to begin with the prefix. */
  readonly start?: Key;
  /** First key no longer wanted; it has to begin with the prefix. */
  readonly end?: Key;
  /** At most 1,000, so that one batch reads it whole: a listing is no snapshot across batches. */
  readonly limit: number;
  readonly reverse?: boolean;
}

/** What one atomic and one read may hold. */
export interface StoreLimits {
  readonly checks: number;
  readonly mutations: number;
  readonly bytes: number;
  readonly keyBytes: number;
  readonly value: number;
  readonly key: number;
  readonly getMany: number;
  readonly list: number;
  /** How many packs may be on their way to disk at once. */
  readonly packs: number;
}

/**
 * The bare cells under the store: bytes under keys, changed by checked atomics. Deno KV stands behind it on a server,
 * a sorted map in simulations. Only check, set and delete exist here: on a local file an atomic with a failing sum
 * keeps its other writes.
 */
export interface Cells {
  readonly limits: StoreLimits;
  get(key: Key): Promise<Cell | undefined>;
  getMany(keys: readonly Key[]): Promise<readonly (Cell | undefined)[]>;
  list(range: Range): Promise<readonly Cell[]>;
  /** The new stamp of every key set, or undefined when some check failed and nothing was written. A throw leaves the outcome unknown. */
  commit(checks: readonly Check[], mutations: readonly Mutation[]): Promise<string | undefined>;
  /** Yields whenever one of the keys may have changed. It merges signals and may lose some: a wake-up, never a truth. */
  watch(keys: readonly Key[], signal: AbortSignal): AsyncIterable<void>;
  close(): void;
}

/** Limits of a local file. */
export const LOCAL_LIMITS: StoreLimits = {
  checks: 100,
  mutations: 1_000,
  bytes: 819_200,
  keyBytes: 81_920,
  value: 65_536,
  key: 2_048,
  getMany: 10,
  list: 1_000,
  packs: 1,
};
