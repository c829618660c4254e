import { assert, assertEquals } from "@std/assert";
import { memoryStore } from "../kv/memory_store.ts";
import type { Store } from "../kv/ports.ts";
import { command, ear, guest, newWorld, resultOf, settle, testHost } from "./host_fixture.ts";

Deno.test("a world whose rebases failed is caught up once the store can be read, however often it could not be", async () => {
  const real = memoryStore();
  let readable = true;
  const store: Store = {
    ...real,
    readEntries: (...asked) => readable ? real.readEntries(...asked) : Promise.reject(new Error("not now")),
  };
  const { host, clock } = testHost({ store });
  const ada = await guest(host);
  const world = await newWorld(host, ada);

  // Somebody else extends the world.
  const head = await real.readHead(world);
  assert(head !== undefined);
  const { n } = head.value;
  const [last] = await real.readEntries(world, n, n);
  assert(last !== undefined);
  const { receipt: _, hash: _hash, ...plain } = last;
  const entry = { ...plain, n: n + 1, session: "", lane: 0, cseq: 0, events: [] };
  const owner = { type: "world", id: world } as const;
  const extended = await real.commit({
    id: "other",
    subjects: [{ owner, stamp: head.stamp, head: { ...head.value, n: n + 1 } }],
    changes: [real.prepare([{ type: "entry", world, entry }])],
  });
  assert(extended.ok);

  readable = false;
  for (let tries = 0; tries < 8; tries++) {
    const answer = await host.submit(ada, command(world, 1));
    assertEquals(answer.ok, false);
    await clock.advance(5_000);
  }
  readable = true;
  await clock.advance(5_000);
  const tried = [await host.submit(ada, command(world, 1)), await host.submit(ada, command(world, 1))];
  const answer = tried.find(({ ok }) => ok) ?? tried[0];
  await host.stop();

  assert(answer !== undefined);
  assertEquals(resultOf(answer)["cseq"], 1);
  assertEquals((await real.readHead(world))?.value.n, n + 2);
});

Deno.test("what another process stored is done once, also where its lane is read while the world is caught up", async () => {
  const real = memoryStore();
  const one = testHost({ store: real });
  const ada = await guest(one.host);
  const world = await newWorld(one.host, ada);
  let gate = Promise.resolve();
  let reached = () => {};
  const store: Store = {
    ...real,
    async readEntries(...asked) {
      reached();
      await gate;
      return await real.readEntries(...asked);
    },
  };
  const two = testHost({ store });
  await two.host.view(ada, world, "party");

  const first = resultOf(await one.host.submit(ada, command(world, 1)));
  const open = Promise.withResolvers<void>();
  const catching = new Promise<void>((resolve) => reached = resolve);
  gate = open.promise;
  const moved = two.host.submit(ada, command(world, 1, undefined, { lane: 1 }));
  await catching;
  // Somebody reconnects and is told the next number of their lane, which is read for it.
  const subscribed = two.host.subscribe(ada, { world, audience: "party", lane: 0 }, ear());
  await settle();
  open.resolve();
  await Promise.all([moved, subscribed]);
  const again = await two.host.submit(ada, command(world, 1));
  await one.host.stop();
  await two.host.stop();

  assertEquals(again, { ok: true, result: first });
  const { n = 0 } = (await real.readHead(world))?.value ?? {};
  const entries = await real.readEntries(world, 1, n);
  assertEquals(entries.filter(({ lane, cseq }) => lane === 0 && cseq === 1).length, 1);
});
