import { assertEquals } from "@std/assert";
import { type Clock, systemClock } from "../../host/clock.ts";
import { type Wire, wired } from "../testing/wire.ts";
import type { Connection } from "./connection.ts";

async function scene(): Promise<{ wire: Wire; connection: Connection; ended: number[]; pass: (ms: number) => void }> {
  let now = 0;
  const clock: Clock = { ...systemClock(), monotonic: () => now };
  const ended: number[] = [];
  const { wire, connection } = await wired(clock, (_connection, code) => void ended.push(code));
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

Deno.test("a goodbye tells when to come back, closes with 1012, and is over when the peer has closed as well", async () => {
  const { wire, connection, ended } = await scene();

  const goodbye = connection.sayGoodbye(700).then(() => "heard");
  const before = await Promise.race([goodbye, Promise.resolve("under way")]);
  wire.onclose?.({ code: 1012 });

  assertEquals([before, await goodbye], ["under way", "heard"]);
  assertEquals(wire.sent.map((text) => JSON.parse(text).params), [{ retryAfterMs: 700 }]);
  assertEquals([wire.closedWith, ended], [1012, [1012]]);
});
