/** A clock that moves when told, quick enough for a thousand runs: what waits for its turn only is let happen without any real timer. */
import { setImmediate } from "node:timers";
import type { TestClock } from "../../../host/host_fixture.ts";

/** Turns of the event loop after which everything that waits for nothing else has happened. */
const TURNS = 4;

export function quickClock(start = 1_795_334_400_000): TestClock {
  let time = start;
  let number = 0;
  const timers = new Map<number, { readonly at: number; readonly run: () => void }>();
  const first = (until: number) => {
    let found: [number, { readonly at: number; readonly run: () => void }] | undefined;
    for (const one of timers) if (one[1].at <= until && (found === undefined || one[1].at < found[1].at)) found = one;
    return found;
  };
  return {
    now: () => time,
    monotonic: () => time - start,
    after(ms, run) {
      const id = number++;
      timers.set(id, { at: time + Math.max(0, ms), run });
      return () => timers.delete(id);
    },
    soon: (run) => void setImmediate(run),
    async advance(ms) {
      const until = time + ms;
      for (let due = first(until); due !== undefined; due = first(until)) {
        timers.delete(due[0]);
        time = Math.max(time, due[1].at);
        due[1].run();
        await quickSettle();
      }
      time = until;
      await quickSettle();
    },
  };
}

/** Lets everything that waits for nothing but its turn happen. */
export async function quickSettle(): Promise<void> {
  for (let i = 0; i < TURNS; i += 1) await new Promise((resolve) => setImmediate(resolve));
}
