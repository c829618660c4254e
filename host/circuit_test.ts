import { assert, assertEquals, assertRejects } from "@std/assert";
import { DamagedRecord } from "../kv/errors.ts";
import { memoryStore } from "../kv/memory_store.ts";
import { Circuit, StoreHangs, StoreUnavailable } from "./circuit.ts";
import { command, guest, newWorld, refusalOf, resultOf, settle, testClock, testHost } from "./host_fixture.ts";
import { createMetrics } from "./metrics.ts";

function setting() {
  const clock = testClock();
  const metrics = createMetrics();
  let well = true;
  let probes = 0;
  const lines: string[] = [];
  const answer = () => well ? Promise.resolve("well") : Promise.reject(new Error("away"));
  const circuit = new Circuit({ clock, metrics, probe: () => (probes++, answer()), log: (line) => lines.push(line) });
  return {
    clock,
    metrics,
    circuit,
    lines,
    answer,
    probes: () => probes,
    set: (now: boolean) => void (well = now),
    /** Fails until the circuit is open; how often that took. */
    async breakIt() {
      well = false;
      let failures = 0;
      while (!circuit.open) {
        await assertRejects(() => circuit.run("read", answer), StoreUnavailable);
        failures++;
      }
      return failures;
    },
  };
}

const gaugeOf = async (gauge: { get(): Promise<{ values: readonly { value: number }[] }> }) =>
  (await gauge.get()).values[0]?.value;

Deno.test("a circuit opens after five failures in a row, and a success in between begins the count anew", async () => {
  const { circuit, answer, set, breakIt, metrics } = setting();

  set(false);
  for (let i = 0; i < 4; i++) await assertRejects(() => circuit.run("read", answer));
  set(true);
  assertEquals(await circuit.run("read", answer), "well");

  assertEquals(await breakIt(), 5);
  assertEquals(await gaugeOf(metrics.storeCircuit), 2);
  assertEquals((await metrics.storeFailures.get()).values, [{ labels: { call: "read" }, value: 9 }]);
});

Deno.test("an open circuit asks nothing but one probe each second, and closes by itself when that is answered", async () => {
  const { circuit, answer, set, breakIt, probes, clock, metrics } = setting();
  await breakIt();

  let asked = 0;
  await assertRejects(() => circuit.run("commit", () => (asked++, answer())), StoreUnavailable);
  await clock.advance(3_500);
  assertEquals([asked, probes(), circuit.open], [0, 3, true]);
  let closed = false;
  void circuit.whenClosed().then(() => closed = true);
  await settle();
  assertEquals(closed, false);
  set(true);
  await clock.advance(600);

  assertEquals([probes(), circuit.open, closed], [4, false, true]);
  assertEquals(await gaugeOf(metrics.storeCircuit), 0);
  assertEquals(await circuit.run("commit", answer), "well");
  await clock.advance(5_000);
  assertEquals(probes(), 4);
});

Deno.test("a circuit gives a call up after half a minute, and a damaged record opens nothing", async () => {
  const { circuit, clock } = setting();

  const hung = assertRejects(() => circuit.run("commit", () => new Promise(() => undefined)), StoreHangs);
  await clock.advance(30_000);
  await hung;
  for (let i = 0; i < 20; i++) {
    await assertRejects(
      () => circuit.run("read", () => Promise.reject(new DamagedRecord("w/x/head", "it is"))),
      DamagedRecord,
    );
  }

  assertEquals(circuit.open, false);
});

Deno.test("a stopped circuit probes no more and lets go whoever waits", async () => {
  const { circuit, clock, breakIt, probes } = setting();
  await breakIt();
  const waiting = circuit.whenClosed();

  circuit.stop();
  await waiting;
  await clock.advance(5_000);

  assertEquals(probes(), 0);
});

Deno.test("while the store is away worlds answer so at once, views stay, /health says why, and play goes on by itself", async () => {
  const memory = memoryStore();
  let away = false;
  const fail = () => Promise.reject(new Error("away"));
  const { host, clock, deps } = testHost({
    store: {
      ...memory,
      commit: (pack) => away ? fail() : memory.commit(pack),
      readHead: (world) => away ? fail() : memory.readHead(world),
      readAccount: (account) => away ? fail() : memory.readAccount(account),
      readSeats: (account) => away ? fail() : memory.readSeats(account),
    },
  });
  const ada = await guest(host);
  const world = await newWorld(host, ada);

  away = true;
  const first = host.submit(ada, command(world, 1));
  await clock.advance(1_000);
  const code = refusalOf(await first).code;
  const second = refusalOf(await host.submit(ada, command(world, 2))).code;
  const view = resultOf(await host.view(ada, world, "party"));
  const asleep = refusalOf(await host.view(ada, "w_asleep" as typeof world, "party")).code;
  const ill = host.status();
  await clock.advance(10_000);
  const stillIll = host.status();
  away = false;
  await clock.advance(1_100);
  const again = await host.submit(ada, command(world, 1));
  const well = host.status();
  await host.stop();

  assertEquals([code, second, asleep], Array(3).fill("server/store_unavailable"));
  assert(view.seq > 0);
  for (const report of [ill, stillIll]) {
    const store = report.checks.find(({ name }) => name === "store");
    assertEquals([report.status, store?.note], ["unhealthy", "unavailable, circuit open"]);
  }
  assert(again.ok);
  assertEquals(well.status, "healthy");
  const retries = (await deps.metrics.storeRetries.get()).values[0]?.value ?? 0;
  assert(retries >= 2, `${retries} retries`);
});

Deno.test("a commit that takes long shows in /health before anybody is refused for it", async () => {
  const memory = memoryStore();
  const gate = Promise.withResolvers<void>();
  let slow = false;
  const { host, clock } = testHost({
    store: {
      ...memory,
      async commit(pack) {
        if (slow) await gate.promise;
        return await memory.commit(pack);
      },
    },
  });
  const ada = await guest(host);
  const world = await newWorld(host, ada);

  slow = true;
  const answer = host.submit(ada, command(world, 1));
  await settle();
  await clock.advance(4_000);
  const during = host.status();
  gate.resolve();
  resultOf(await answer);
  const after = host.status();
  await host.stop();

  assertEquals([during.status, after.status], ["degraded", "healthy"]);
  assertEquals(during.checks[0], { name: "store", status: "warn", note: "slow: writing for 4 s" });
});

Deno.test("a commit that hangs for more than half a minute fails readiness, until the store answers again", async () => {
  const memory = memoryStore();
  let hangs = false;
  const { host, clock, deps } = testHost({
    store: { ...memory, commit: (pack) => hangs ? new Promise(() => undefined) : memory.commit(pack) },
  });
  const ada = await guest(host);
  const world = await newWorld(host, ada);

  hangs = true;
  const first = host.submit(ada, command(world, 1));
  await settle();
  await clock.advance(31_000);
  const during = [host.status().status, await gaugeOf(deps.metrics.storeWrites)];
  const other = refusalOf(await host.submit(ada, command(world, 2))).code;
  const view = resultOf(await host.view(ada, world, "party"));
  hangs = false;
  await clock.advance(31_000);
  const after = [host.status().status, await gaugeOf(deps.metrics.storeWrites)];
  const again = await host.submit(ada, command(world, 1));
  await host.stop();

  assertEquals([refusalOf(await first).code, other], Array(2).fill("server/store_unavailable"));
  assertEquals([during, after, again.ok, view.seq > 0], [["unhealthy", 0], ["healthy", 1], true, true]);
});
