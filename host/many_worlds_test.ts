import { assert, assertEquals } from "@std/assert";
import { memoryStore } from "../kv/memory_store.ts";
import type { Store } from "../kv/ports.ts";
import {
  accountCommand,
  command,
  guest,
  joinCommand,
  newWorld,
  refusalOf,
  resultOf,
  testHost,
} from "./host_fixture.ts";

const MOST = 50;
const CREATE = {
  type: "CreateWorld",
  name: "One more",
  options: { turnClock: "normal", difficulty: "normal" },
} as const;

Deno.test("an account has seats in fifty worlds at most, and a seat given up makes room", async () => {
  const { host } = testHost();
  const [ada, bob] = [await guest(host), await guest(host, "Bob")];
  const own = [];
  for (let cseq = 1; cseq <= MOST; cseq++) own.push(await newWorld(host, ada, cseq));
  const [first] = own;
  assert(first !== undefined);
  const other = await newWorld(host, bob);
  const { invite } = resultOf(await host.invite(bob, other));

  const created = refusalOf(await host.submitAccount(ada, accountCommand(MOST + 1, CREATE)));
  const joined = refusalOf(await host.submit(ada, joinCommand(other, 1, { invite })));
  const present = await host.submit(ada, joinCommand(first, 1));
  resultOf(await host.submit(ada, command(first, 2, { type: "LeaveGame" })));
  const after = await host.submit(ada, joinCommand(other, 2, { invite }));
  const listed = await host.worlds(ada);
  await host.stop();

  assertEquals([created.code, created.details], ["world/too_many", { limit: MOST }]);
  assertEquals(joined.code, "world/too_many");
  assert(present.ok || present.refusal.code !== "world/too_many");
  assert(after.ok);
  assertEquals(listed.length, MOST);
});

Deno.test("a list of worlds loads a few of them at the same time, never all", async () => {
  const inner = memoryStore();
  const before = testHost({ store: inner });
  const ada = await guest(before.host);
  const worlds = [];
  for (let cseq = 1; cseq <= 20; cseq++) worlds.push(await newWorld(before.host, ada, cseq));
  await before.host.stop();
  let [now, most] = [0, 0];
  const store: Store = {
    ...inner,
    async readHead(world) {
      most = Math.max(most, ++now);
      try {
        return await inner.readHead(world);
      } finally {
        now--;
      }
    },
  };

  const { host } = testHost({ store });
  const listed = await host.worlds(ada);
  await host.stop();

  assertEquals(listed.map(({ world }) => world).toSorted(), worlds.toSorted());
  assertEquals(most, 8);
});
