/** A clock that stands still until it is moved: timers run when a test says that their time has come. */
import type { Clock } from "../../host/clock.ts";

export interface VirtualClock extends Clock {
  /** Moves on to the next timer and runs it; false when none waits within `withinMs`. */
  advance(withinMs?: number): boolean;
}

export function createVirtualClock(start = 1_795_334_400_000): VirtualClock {
  let now = start;
  let count = 0;
  const timers = new Map<number, { readonly at: number; readonly run: () => void }>();
  return {
    now: () => now,
    monotonic: () => now - start,
    after(ms, run) {
      const id = ++count;
      timers.set(id, { at: now + Math.max(0, ms), run });
      return () => void timers.delete(id);
    },
    soon: (run) => void setTimeout(run),
    advance(withinMs = Infinity) {
      const [next] = [...timers].sort(([a, { at: x }], [b, { at: y }]) => x - y || a - b);
      if (next === undefined || next[1].at > now + withinMs) return false;
      timers.delete(next[0]);
      now = Math.max(now, next[1].at);
      next[1].run();
      return true;
    },
  };
}
