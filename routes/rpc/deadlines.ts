import type { Clock } from "../../host/clock.ts";

/** Calls that must be answered within the same time, in the order in which they came: one timer serves them all. */
export interface Deadlines {
  /** Calls back when the time from `now` (ms, monotonic) on is over; returns what takes it back. */
  start(now: number, expire: () => void): () => void;
}

export function createDeadlines(clock: Clock, ms: number): Deadlines {
  // A set keeps the order of insertion, which is the order of deadlines, as all have the same length.
  const waiting = new Set<{ readonly at: number; readonly expire: () => void }>();
  let cancel: (() => void) | undefined;

  function arm(): void {
    const [head] = waiting;
    cancel = head === undefined ? undefined : clock.after(Math.max(0, head.at - clock.monotonic()), ring);
  }

  function ring(): void {
    const now = clock.monotonic();
    for (const one of waiting) {
      if (one.at > now) break;
      waiting.delete(one);
      one.expire();
    }
    arm();
  }

  return {
    start(now, expire) {
      const one = { at: now + ms, expire };
      waiting.add(one);
      if (cancel === undefined) arm();
      return () => {
        waiting.delete(one);
        if (waiting.size > 0) return;
        cancel?.();
        cancel = undefined;
      };
    },
  };
}
