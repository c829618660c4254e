import { assertEquals } from "@std/assert";
import { memoryStore } from "../kv/memory_store.ts";
import type { Store } from "../kv/ports.ts";
import { guest, newWorld, refusalOf, settle, testHost } from "./host_fixture.ts";

Deno.test("a world that was being loaded when the server stopped does not come alive after it", async () => {
  const inner = memoryStore();
  const first = testHost({ store: inner });
  const ada = await guest(first.host);
  const world = await newWorld(first.host, ada);
  await first.host.stop();
  const open = Promise.withResolvers<void>();
  const store: Store = {
    ...inner,
    async readSnapshotMarks(id) {
      await open.promise;
      return await inner.readSnapshotMarks(id);
    },
  };
  const { host } = testHost({ store });

  const asked = host.view(ada, world, "party");
  await settle();
  await host.stop();
  open.resolve();
  const refused = await asked;
  const later = await host.view(ada, world, "party");

  assertEquals([refusalOf(refused).code, refusalOf(later).code], Array(2).fill("server/going_away"));
  assertEquals(host.status().worldsLive, 0);
});
