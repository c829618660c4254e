import { assertEquals } from "@std/assert";
import type { Clock } from "../../host/clock.ts";
import { createDeadlines } from "./deadlines.ts";

/** Time in the test's hands. */
function clockOf(): Clock & { pass(ms: number): void; readonly armed: number } {
  let now = 0;
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    now: () => now,
    monotonic: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    soon: (run) => run(),
    pass(ms) {
      now += ms;
      for (const timer of [...timers]) {
        if (timer.at <= now && timers.delete(timer)) timer.run();
      }
    },
    get armed() {
      return timers.size;
    },
  };
}

Deno.test("createDeadlines() calls back those whose time is over, and only those", () => {
  const clock = clockOf();
  const deadlines = createDeadlines(clock, 10_000);
  const expired: string[] = [];

  deadlines.start(clock.monotonic(), () => expired.push("first"));
  clock.pass(4_000);
  const takeBack = deadlines.start(clock.monotonic(), () => expired.push("second"));
  deadlines.start(clock.monotonic(), () => expired.push("third"));
  takeBack();
  clock.pass(6_000);

  assertEquals(expired, ["first"]);
  clock.pass(4_000);
  assertEquals(expired, ["first", "third"]);
});

Deno.test("createDeadlines() has one timer for many calls and none for no call", () => {
  const clock = clockOf();
  const deadlines = createDeadlines(clock, 10_000);

  const all = Array.from({ length: 100 }, () => deadlines.start(clock.monotonic(), () => {}));
  const busy = clock.armed;
  for (const takeBack of all) takeBack();

  assertEquals([busy, clock.armed], [1, 0]);
});
