import { assertEquals } from "@std/assert";
import { accountCommand, command, guest, newWorld, refusalOf, resultOf, testClock, testHost } from "./host_fixture.ts";
import { type Pressure, pressureOf, watchMemory } from "./memory.ts";
import { createMetrics } from "./metrics.ts";

const oneMore = accountCommand(2, {
  type: "CreateWorld",
  name: "One more",
  options: { turnClock: "normal", difficulty: "normal" },
});

const ROWS: readonly (readonly [share: number, before: Pressure, now: Pressure])[] = [
  [0.79, "none", "none"],
  [0.80, "none", "high"],
  [0.91, "none", "high"],
  [0.92, "none", "critical"],
  [0.76, "high", "high"],
  [0.74, "high", "none"],
  [0.92, "high", "critical"],
  [0.88, "critical", "critical"],
  [0.86, "critical", "high"],
  [0.76, "critical", "high"],
  [0.50, "critical", "none"],
];

for (const [share, before, now] of ROWS) {
  Deno.test(`pressureOf() says ${now} at ${share} of the limit after ${before}`, () => {
    assertEquals(pressureOf(share, before), now);
  });
}

Deno.test("watchMemory() follows the memory of the process until it is stopped, and says when it changes", async () => {
  const clock = testClock();
  const lines: unknown[] = [];
  let used = 10;
  const watch = watchMemory({
    clock,
    metrics: createMetrics(),
    used: () => used,
    limit: 100,
    log: (_, { pressure }) => lines.push(pressure),
  });

  const seen: Pressure[] = [];
  for (const bytes of [85, 95, 95, 10]) {
    used = bytes;
    await clock.advance(2_000);
    seen.push(watch.pressure);
  }
  watch.stop();
  used = 99;
  await clock.advance(10_000);

  assertEquals(seen, ["high", "critical", "critical", "none"]);
  assertEquals(watch.pressure, "none");
  assertEquals(lines, ["high", "critical", "none"]);
});

Deno.test("short of memory, a host puts idle worlds to sleep at once, makes none anew, and plays on", async () => {
  const memory = { pressure: "none" as Pressure, stop: () => {} };
  const { host, clock } = testHost({ deps: { memory } });
  const ada = await guest(host);
  const played = await newWorld(host, ada);
  const bob = await guest(host);
  await newWorld(host, bob);
  // Nobody counts as gone before a minute has passed.
  await clock.advance(61_000);
  resultOf(await host.submit(ada, command(played, 1)));
  assertEquals(host.status().worldsLive, 2);

  memory.pressure = "high";
  await clock.advance(5_000);
  const asleep = host.status().worldsLive;
  const refused = await host.submitAccount(bob, oneMore);
  const step = await host.submit(ada, command(played, 2));
  memory.pressure = "none";
  const made = await host.submitAccount(bob, oneMore);
  await host.stop();

  assertEquals([asleep, refusalOf(refused).code, step.ok, made.ok], [1, "server/busy", true, true]);
});
