import { assertEquals } from "@std/assert";
import { memoryStore } from "../kv/memory_store.ts";
import type { Store } from "../kv/ports.ts";
import { command, ear, guest, newWorld, refusalOf, resultOf, settle, testHost } from "./host_fixture.ts";

Deno.test("a disk that runs full while a command is being written loses neither it nor what comes after it", async () => {
  const real = memoryStore();
  let gate: Promise<void> | undefined;
  const store: Store = {
    ...real,
    async commit(pack) {
      await gate;
      return await real.commit(pack);
    },
  };
  let there = true;
  const reserve = { bytes: 16, grow: () => Promise.resolve(true), shrink: () => Promise.resolve() };
  const { host, clock } = testHost({
    store,
    deps: { disk: { reserve, warn: 16, stop: 4, intact: () => Promise.resolve(there) } },
  });
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  const listener = ear();
  const { seq } = resultOf(await host.subscribe(ada, { world, audience: "party", lane: 0 }, listener));

  const open = Promise.withResolvers<void>();
  gate = open.promise;
  const first = host.submit(ada, command(world, 1));
  await settle();
  const second = host.submit(ada, command(world, 2));
  await settle();
  // The watch looks: nothing more is written, and what waited is taken back.
  there = false;
  await clock.advance(2_000);
  const early = await Promise.race([second, settle()]);
  gate = undefined;
  open.resolve();
  const stored = resultOf(await first);
  const refused = await second;
  there = true;
  await clock.advance(60_000);
  const again = resultOf(await host.submit(ada, command(world, 2)));
  const third = resultOf(await host.submit(ada, command(world, 3)));
  await settle();
  await host.stop();

  assertEquals(early, refused, "what was taken back is answered at once");
  assertEquals(refusalOf(refused).code, "server/read_only");
  assertEquals([stored["seq"], again["seq"], third["seq"]], [seq + 1, seq + 2, seq + 3]);
  const head = (await real.readHead(world))?.value;
  const entries = await real.readEntries(world, 1, head?.n ?? 0);
  assertEquals(entries.filter(({ cseq }) => cseq > 0).map(({ cseq }) => cseq), [1, 2, 3]);
  assertEquals(listener.messages().map((message) => message["seq"]), [seq + 1, seq + 2, seq + 3]);
});
