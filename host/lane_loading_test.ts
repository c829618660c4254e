import { assertEquals } from "@std/assert";
import { memoryStore } from "../kv/memory_store.ts";
import type { Store } from "../kv/ports.ts";
import { command, ear, guest, newWorld, refusalOf, resultOf, settle, testClock, testHost } from "./host_fixture.ts";

const audience = "party" as const;

/** Store calls that wait until they are let go, one after another. */
function gate() {
  const waiting: (() => void)[] = [];
  return {
    pass: () => new Promise<void>((resolve) => waiting.push(resolve)),
    open: (index = 0) => waiting.splice(index, 1)[0]?.(),
  };
}

Deno.test("a lane that two read at once is one: what is under way in it is not decided again", async () => {
  const inner = memoryStore();
  const clock = testClock();
  const first = testHost({ store: inner, clock });
  const ada = await guest(first.host);
  const world = await newWorld(first.host, ada);
  await first.host.stop();
  const reads = gate();
  const commits = gate();
  const store: Store = {
    ...inner,
    async readReceipts(...asked) {
      await reads.pass();
      return await inner.readReceipts(...asked);
    },
    async commit(pack) {
      await commits.pass();
      return await inner.commit(pack);
    },
  };
  const { host } = testHost({ store, clock });
  const before = resultOf(await host.view(ada, world, audience)).seq;

  const followed = host.subscribe(ada, { world, audience, lane: 0, lastCseq: 1 }, ear());
  await settle();
  const asked = host.submit(ada, command(world, 1));
  await settle();
  reads.open(1);
  await settle();
  reads.open();
  await settle();
  const again = await host.submit(ada, command(world, 1));
  commits.open();
  const answer = resultOf(await asked);
  resultOf(await followed);
  const after = await host.view(ada, world, audience);
  await host.stop();

  assertEquals(refusalOf(again).code, "command/in_flight");
  assertEquals([answer["seq"], resultOf(after).seq], [before + 1, before + 1]);
});

Deno.test("a lane that is read while a snapshot writes its receipts misses none of them", async () => {
  const inner = memoryStore();
  const clock = testClock();
  let gated = false;
  const reads = gate();
  const snapshots = gate();
  const store: Store = {
    ...inner,
    async readReceipts(...asked) {
      const found = await inner.readReceipts(...asked);
      if (gated && asked[2] === 0) await reads.pass();
      return found;
    },
    async writeSnapshot(...asked) {
      await snapshots.pass();
      return await inner.writeSnapshot(...asked);
    },
  };
  const { host } = testHost({ store, clock, options: { snapshotEvery: 5 } });
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  const first = resultOf(await host.submit(ada, command(world, 1)));
  // Nobody uses the lane for a while: it leaves memory.
  for (let minute = 0; minute < 4; minute++) await clock.advance(60_000);
  for (let cseq = 1; cseq <= 4; cseq++) {
    resultOf(await host.submit(ada, command(world, cseq, { type: "Step" }, { lane: 1 })));
  }
  const { seq } = resultOf(await host.view(ada, world, audience));

  gated = true;
  const asked = host.submit(ada, command(world, 1));
  await settle();
  snapshots.open();
  await settle();
  reads.open();
  await settle();
  const again = resultOf(await asked);
  const after = resultOf(await host.view(ada, world, audience));
  for (let left = 0; left < 3; left++) snapshots.open();
  const stopped = host.stop();
  await settle();
  snapshots.open();
  await stopped;

  assertEquals([again["seq"], after.seq], [first["seq"], seq]);
});
