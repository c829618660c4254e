import { type Cell, type Cells, type Check, type Key, LOCAL_LIMITS, type Mutation, type Range } from "./cells.ts";

/** Cells over one Deno KV handle. Nothing else in the program holds a handle. */
export function denoCells(kv: Deno.Kv): Cells {
  return {
    limits: LOCAL_LIMITS,

    async get(key) {
      return toCell(await kv.get(mutable(key)));
    },

    async getMany(keys) {
      const found = await kv.getMany<unknown[]>(keys.map(mutable));
      return found.map(toCell);
    },

    async list(range) {
      const cells: Cell[] = [];
      const options = { limit: range.limit, batchSize: range.limit, reverse: range.reverse ?? false };
      for await (const entry of kv.list(selector(range), options)) {
        const cell = toCell(entry);
        if (cell !== undefined) cells.push(cell);
      }
      return cells;
    },

    async commit(checks: readonly Check[], mutations: readonly Mutation[]) {
      const atomic = kv.atomic();
      for (const check of checks) atomic.check({ key: mutable(check.key), versionstamp: check.stamp });
      for (const { key, value } of mutations) {
        if (value === undefined) atomic.delete(mutable(key));
        else atomic.set(mutable(key), value);
      }
      const result = await atomic.commit();
      return result.ok ? result.versionstamp : undefined;
    },

    watch(keys, signal) {
      return wakeUps(kv, keys, signal);
    },

    close() {
      kv.close();
    },
  };
}

function mutable(key: Key): Deno.KvKey {
  return key;
}

function toCell(entry: Deno.KvEntryMaybe<unknown>): Cell | undefined {
  if (entry.versionstamp === null) return undefined;
  const key = entry.key.map((part) => {
    if (typeof part === "string" || typeof part === "number") return part;
    throw new TypeError("Cannot read a key of the store as one of its positions is neither string nor number");
  });
  // A value of another kind was not written by us; as no bytes at all it fails its checksum later, with its key named.
  const value = entry.value instanceof Uint8Array ? entry.value : new Uint8Array();
  return { key, value, stamp: entry.versionstamp };
}

function selector(range: Range): Deno.KvListSelector {
  const prefix = mutable(range.prefix);
  if (range.start !== undefined && range.end !== undefined) {
    return { start: mutable(range.start), end: mutable(range.end) };
  }
  if (range.start !== undefined) return { prefix, start: mutable(range.start) };
  if (range.end !== undefined) return { prefix, end: mutable(range.end) };
  return { prefix };
}

async function* wakeUps(kv: Deno.Kv, keys: readonly Key[], signal: AbortSignal): AsyncGenerator<void> {
  const reader = kv.watch(keys.map(mutable)).getReader();
  const cancel = () => void reader.cancel();
  signal.addEventListener("abort", cancel);
  try {
    while (!signal.aborted) {
      const { done } = await reader.read();
      if (done) return;
      yield;
    }
  } finally {
    signal.removeEventListener("abort", cancel);
    await reader.cancel();
  }
}
