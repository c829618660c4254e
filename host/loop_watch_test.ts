import { assertEquals } from "@std/assert";
import { testClock } from "./host_fixture.ts";
import { LoopWatch } from "./loop_watch.ts";
import { createMetrics } from "./metrics.ts";

Deno.test("LoopWatch tells the worst delay of the last minute and forgets it after", async () => {
  const clock = testClock();
  let behind = 0;
  const late = { ...clock, monotonic: () => clock.monotonic() + behind };
  const watch = new LoopWatch(late, createMetrics());

  await clock.advance(5_000);
  assertEquals(watch.check().status, "ok");
  behind = 900;
  await clock.advance(1_000);
  assertEquals(watch.check(), { name: "loop", status: "warn", note: "up to 900 ms late in the last minute" });
  await clock.advance(40_000);
  assertEquals(watch.check().status, "warn");
  await clock.advance(30_000);
  assertEquals(watch.check(), { name: "loop", status: "ok", note: "up to 0 ms late in the last minute" });

  watch.stop();
});
