import { assert, assertEquals, assertRejects } from "@std/assert";
import { encodeValue } from "./codec.ts";
import { StoreLost } from "./errors.ts";
import { metaOwnerKey } from "./keys.ts";
import { append, both, logEntries, packAll, snap, snapshotAt, WORLD } from "./log_fixture.ts";
import { createStore } from "./store.ts";

const SESSION = { id: "ses_1", account: "a_1", name: "Ada", lang: "en", createdAt: 1, expiresAt: 2 };

both("a process that has lost its store writes nothing to it, whatever it tries", async (cells) => {
  const owner = { key: metaOwnerKey, value: encodeValue({ boot: "first" }) };
  const store = createStore(cells, await cells.commit([], [owner]));
  await append(store, logEntries(1, 1_050));
  await snap(store, 800, 820, 840);
  await packAll(store);
  await append(store, logEntries(1_051, 1_060));
  await snap(store, 1_020, 1_040, 1_060);
  assert(await store.writeSession("hash", null, SESSION));
  const found = await store.readSession("hash");
  assert(found !== undefined);
  const everything = async () => (await cells.list({ prefix: [], limit: 1_000 })).map(({ key, stamp }) => [key, stamp]);

  await cells.commit([], [{ key: metaOwnerKey, value: encodeValue({ boot: "second" }) }]);
  const before = await everything();
  const tries: readonly (() => Promise<unknown>)[] = [
    () => store.writeSession("hash", found.stamp, { ...SESSION, expiresAt: 3 }),
    () => store.writeSession("other", null, { ...SESSION, id: "ses_2" }),
    () => store.endSession("ses_1"),
    () => store.writeSnapshot(WORLD, snapshotAt(1_060), []),
    () => store.packEntries(WORLD),
    () => store.dropOldest(WORLD, snapshotAt(200)),
    () => store.removeSession("hash", found.stamp, "ses_1"),
    () => store.clearDue({ minute: 1, world: WORLD }),
    () => store.probe(),
  ];

  for (const one of tries) await assertRejects(one, StoreLost);
  assertEquals(await everything(), before);
});

both("a write refused by its own check is no lost store", async (cells) => {
  const store = createStore(cells, await cells.commit([], [{ key: metaOwnerKey, value: encodeValue({}) }]));
  assert(await store.writeSession("hash", null, SESSION));

  assertEquals(await store.writeSession("hash", null, SESSION), false);
});
