import { assert, assertEquals } from "@std/assert";
import type { Cells } from "./cells.ts";
import { headKey, receiptKey, seatKey, sessionKey } from "./keys.ts";
import { both } from "./log_fixture.ts";
import type { AccountRecord, Change, Owner, SessionRecord, Store } from "./ports.ts";
import { createStore } from "./store.ts";

const account: Owner & { type: "account" } = { type: "account", id: "a_1" };

function record(id: string): AccountRecord {
  return { id, name: "Ada", tier: "guest", createdAt: 1, n: 1, commit: "", seed: "00", open: {} };
}

function session(id: string, of = "a_1"): SessionRecord {
  return { id, account: of, name: "Ada", lang: "en", createdAt: 1, expiresAt: 1_000 };
}

function receipt(owner: Owner, ses: string, cseq: number): Change {
  return {
    type: "receipt",
    owner,
    session: ses,
    lane: 0,
    receipt: { cseq, fingerprint: "f", method: "m", n: cseq, answer: {} },
  };
}

async function write(store: Store, id: string, changes: readonly Change[]): Promise<string> {
  const owner = { type: "account", id } as const;
  const stamp = (await store.readAccount(id))?.stamp ?? null;
  const done = await store.commit({
    id: "k",
    subjects: [{ owner, stamp, head: record(id) }],
    changes: [store.prepare(changes)],
  });
  assert(done.ok);
  return done.stamp;
}

const keysOf = async (cells: Cells) => (await cells.list({ prefix: [], limit: 1_000 })).map(({ key }) => key.join("/"));

both("listSessions() and listAccounts() go over all of them, a few at a time", async (cells) => {
  const store = createStore(cells);
  const names = Array.from({ length: 7 }, (_, i) => `a_${i}`);
  for (const id of names) {
    await write(store, id, [
      { type: "session", tokenHash: `hash ${id}`, value: session(`ses ${id}`, id) },
      receipt({ type: "account", id }, "x", 1),
      receipt({ type: "account", id }, "y", 2),
    ]);
  }

  const sessions: string[] = [];
  let after: string | undefined;
  for (;;) {
    const some = await store.listSessions(after, 3);
    sessions.push(...some.map(({ value }) => value?.id ?? "?"));
    after = some.at(-1)?.tokenHash;
    if (some.length < 3) break;
  }
  const first = await store.listAccounts(undefined, 4);
  const rest = await store.listAccounts(first.at(-1), 9);

  assertEquals(sessions, names.map((id) => `ses ${id}`));
  assertEquals([...first, ...rest], names);
  assertEquals(await store.listReceiptSessions({ type: "account", id: "a_3" }, undefined, 9), ["x", "y"]);
  assertEquals(await store.listReceiptSessions({ type: "account", id: "a_3" }, "x", 9), ["y"]);
});

both("listSessions() passes over a damaged record, and nothing of it is removed", async (cells) => {
  const store = createStore(cells);
  await write(store, "a_1", [{ type: "session", tokenHash: "hash", value: session("ses") }]);
  await cells.commit([], [{ key: sessionKey("hash"), value: new Uint8Array(9) }]);

  assertEquals((await store.listSessions(undefined, 9)).map(({ tokenHash, value }) => [tokenHash, value]), [
    ["hash", undefined],
  ]);
});

both("removeSession() removes both keys, and neither when the session slid on meanwhile", async (cells) => {
  const store = createStore(cells);
  await write(store, "a_1", [{ type: "session", tokenHash: "hash", value: session("ses") }]);
  const stale = await store.readSession("hash");
  assert(stale !== undefined);
  assert(await store.writeSession("hash", stale.stamp, { ...stale.value, expiresAt: 9_000 }));

  assertEquals(await store.removeSession("hash", stale.stamp, "ses"), false);
  assertEquals(await store.readSessionHash("ses"), "hash");
  const fresh = await store.readSession("hash");
  assert(fresh !== undefined);
  assertEquals(await store.removeSession("hash", fresh.stamp, "ses"), true);

  assertEquals(await keysOf(cells), [headKey(account).join("/")]);
});

both("removeReceipts() removes nothing of a session that is there, and all of one that is gone", async (cells) => {
  const store = createStore(cells);
  const world = { type: "world", id: "w_1" } as const;
  await write(store, "a_1", [
    { type: "session", tokenHash: "hash", value: session("here") },
    ...Array.from({ length: 64 }, (_, i) => receipt(world, "gone", i + 1)),
    ...Array.from({ length: 64 }, (_, i) => receipt(world, "here", i + 1)),
  ]);

  const kept = await store.removeReceipts(world, "here");
  const removed = await store.removeReceipts(world, "gone");
  const again = await store.removeReceipts(world, "gone");

  assertEquals([kept, removed, again], [0, 64, 0]);
  assertEquals((await store.readReceipts(world, "here", 0)).length, 64);
  assertEquals(await store.readReceipts(world, "gone", 0), []);
});

both("removeAccount() removes only an account that has nothing and has not changed", async (cells) => {
  const store = createStore(cells);
  const bare = await write(store, "a_1", [receipt(account, "gone", 1)]);
  const seated = await write(store, "a_2", [
    { type: "seat", account: "a_2", world: "w", value: { world: "w", seat: "s_1", name: "", createdAt: 1, roles: [] } },
  ]);
  const owning = await write(store, "a_3", [{
    type: "character",
    account: "a_3",
    id: "c",
    value: { id: "c", sheet: {} },
  }]);
  const moved = await write(store, "a_4", []);
  await write(store, "a_4", [{ type: "session", tokenHash: "hash", value: session("ses", "a_4") }]);

  const removed = [
    await store.removeAccount("a_1", bare),
    await store.removeAccount("a_2", seated),
    await store.removeAccount("a_3", owning),
    await store.removeAccount("a_4", moved),
  ];

  assertEquals(removed, [true, false, false, false]);
  assertEquals(await store.listAccounts(undefined, 9), ["a_2", "a_3", "a_4"]);
  assertEquals(await cells.get(receiptKey(account, "gone", 0, 1)), undefined);
  assert(await cells.get(seatKey("a_2", "w")) !== undefined);
});

both("listDue() gives the worlds that are due before a minute, the longest due first", async (cells) => {
  const store = createStore(cells);
  const due = (world: string, minute: number, on = true): Change => ({ type: "due", world, minute, on });
  await write(store, "a_1", [due("w_1", 7), due("w_2", 5), due("w_3", 6), due("w_4", 5), due("w_4", 9, false)]);

  const first = await store.listDue(7, undefined, 2);
  const rest = await store.listDue(7, first.at(-1), 9);
  await store.clearDue({ minute: 5, world: "w_2" });
  await write(store, "a_1", [due("w_3", 6, false)]);

  assertEquals([...first, ...rest].map(({ world }) => world), ["w_2", "w_4", "w_3"]);
  assertEquals((await store.listDue(99, undefined, 9)).map(({ world }) => world), ["w_4", "w_1"]);
  assertEquals([await store.isDue({ minute: 7, world: "w_1" }), await store.isDue({ minute: 5, world: "w_2" })], [
    true,
    false,
  ]);
});
