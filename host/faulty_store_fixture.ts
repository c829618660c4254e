/** A store that fails at chosen calls, before or after doing what was asked; for tests. */
import type { Store } from "../kv/ports.ts";

export type Fault = "before" | "after" | "refuse";

export interface FaultyStore {
  readonly store: Store;
  /** Commits asked for so far. */
  commits(): number;
}

/** `faults` says what happens at the n-th commit (from 1). After `dead` nothing works any more: the process is gone. */
export function faultyStore(
  real: Store,
  faults: (commit: number) => Fault | undefined,
  reads: () => boolean = () => true,
): FaultyStore {
  let commits = 0;
  const guard = <A extends unknown[], T>(read: (...args: A) => Promise<T>) => (...args: A): Promise<T> =>
    reads() ? read(...args) : Promise.reject(new Error("The store cannot be read"));
  return {
    commits: () => commits,
    store: {
      ...real,
      async commit(pack) {
        const fault = faults(++commits);
        if (fault === "before") throw new Error("The store failed before writing");
        if (fault === "refuse") return { ok: false, why: "conflict" };
        const result = await real.commit(pack);
        if (fault === "after") throw new Error("The store failed after writing");
        return result;
      },
      readHead: guard(real.readHead),
      readAccount: guard(real.readAccount),
      probe: () => faults(++commits) === undefined ? real.probe() : Promise.reject(new Error("Still failing")),
    },
  };
}
