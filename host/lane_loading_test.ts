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
