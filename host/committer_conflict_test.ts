import { assertEquals } from "@std/assert";
import { memoryStore } from "../kv/memory_store.ts";
import type { Store } from "../kv/ports.ts";
import { command, guest, newWorld, resultOf, testHost } from "./host_fixture.ts";

Deno.test("after a conflict whose second attempt hangs the server takes commands again", async () => {
  const real = memoryStore();
  /** What becomes of the next commits, first one first. */
  const fates: ("conflict" | "hang")[] = [];
  const store: Store = {
    ...real,
    commit(pack) {
      const fate = fates.shift();
      if (fate === "conflict") return Promise.resolve({ ok: false, why: "conflict" });
      return fate === "hang" ? new Promise(() => {}) : real.commit(pack);
    },
  };
  const { host, clock } = testHost({ store });
  const ada = await guest(host);
  const world = await newWorld(host, ada);

  fates.push("conflict", "hang");
  const first = host.submit(ada, command(world, 1));
  await clock.advance(60_000);
  await first;
  const again = await host.submit(ada, command(world, 1));
  const next = await host.submit(ada, command(world, 2));
  await host.stop();

  assertEquals([resultOf(again)["cseq"], resultOf(next)["cseq"]], [1, 2]);
});

Deno.test("a world whose very first commit meets a conflict is made all the same", async () => {
  const real = memoryStore();
  let refused = 0;
  const store: Store = {
    ...real,
    commit(pack) {
      const first = pack.subjects.some(({ owner, stamp }) => owner.type === "world" && stamp === null);
      return first && ++refused <= 2 ? Promise.resolve({ ok: false, why: "conflict" }) : real.commit(pack);
    },
  };
  const { host } = testHost({ store });
  const ada = await guest(host);

  const world = await newWorld(host, ada);
  const step = await host.submit(ada, command(world, 1));
  await host.stop();

  assertEquals(resultOf(step)["cseq"], 1);
});
