import { assert, assertEquals } from "@std/assert";
import { memoryStore } from "../kv/memory_store.ts";
import type { Store } from "../kv/ports.ts";
import { command, guest, newWorld, resultOf, testHost } from "./host_fixture.ts";
import { loadWorld } from "./load_world.ts";

Deno.test("a world without a readable snapshot is loaded piece by piece, with no more receipts than its lanes keep", async () => {
  const inner = memoryStore();
  const { host, deps } = testHost({ store: inner, options: { checkAll: false } });
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  for (let cseq = 1; cseq <= 700; cseq++) resultOf(await host.submit(ada, command(world, cseq)));
  await host.stop();
  let longest = 0;
  const store: Store = {
    ...inner,
    readSnapshot: () => Promise.resolve(undefined),
    readEntries(id, from, to) {
      longest = Math.max(longest, to - from + 1);
      return inner.readEntries(id, from, to);
    },
  };

  const loaded = await loadWorld(store, deps.engine, world);

  assert(loaded !== undefined);
  assertEquals([loaded.position.n, loaded.head.n, loaded.snapshot], [702, 702, 0]);
  assert(longest <= 500, `${longest} entries were read at once`);
  assertEquals(loaded.receipts.map(({ receipt }) => receipt.cseq), Array.from({ length: 64 }, (_, i) => 637 + i));
});
