import { type Cell, type Cells, type Check, type Key, LOCAL_LIMITS, type Mutation, type Range } from "./cells.ts";
import type { StoreLimits } from "./cells.ts";
import { compareKeys, keyBytes } from "./key_bytes.ts";

/**
 * Cells in memory with the limits, the order and the stamps of the real ones; a model test holds them equal. For
 * simulations and tests: nothing survives the process.
 */
export function memoryCells(limits: StoreLimits = LOCAL_LIMITS): Cells {
  const cells: Cell[] = [];
  const watchers = new Set<{ readonly keys: readonly Key[]; readonly wake: () => void }>();
  let version = 0;
  let closed = false;

  function find(key: Key): Cell | undefined {
    const cell = cells[position(cells, key)];
    return cell !== undefined && compareKeys(cell.key, key) === 0 ? cell : undefined;
  }

  function open() {
    if (closed) throw new TypeError("Cannot use the store as it is closed");
  }

  function write(mutation: Mutation, stamp: string) {
    const at = position(cells, mutation.key);
    const present = cells[at];
    const found = present !== undefined && compareKeys(present.key, mutation.key) === 0;
    if (mutation.value === undefined) {
      if (found) cells.splice(at, 1);
      return;
    }
    const cell = { key: [...mutation.key], value: mutation.value.slice(), stamp };
    cells.splice(at, found ? 1 : 0, cell);
  }

  return {
    limits,

    // deno-lint-ignore require-await -- the port is asynchronous, and a throw has to come as a rejection
    async get(key) {
      open();
      checkReadKey(key, limits);
      return copy(find(key));
    },

    // deno-lint-ignore require-await -- as above
    async getMany(keys) {
      open();
      if (keys.length > limits.getMany) throw new TypeError(`Too many ranges (max ${limits.getMany})`);
      return keys.map((key) => copy(find(key)));
    },

    // deno-lint-ignore require-await -- as above
    async list(range) {
      open();
      if (range.limit > limits.list) throw new TypeError(`Too many entries (max ${limits.list})`);
      const [from, to] = bounds(cells, range);
      const wanted = range.reverse === true
        ? cells.slice(Math.max(from, to - range.limit), Math.max(from, to)).reverse()
        : cells.slice(from, Math.min(to, from + range.limit));
      return wanted.flatMap((cell) => copy(cell) ?? []);
    },

    // deno-lint-ignore require-await -- as above
    async commit(checks, mutations) {
      open();
      checkLimits(checks, mutations, limits);
      for (const check of checks) {
        if ((find(check.key)?.stamp ?? null) !== check.stamp) return undefined;
      }
      version++;
      const stamp = version.toString(16).padStart(20, "0");
      for (const mutation of mutations) write(mutation, stamp);
      for (const watcher of watchers) {
        if (watcher.keys.some((key) => mutations.some((m) => compareKeys(m.key, key) === 0))) watcher.wake();
      }
      return stamp;
    },

    watch(keys, signal) {
      return wakeUps(keys, signal, watchers);
    },

    close() {
      open();
      closed = true;
    },
  };
}

/** Index of the first cell not below the key. */
function position(cells: readonly Cell[], key: Key): number {
  let low = 0;
  let high = cells.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const cell = cells[middle];
    if (cell !== undefined && compareKeys(cell.key, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function bounds(cells: readonly Cell[], { prefix, start, end }: Range): readonly [number, number] {
  const from = position(cells, start ?? prefix);
  let to = end === undefined ? from : position(cells, end);
  if (end === undefined) { while (to < cells.length && hasPrefix(cells[to]?.key ?? [], prefix)) to++; }
  // Only keys below the prefix: a cell under the prefix itself is not listed.
  const first = cells[from];
  const skip = start === undefined && first !== undefined && first.key.length === prefix.length && to > from;
  return [skip ? from + 1 : from, to];
}

function hasPrefix(key: Key, prefix: Key): boolean {
  return prefix.every((part, i) => key[i] === part);
}

function copy(cell: Cell | undefined): Cell | undefined {
  return cell && { key: [...cell.key], value: cell.value.slice(), stamp: cell.stamp };
}

function checkReadKey(key: Key, limits: StoreLimits) {
  if (keyBytes(key) > limits.key + 1) throw new TypeError(`Key too large for read (max ${limits.key + 1} bytes)`);
}

function checkLimits(checks: readonly Check[], mutations: readonly Mutation[], limits: StoreLimits) {
  if (checks.length > limits.checks) throw new TypeError(`Too many checks (max ${limits.checks})`);
  if (mutations.length > limits.mutations) throw new TypeError(`Too many mutations (max ${limits.mutations})`);
  let total = 0;
  let keys = 0;
  for (const { key } of checks) {
    checkReadKey(key, limits);
    total += keyBytes(key);
  }
  for (const { key, value } of mutations) {
    const size = keyBytes(key);
    if (size > limits.key) throw new TypeError(`Key too large for write (max ${limits.key} bytes)`);
    if (value !== undefined && value.length > limits.value) {
      throw new TypeError(`Value too large (max ${limits.value} bytes)`);
    }
    keys += size;
    total += size + (value?.length ?? 0);
  }
  if (total > limits.bytes) throw new TypeError(`Total mutation size too large (max ${limits.bytes} bytes)`);
  if (keys > limits.keyBytes) throw new TypeError(`Total key size too large (max ${limits.keyBytes} bytes)`);
}

type Watcher = { readonly keys: readonly Key[]; readonly wake: () => void };

async function* wakeUps(keys: readonly Key[], signal: AbortSignal, watchers: Set<Watcher>): AsyncGenerator<void> {
  let woken = Promise.withResolvers<void>();
  const watcher = { keys, wake: () => woken.resolve() };
  signal.addEventListener("abort", watcher.wake);
  watchers.add(watcher);
  try {
    yield;
    while (!signal.aborted) {
      await woken.promise;
      woken = Promise.withResolvers<void>();
      if (!signal.aborted) yield;
    }
  } finally {
    watchers.delete(watcher);
    signal.removeEventListener("abort", watcher.wake);
  }
}
