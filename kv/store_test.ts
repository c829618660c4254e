import { randomBytes } from "node:crypto";
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { encodeValue } from "./codec.ts";
import type { Cells } from "./cells.ts";
import { denoCells } from "./deno_cells.ts";
import { DamagedRecord } from "./errors.ts";
import { entryKey, metaOwnerKey, snapshotPartKey } from "./keys.ts";
import { memoryCells } from "./memory_cells.ts";
import type { AccountRecord, Change, LogEntry, Pack, Store, Subject, WorldHead } from "./ports.ts";
import { createStore } from "./store.ts";

const world = { type: "world", id: "w_1" } as const;

function head(n: number): WorldHead {
  return { n, epoch: 7, commit: "", seq: { party: n, "party.talk": 0 }, state: 1, view: 1 };
}

function entry(n: number, text = "x"): LogEntry {
  return {
    n,
    at: 1_000 + n,
    rid: `r-${n}`,
    actor: "s_1",
    session: "ses",
    lane: 0,
    cseq: n,
    command: { type: "Move" },
    events: [{ type: "PartyMoved", text }],
    seq: { party: n },
    epoch: 7,
    view: 1,
  };
}

function pack(store: Store, stamp: string | null, n: number, text?: string): Pack {
  const changes = store.prepare([
    { type: "entry", world: world.id, entry: entry(n, text) },
    {
      type: "receipt",
      owner: world,
      session: "ses",
      lane: 0,
      receipt: { cseq: n, fingerprint: "f", method: "move", n, answer: { n } },
    },
  ]);
  const subject: Subject = { owner: world, stamp, head: head(n) };
  return { id: `pack-${n}`, subjects: [subject], changes: [changes] };
}

async function append(store: Store, count: number, text?: string): Promise<void> {
  for (let i = 0; i < count; i++) {
    const before = await store.readHead(world.id);
    const result = await store.commit(pack(store, before?.stamp ?? null, (before?.value.n ?? 0) + 1, text));
    assert(result.ok);
  }
}

/** Both stores, so that each promise is made by both. */
function both(name: string, run: (cells: Cells) => Promise<void>) {
  Deno.test(`${name} (memory)`, () => run(memoryCells()));
  Deno.test(`${name} (Deno KV)`, async () => {
    using kv = await Deno.openKv(":memory:");
    await run(denoCells(kv));
  });
}

both("commit() writes head, entry and receipt together and reads them back", async (cells) => {
  const store = createStore(cells);

  await append(store, 3);

  const found = await store.readHead(world.id);
  assertEquals(found?.value, { ...head(3), commit: "pack-3" });
  assertEquals(await store.readEntries(world.id, 2, 3), [entry(2), entry(3)]);
  assertEquals((await store.readReceipts(world, "ses", 0)).map((receipt) => receipt.cseq), [1, 2, 3]);
});

both("commit() writes nothing when the head moved on", async (cells) => {
  const store = createStore(cells);
  await append(store, 2);

  const result = await store.commit(pack(store, null, 3));

  assertEquals(result, { ok: false, why: "conflict" });
  assertEquals((await store.readHead(world.id))?.value.n, 2);
  await assertRejects(() => store.readEntries(world.id, 3, 3), DamagedRecord);
});

both("commit() stops once another process has taken the owner record", async (cells) => {
  const stamp = await cells.commit([], [{ key: metaOwnerKey, value: encodeValue(1) }]);
  const store = createStore(cells, stamp);
  await append(store, 1);

  await cells.commit([], [{ key: metaOwnerKey, value: encodeValue(2) }]);
  const stampNow = (await store.readHead(world.id))?.stamp ?? null;

  assertEquals(await store.commit(pack(store, stampNow, 2)), { ok: false, why: "owner" });
});

both("an entry above the limit of a value is stored in parts and read whole", async (cells) => {
  const store = createStore(cells);
  // Random text, so that deflating does not make it small.
  const text = randomBytes(100_000).toString("hex");
  await append(store, 1);
  await append(store, 2, text);
  await append(store, 1);

  const entries = await store.readEntries(world.id, 1, 4);

  assertEquals(entries.map((found) => found.n), [1, 2, 3, 4]);
  assertEquals(entries[1], entry(2, text));
});

both("readEntries() names a hole, a damaged record and a part that is missing", async (cells) => {
  const store = createStore(cells);
  await append(store, 3);

  await cells.commit([], [{ key: entryKey(world.id, 2), value: undefined }]);
  await assertRejects(() => store.readEntries(world.id, 1, 3), DamagedRecord, "w/w_1/ev/2");

  await cells.commit([], [{ key: entryKey(world.id, 2), value: new Uint8Array([1, 2, 3, 4, 5, 6]) }]);
  await assertRejects(() => store.readEntries(world.id, 1, 3), DamagedRecord, "w/w_1/ev/2");

  await cells.commit([], [{ key: entryKey(world.id, 2), value: encodeValue(entry(3)) }]);
  await assertRejects(() => store.readEntries(world.id, 1, 3), DamagedRecord, "entry 3 stands in its place");
});

both("readEntries() reads a log longer than one batch", async (cells) => {
  const store = createStore(cells);
  const few = createStore({ ...cells, limits: { ...cells.limits, list: 4 }, list: (range) => cells.list(range) });
  await append(store, 11);

  assertEquals((await few.readEntries(world.id, 1, 11)).length, 11);
});

Deno.test("prepare() refuses an entry larger than any honest one", () => {
  const store = createStore(memoryCells());
  const text = randomBytes(300_000).toString("hex");

  assertThrows(() => pack(store, null, 1, text), RangeError);
});

both("a receipt takes the slot of the one 64 below it", async (cells) => {
  const store = createStore(cells);
  await append(store, 66);

  const kept = (await store.readReceipts(world, "ses", 0)).map((receipt) => receipt.cseq).sort((a, b) => a - b);

  assertEquals([kept[0], kept.at(-1), kept.length], [3, 66, 64]);
});

both("writeSnapshot() keeps the last three and readSnapshot() falls back from a damaged one", async (cells) => {
  const store = createStore(cells);
  for (const n of [10, 20, 30, 40]) {
    assert(await store.writeSnapshot(world.id, { n, at: n, epoch: 7, seq: { party: n }, state: { hp: n } }, []));
  }

  const marks = await store.readSnapshotMarks(world.id);
  const [newest, older] = marks;
  assert(newest !== undefined && older !== undefined);
  await cells.commit([], [{ key: snapshotPartKey(world.id, 40, 0), value: new Uint8Array(9) }]);

  assertEquals(marks.map((mark) => mark.n), [40, 30, 20]);
  assertEquals(await cells.get(snapshotPartKey(world.id, 10, 0)), undefined);
  assertEquals(await store.readSnapshot(world.id, newest), undefined);
  assertEquals((await store.readSnapshot(world.id, older))?.state, { hp: 30 });
});

both("writeSession() is checked, so that an ended session does not come back", async (cells) => {
  const store = createStore(cells);
  const session = { id: "ses", account: "a_1", name: "Ada", lang: "en", createdAt: 1, expiresAt: 2 };
  assert(await store.writeSession("hash", null, session));
  const found = await store.readSession("hash");
  assert(found !== undefined);

  await store.endSession("ses");

  assertEquals(await store.writeSession("hash", found.stamp, session), false);
  assertEquals(await store.readSession("hash"), undefined);
});

both(
  "a return key is stored with its account's record and leads to it until another takes its place",
  async (cells) => {
    const store = createStore(cells);
    const record = {
      id: "a_1",
      name: "Ada",
      tier: "guest",
      createdAt: 1,
      n: 1,
      commit: "",
      seed: "00",
      open: {},
    } as const;
    const owner = { type: "account", id: "a_1" } as const;
    const write = async (id: string, stamp: string | null, head: AccountRecord, changes: readonly Change[]) =>
      await store.commit({ id, subjects: [{ owner, stamp, head }], changes: [store.prepare(changes)] });
    const made = await write("k_1", null, { ...record, returnKey: "old" }, [
      { type: "returnKey", keyHash: "old", account: "a_1" },
    ]);
    assert(made.ok);
    assertEquals(await store.readReturnKey("old"), "a_1");

    const conflict = await write("k_2", null, { ...record, returnKey: "none" }, [
      { type: "returnKey", keyHash: "none", account: "a_1" },
    ]);
    const next = await write("k_3", made.stamp, { ...record, n: 2, returnKey: "new" }, [
      { type: "returnKey", keyHash: "new", account: "a_1" },
      { type: "returnKey", keyHash: "old" },
    ]);

    assertEquals(conflict, { ok: false, why: "conflict" });
    assert(next.ok);
    assertEquals(
      [await store.readReturnKey("old"), await store.readReturnKey("none"), await store.readReturnKey("new")],
      [undefined, undefined, "a_1"],
    );
    assertEquals((await store.readAccount("a_1"))?.value, { ...record, n: 2, commit: "k_3", returnKey: "new" });
  },
);

both("an account that never had a return key reads as one without", async (cells) => {
  const store = createStore(cells);
  const record = {
    id: "a_1",
    name: "Ada",
    tier: "guest",
    createdAt: 1,
    n: 1,
    commit: "",
    seed: "00",
    open: {},
  } as const;
  const owner = { type: "account", id: "a_1" } as const;
  assert((await store.commit({ id: "k_1", subjects: [{ owner, stamp: null, head: record }], changes: [] })).ok);

  assertEquals((await store.readAccount("a_1"))?.value, { ...record, commit: "k_1" });
});

both("writeSnapshot() gives receipts keys of their own, however many and large they are", async (cells) => {
  const store = createStore(cells);
  const receipts = Array.from({ length: 1_200 }, (_, i) => ({
    session: `ses_${Math.floor(i / 60)}`,
    lane: 0,
    receipt: {
      cseq: i % 60 + 1,
      fingerprint: "f",
      method: "move",
      n: i,
      answer: { text: randomBytes(500).toString("hex") },
    },
  }));

  assert(await store.writeSnapshot(world.id, { n: 9, at: 9, epoch: 7, seq: { party: 9 }, state: { hp: 9 } }, receipts));

  assertEquals((await store.readReceipts(world, "ses_19", 0)).length, 60);
  assertEquals((await store.readSnapshotMarks(world.id)).map((mark) => mark.n), [9]);
});
