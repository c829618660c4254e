import { assertEquals } from "@std/assert";
import { memoryStore } from "../kv/memory_store.ts";
import { DamagedRecord, type Store } from "../kv/ports.ts";
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

Deno.test("a world whose head is damaged while a pack's outcome is unknown does not hold up the others", async () => {
  const real = memoryStore();
  const damaged = new Set<string>();
  let throws = 1;
  const store: Store = {
    ...real,
    commit(pack) {
      if (!pack.subjects.some(({ owner }) => damaged.has(owner.id))) return real.commit(pack);
      return throws-- > 0
        ? Promise.reject(new Error("disk I/O error"))
        : Promise.resolve({ ok: false, why: "conflict" });
    },
    readHead: (world) =>
      damaged.has(world) ? Promise.reject(new DamagedRecord(`w/${world}/head`, "it is damaged")) : real.readHead(world),
  };
  const { host, clock } = testHost({ store });
  const ada = await guest(host);
  const broken = await newWorld(host, ada);
  const sound = await newWorld(host, ada, 2);

  damaged.add(broken);
  const answers = [host.submit(ada, command(broken, 1)), host.submit(ada, command(sound, 1))];
  await clock.advance(20_000);
  const [lost, played] = await Promise.all(answers);
  const again = await host.submit(ada, command(sound, 1));
  const next = await host.submit(ada, command(sound, 2));
  await host.stop();

  assertEquals([lost?.ok, played?.ok, again.ok, next.ok], [false, true, true, true]);
});
