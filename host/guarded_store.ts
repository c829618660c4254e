import type { Store } from "../kv/ports.ts";
import type { Circuit } from "./circuit.ts";

/**
 * The store with its reads behind the circuit: they fail with a StoreUnavailable, at once while the store is known to be
 * away. Commits go through the circuit in the committer, which alone knows what to do when one of them fails; other
 * writes are hints and repairs, whose failing says nothing about whether the store answers.
 */
export function guardedStore(store: Store, circuit: Circuit): Store {
  const read = <A extends unknown[], T>(ask: (...args: A) => Promise<T>) => (...args: A): Promise<T> =>
    circuit.run("read", () => ask(...args));
  const reads: Partial<Store> = {
    readHead: read(store.readHead),
    readEntries: read(store.readEntries),
    hasEntriesAfter: read(store.hasEntriesAfter),
    readReceipts: read(store.readReceipts),
    readSnapshotMarks: read(store.readSnapshotMarks),
    readSnapshot: read(store.readSnapshot),
    readAccount: read(store.readAccount),
    readRoster: read(store.readRoster),
    readSeats: read(store.readSeats),
    readSession: read(store.readSession),
    readSessionHash: read(store.readSessionHash),
    readReturnKey: read(store.readReturnKey),
  };
  // Everything else is the store's own, whatever it has; getters stay getters.
  const guarded: Store = Object.create(Object.getPrototypeOf(store), Object.getOwnPropertyDescriptors(store));
  return Object.assign(guarded, reads);
}
