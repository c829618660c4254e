/** The clock of the host's tests, quick enough for a thousand runs: what waits for its turn only does so without a timer. */
import { setImmediate } from "node:timers";
import { settle, type TestClock, testClock } from "../../../host/host_fixture.ts";

export function quickClock(start?: number): TestClock {
  return testClock(start, soon);
}

/** Lets everything that waits for nothing but its turn happen. */
export function quickSettle(): Promise<void> {
  return settle(soon);
}

function soon(run: () => void): void {
  setImmediate(run);
}
