import type { LaneReceipt, Receipt } from "../kv/ports.ts";

/** A lane keeps this many; older ones need not be written any more. */
const KEPT = 64;

/** Receipts that stand in log entries only; the next snapshot gives them keys of their own. */
export class UnwrittenReceipts {
  #lanes = new Map<string, LaneReceipt[]>();

  add(one: LaneReceipt): void {
    const key = `${one.session}/${one.lane}`;
    const lane = this.#lanes.get(key);
    if (lane === undefined) this.#lanes.set(key, [one]);
    else if (lane.push(one) > KEPT) lane.shift();
  }

  of(session: string, lane: number): readonly Receipt[] {
    return (this.#lanes.get(`${session}/${lane}`) ?? []).map(({ receipt }) => receipt);
  }

  all(): readonly LaneReceipt[] {
    return [...this.#lanes.values()].flat();
  }

  /** These have keys of their own now; what came meanwhile has not. */
  written(some: readonly LaneReceipt[]): void {
    const done = new Set(some);
    for (const [key, lane] of this.#lanes) {
      const left = lane.filter((one) => !done.has(one));
      if (left.length === 0) this.#lanes.delete(key);
      else this.#lanes.set(key, left);
    }
  }
}
