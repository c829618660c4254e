/** A store whose n-th call fails, whatever it is: before doing what was asked or after. */
import type { Store } from "../../../kv/ports.ts";

export const WAYS = ["before", "after"] as const;
/** Before: nothing was done. After: it was done, and nobody is told so. */
export type Way = typeof WAYS[number];

export interface Failure {
  readonly kind: "store" | "network";
  /** From 1. */
  readonly n: number;
  readonly way: Way;
}

/** Counts calls of one kind over all processes of a run, and says when to fail. */
export class Count {
  /** What was asked for, in order. */
  readonly calls: string[] = [];
  readonly #failure: Failure | undefined;

  constructor(failure: Failure | undefined) {
    this.#failure = failure;
  }

  /** Counts one; how it fails, if it does. */
  next(what: string): Way | undefined {
    this.calls.push(what);
    return this.#failure?.n === this.calls.length ? this.#failure.way : undefined;
  }
}

/** Calls that neither read nor write: they are not counted and never fail. */
const LOCAL: ReadonlySet<string> = new Set(["prepare", "close", "watchWorlds"]);

/** `alive` turning false is the end of the process: nothing it asks for is done or answered from then on. */
export function failingStore(real: Store, count: Count, alive: () => boolean): Store {
  const wrapped = Object.entries(real).map(([name, member]): [string, unknown] => {
    if (typeof member !== "function" || LOCAL.has(name)) return [name, member];
    return [name, async (...args: readonly unknown[]) => {
      if (!alive()) return await new Promise(() => undefined);
      const way = count.next(name);
      if (way === "before") throw new Error(`The store failed before ${name}`);
      const result: unknown = await Reflect.apply(member, real, args);
      if (!alive()) return await new Promise(() => undefined);
      if (way === "after") throw new Error(`The store failed after ${name}`);
      return result;
    }];
  });
  // Each member is the store's own or wrapped with its signature kept.
  return Object.fromEntries(wrapped) as unknown as Store;
}
