import { assertEquals } from "@std/assert";
import type { WorldId } from "../engine/types/ids.ts";
import { memoryStore } from "../kv/memory_store.ts";
import type { Store } from "../kv/ports.ts";
import {
  command,
  guest,
  joinCommand,
  newWorld,
  refusalOf,
  resultOf,
  settle,
  testClock,
  testHost,
} from "./host_fixture.ts";

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

Deno.test("a stop has little time for snapshots, and gives it to the worlds with the longest way since their last", async () => {
  const inner = memoryStore();
  const clock = testClock();
  const worlds: WorldId[] = [];
  const written: number[] = [];
  const store: Store = {
    ...inner,
    async writeSnapshot(id, ...more) {
      written.push(worlds.findIndex((world) => world === id));
      await clock.advance(200);
      return await inner.writeSnapshot(id, ...more);
    },
  };
  const { host } = testHost({ store, clock });
  const ada = await guest(host);
  for (const [i, commands] of [2, 9, 5, 3].entries()) {
    const world = await newWorld(host, ada, i + 1);
    worlds.push(world);
    resultOf(await host.submit(ada, joinCommand(world, 1)));
    for (let cseq = 2; cseq <= commands; cseq++) resultOf(await host.submit(ada, command(world, cseq)));
  }

  await host.stop();

  assertEquals(written, [1, 2]);
});
