import { assertEquals } from "@std/assert";
import type { Caller } from "../../host/api.ts";
import { type Clock, systemClock } from "../../host/clock.ts";
import { createMetrics } from "../../host/metrics.ts";
import type { Dispatcher } from "../rpc/dispatcher.ts";
import { createSmallHost } from "../testing/small_host.ts";
import { createMessages } from "../wire/messages.ts";
import { Connection } from "./connection.ts";

/** The end of a socket as the runtime gives it, with a buffer that can be full. */
class Wire extends EventTarget {
  readyState: number = WebSocket.OPEN;
  bufferedAmount = 0;
  closedWith: number | undefined;
  onclose: ((event: { code: number }) => void) | undefined;
  send(): void {}
  close(code: number): void {
    this.closedWith = code;
  }
}

async function scene(): Promise<{ wire: Wire; connection: Connection; ended: number[]; pass: (ms: number) => void }> {
  let now = 0;
  const clock: Clock = { ...systemClock(), monotonic: () => now };
  const host = createSmallHost();
  const guest = await host.guest({ name: "Ada", lang: "en" });
  const quiet = () => {};
  const wire = new Wire();
  const ended: number[] = [];
  const connection = new Connection(wire as unknown as WebSocket, {
    id: "k1",
    caller: guest.ok ? guest.result.caller : {} as Caller,
    address: "192.0.2.1",
    lang: "en",
    publicUrl: "http://game.test",
    metered: true,
    onClosed: (_connection, code) => void ended.push(code),
    onStrike: quiet,
  }, {
    host,
    clock,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    metrics: createMetrics(),
    dispatcher: {} as Dispatcher,
    messages: createMessages([["en", "a = A\n"]]),
    makeRid: () => "r-12345678",
  });
  return { wire, connection, ended, pass: (ms) => now += ms };
}

Deno.test("a peer that is silent for more than 60 s is closed", async () => {
  const { wire, connection, pass } = await scene();

  pass(60_000);
  connection.sweep();
  assertEquals(wire.closedWith, undefined);
  pass(1);
  connection.sweep();
  assertEquals(wire.closedWith, 1001);
});

Deno.test("a reader with more than 1 MiB unsent for 5 s is closed with 4008, one that catches up is not", async () => {
  const { wire, connection, pass } = await scene();

  wire.bufferedAmount = 2 * 1024 * 1024;
  connection.notify("server.notice", {});
  pass(5_000);
  connection.sweep();
  assertEquals(wire.closedWith, undefined);

  wire.bufferedAmount = 0;
  connection.notify("server.notice", {});
  wire.bufferedAmount = 2 * 1024 * 1024;
  connection.notify("server.notice", {});
  pass(5_000);
  connection.sweep();
  assertEquals(wire.closedWith, undefined);
  pass(1);
  connection.sweep();
  assertEquals(wire.closedWith, 4008);
});

Deno.test("a reader with more than 4 MiB unsent is closed at once", async () => {
  const { wire, connection } = await scene();

  wire.bufferedAmount = 4 * 1024 * 1024 + 1;
  connection.notify("server.notice", {});

  assertEquals(wire.closedWith, 4008);
});

Deno.test("a connection ends once, however often it is closed and by whom", async () => {
  const { wire, connection, ended } = await scene();

  connection.close(4401);
  connection.close(1012);
  wire.onclose?.({ code: 1005 });

  assertEquals(ended, [4401]);
  assertEquals(wire.closedWith, 4401);
});
