import { assert, assertEquals } from "@std/assert";
import { memoryStore } from "../kv/memory_store.ts";
import { guest, testClock, testHost } from "./host_fixture.ts";

const DAY_MS = 86_400_000;

/** A guest of two days ago whose session has ended. */
async function leftBehind() {
  const store = memoryStore();
  const { host, clock } = testHost({ store });
  const ada = await guest(host);
  await host.endSession(ada);
  await host.stop();
  return { store, clock: testClock(clock.now() + 2 * DAY_MS) };
}

Deno.test("a sweep that fails is tried again with the next round", async () => {
  const { store, clock } = await leftBehind();
  const logged: string[] = [];
  let failures = 1;
  const { host } = testHost({
    store: {
      ...store,
      listSessions: (after, limit) =>
        failures-- > 0 ? Promise.reject(new Error("The store is away")) : store.listSessions(after, limit),
    },
    clock,
    deps: { log: (_level, event) => logged.push(event) },
  });

  await clock.advance(400_000);
  const after = (await store.listAccounts(undefined, 9)).length;
  await clock.advance(3_700_000);
  const later = (await store.listAccounts(undefined, 9)).length;
  await host.stop();

  assert(logged.includes("sweeping the store failed"));
  assertEquals([after, later], [1, 0]);
});

Deno.test("a store that hangs in the middle of a sweep does not keep the server from stopping", async () => {
  const { store, clock } = await leftBehind();
  const { host } = testHost({ store: { ...store, listAccounts: () => new Promise(() => {}) }, clock });
  await clock.advance(310_000);

  const stopped = host.stop().then(() => "stopped");
  await clock.advance(10_000);

  assertEquals(await stopped, "stopped");
});
