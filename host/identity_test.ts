import { assertEquals } from "@std/assert";
import { memoryStore } from "../kv/memory_store.ts";
import type { Store } from "../kv/ports.ts";
import { resultOf, settle, testHost } from "./host_fixture.ts";

Deno.test("who is known stays known while the store does not write, and its session slides once it does", async () => {
  const inner = memoryStore();
  let gate: Promise<void> | undefined;
  let writes = 0;
  const store: Store = {
    ...inner,
    async writeSession(...asked) {
      writes++;
      await gate;
      return await inner.writeSession(...asked);
    },
  };
  const { host, clock } = testHost({ store, options: { sweepMs: 2_000_000_000_000 } });
  const { token, caller } = resultOf(await host.guest({ name: "Ada", lang: "en" }));
  const day = 86_400_000;
  await clock.advance(2 * day);

  const open = Promise.withResolvers<void>();
  gate = open.promise;
  const hanging = await Promise.race([host.authenticate(token), settle()]);
  const again = await Promise.race([host.authenticate(token), settle()]);
  const asked = writes;
  gate = undefined;
  open.resolve();
  await settle();
  // Longer than the session had when it was made.
  await clock.advance(29 * day);
  const slid = await host.authenticate(token);
  await host.stop();

  assertEquals([hanging, again, slid], [caller, caller, caller]);
  assertEquals(asked, 1, "one write at a time");
});
