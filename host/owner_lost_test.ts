import { assertEquals } from "@std/assert";
import { memoryStore } from "../kv/memory_store.ts";
import { StoreLost } from "../kv/ports.ts";
import { command, guest, newWorld, refusalOf, testHost } from "./host_fixture.ts";

Deno.test("a read-only server whose store another process has taken finds out by its probe, and stops", async () => {
  const real = memoryStore();
  let full = false;
  let taken = false;
  let told = 0;
  const store = {
    ...real,
    commit: (pack: Parameters<typeof real.commit>[0]) =>
      full ? Promise.reject(new Error("The disk is full")) : real.commit(pack),
    probe: () => Promise.reject(taken ? new StoreLost() : new Error("The disk is full")),
  };
  const { host, clock } = testHost({ store, deps: { ownerLost: () => told++ } });
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  full = true;
  const refused = refusalOf(await host.submit(ada, command(world, 1)));

  await clock.advance(4_500);
  const before = told;
  taken = true;
  await clock.advance(10_000);
  await host.stop();

  assertEquals([refused.code, before, told], ["server/read_only", 0, 1]);
});
