import { assertEquals } from "@std/assert";
import type { WorldId } from "../../engine/types/ids.ts";
import { type Clock, systemClock } from "../../host/clock.ts";
import type { Pressure } from "../../host/memory.ts";
import { createMetrics } from "../../host/metrics.ts";
import { wired } from "../testing/wire.ts";
import { Hub } from "./hub.ts";

/** Time that passes all at once: what fell due meanwhile runs late, as after a pause of the machine. */
function scene(most = 100) {
  let now = 0;
  let timers: { readonly at: number; readonly run: () => void }[] = [];
  let pressure: Pressure = "none";
  const clock: Clock = {
    ...systemClock(),
    monotonic: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => timers = timers.filter((other) => other !== timer);
    },
  };
  const hub = new Hub({
    clock,
    metrics: createMetrics(),
    random: () => 0,
    isTrusted: () => true,
    limited: false,
    most,
    pressure: () => pressure,
  });
  return {
    hub,
    pass(ms: number) {
      now += ms;
      const due = timers.filter(({ at }) => at <= now);
      timers = timers.filter(({ at }) => at > now);
      for (const { run } of due) run();
    },
    press: (next: Pressure) => pressure = next,
    async join(id: string) {
      const made = await wired(clock, (connection, code) => hub.remove(connection, code), id);
      hub.add(made.connection);
      return made;
    },
  };
}

Deno.test("a pause of the whole process makes nobody silent; who stays silent after it is closed as ever", async () => {
  const { join, pass } = scene();
  const { wire } = await join("k1");
  pass(5_000);

  pass(90_000);
  assertEquals(wire.closedWith, undefined);
  for (let i = 0; i < 10; i++) pass(5_000);
  assertEquals(wire.closedWith, undefined);
  pass(5_000);

  assertEquals(wire.closedWith, 1001);
});

Deno.test("a pause makes no slow reader either", async () => {
  const { join, pass } = scene();
  const { wire, connection } = await join("k1");
  wire.bufferedAmount = 2 * 1024 * 1024;
  connection.notify("server.notice", {});

  pass(30_000);
  assertEquals(wire.closedWith, undefined);
  pass(5_000);

  assertEquals(wire.closedWith, 4008);
});

Deno.test("nearly out of memory, a quarter at a time is let go with 1013, first who follows nothing, until it is better", async () => {
  const { join, pass, press, hub } = scene();
  const caller = { session: "s", account: "a", tier: "guest", name: "Ada", lang: "en" } as unknown as Parameters<
    Awaited<ReturnType<typeof join>>["connection"]["subscribe"]
  >[0];
  const playing = await join("k1");
  await playing.connection.subscribe(caller, { world: "w_1" as WorldId, audience: "party", lane: 0 });
  pass(1_000);
  const idle = [await join("k2"), await join("k3"), await join("k4")];
  const codes = () => [...idle, playing].map(({ wire }) => wire.closedWith);

  press("critical");
  pass(5_000);
  assertEquals(codes(), [1013, undefined, undefined, undefined]);
  assertEquals(hub.full, true);
  pass(5_000);
  pass(5_000);
  assertEquals(codes(), [1013, 1013, 1013, undefined]);
  press("high");
  pass(5_000);

  assertEquals(codes(), [1013, 1013, 1013, undefined]);
  assertEquals(hub.full, false);
});

Deno.test("a hub is full at its limit, and has room again when somebody leaves", async () => {
  const { join, hub } = scene(2);
  const { connection } = await join("k1");
  assertEquals(hub.full, false);
  await join("k2");
  assertEquals(hub.full, true);

  connection.close(1000);

  assertEquals(hub.full, false);
});

Deno.test("who waits to be let in takes a place, so that no more come than there is room for", async () => {
  const { join, hub } = scene(2);
  await join("k1");
  const turn = Promise.withResolvers<void>();

  const coming = hub.expect(turn.promise);
  assertEquals(hub.full, true);
  turn.resolve();
  await coming;

  assertEquals(hub.full, false);
});
