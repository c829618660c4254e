import { setImmediate } from "node:timers";

/** Time as the host uses it; a simulation passes its own. */
export interface Clock {
  /** Ms since 1970, for stamps. */
  now(): number;
  /** Ms that only ever rise, for durations. */
  monotonic(): number;
  /** Calls back after this many ms; returns what takes it back. */
  after(ms: number, run: () => void): () => void;
  /** Calls back once everything already waiting has had its turn: answers leave before what is published here. */
  soon(run: () => void): void;
}

/** Longest delay a timer of the runtime can hold. */
const MAX_DELAY_MS = 2_147_483_647;

export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    after(ms, run) {
      const timer = setTimeout(run, Math.min(Math.max(ms, 0), MAX_DELAY_MS));
      return () => clearTimeout(timer);
    },
    soon(run) {
      // A task of its own: promise callbacks of the present one come first. A timer of 0 ms would take two.
      setImmediate(run);
    },
  };
}

/** A promise for {@link Clock.after}. */
export function pause(clock: Clock, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  clock.after(ms, resolve);
  return promise;
}
