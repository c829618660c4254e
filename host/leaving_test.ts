import { assert, assertEquals } from "@std/assert";
import { memoryStore } from "../kv/memory_store.ts";
import type { Store } from "../kv/ports.ts";
import { command, ear, guest, joinCommand, newWorld, resultOf, settle, testHost } from "./host_fixture.ts";

Deno.test("who leaves hears of their leaving, and of nothing that comes after it", async () => {
  const real = memoryStore();
  let disk = Promise.resolve();
  const store: Store = {
    ...real,
    async commit(pack) {
      await disk;
      return await real.commit(pack);
    },
  };
  const { host } = testHost({ store });
  const ada = await guest(host);
  const bob = await guest(host, "Bob");
  const world = await newWorld(host, ada);
  const { invite } = resultOf(await host.invite(ada, world));
  resultOf(await host.submit(bob, joinCommand(world, 1, { invite })));
  const listener = ear("bob");
  await host.subscribe(bob, { world, audience: "party", lane: 0 }, listener);
  await settle();

  // While the first is on its way to disk the others gather: they are stored, and published, together.
  const slow = Promise.withResolvers<void>();
  disk = slow.promise;
  const answers = [host.submit(ada, command(world, 1))];
  await settle();
  answers.push(host.submit(bob, command(world, 2, { type: "LeaveGame" })));
  await settle();
  for (const cseq of [2, 3]) answers.push(host.submit(ada, command(world, cseq)));
  await settle();
  slow.resolve();
  for (const answer of await Promise.all(answers)) assert(answer.ok);
  await settle();
  await host.stop();

  const types = listener.messages().map(({ events }) => JSON.parse(JSON.stringify(events)).at(-1)?.type);
  assertEquals(types, ["TimePassed", "SeatLeft"]);
  assertEquals(listener.ended.map(({ code }) => code), ["world/unknown"]);
});
