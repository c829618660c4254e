import { randomBytes } from "node:crypto";
import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import type { Cells } from "./cells.ts";
import { encodeValue } from "./codec.ts";
import { DamagedRecord } from "./errors.ts";
import { entriesPrefix, entryKey, packedEntriesKey, packedEntriesPrefix } from "./keys.ts";
import { append, both, logEntries, packAll, snap, WORLD } from "./log_fixture.ts";
import { memoryCells } from "./memory_cells.ts";
import { createStore } from "./store.ts";

async function count(cells: Cells, prefix: readonly (string | number)[]): Promise<number> {
  return (await cells.list({ prefix, limit: 1_000 })).length;
}

both("packEntries() packs what is older than the third snapshot, 200 together, and nothing else", async (cells) => {
  const store = createStore(cells);
  await append(store, logEntries(1, 700));
  await snap(store, 450, 500);
  const tooFew = await store.packEntries(WORLD);

  await snap(store, 600);
  const packed = await packAll(store);

  assertEquals([tooFew, packed], [false, 2]);
  assertEquals(await store.readLogState(WORLD).then((state) => [state?.first, state?.packed]), [1, 400]);
  assertEquals(await count(cells, entriesPrefix(WORLD)), 300);
  assert(await cells.get(packedEntriesKey(WORLD, 1, 0)) !== undefined);
  assert(await cells.get(packedEntriesKey(WORLD, 201, 0)) !== undefined);
});

both("readEntries() reads over packed entries and those that stand alone, whatever the range", async (cells) => {
  const store = createStore(cells);
  const entries = logEntries(1, 900);
  await append(store, entries);
  await snap(store, 650, 800, 900);
  await packAll(store);

  assertEquals(await store.readEntries(WORLD, 1, 900), entries);
  for (const [from, to] of [[1, 1], [1, 200], [200, 201], [199, 402], [400, 600], [600, 601], [601, 900], [5, 3]]) {
    assertEquals(await store.readEntries(WORLD, from ?? 0, to ?? 0), entries.slice((from ?? 1) - 1, to));
  }
});

both(
  "entries of any size keep their content when they are packed, and large ones are packed fewer together",
  async (cells) => {
    const store = createStore(cells);
    // Random text, so that deflating does not make it small.
    const large = randomBytes(60_000).toString("hex");
    const entries = logEntries(1, 450, (n) => n % 30 === 0 ? large : n % 7 === 0 ? "ü — ♞".repeat(300) : `step ${n}`);
    await append(store, entries, 20);
    await snap(store, 430, 440, 450);

    const packed = await packAll(store);

    assert(packed >= 3);
    assert(((await store.readLogState(WORLD))?.packed ?? 0) > 300);
    assertEquals(await store.readEntries(WORLD, 1, 450), entries);
  },
);

both("readEntries() names the packed value that is damaged, and still reads beside it", async (cells) => {
  const store = createStore(cells);
  const entries = logEntries(1, 700);
  await append(store, entries);
  await snap(store, 600, 650, 700);
  await packAll(store);
  const key = packedEntriesKey(WORLD, 201, 0);
  const cell = await cells.get(key);
  assert(cell !== undefined);

  const flipped = cell.value.map((byte, i) => i === 40 ? byte ^ 4 : byte);
  await cells.commit([], [{ key, value: flipped }]);
  await assertRejects(() => store.readEntries(WORLD, 1, 700), DamagedRecord, "w/w_1/old/201/0");
  await cells.commit([], [{ key, value: encodeValue({ entries: logEntries(202, 203) }) }]);
  await assertRejects(() => store.readEntries(WORLD, 201, 300), DamagedRecord, "entry 202 stands in the place of 201");
  await cells.commit([], [{ key, value: encodeValue({ entries: [{ n: 201 }] }) }]);
  await assertRejects(() => store.readEntries(WORLD, 300, 300), DamagedRecord, "w/w_1/old/201/0");
  await cells.commit([], [{ key, value: undefined }]);
  await assertRejects(() => store.readEntries(WORLD, 150, 300), DamagedRecord, "w/w_1/ev/201");

  assertEquals(await store.readEntries(WORLD, 1, 200), entries.slice(0, 200));
  assertEquals(await store.readEntries(WORLD, 401, 700), entries.slice(400));
});

both("packEntries() leaves a log alone in which an entry is damaged or missing", async (cells) => {
  const store = createStore(cells);
  await append(store, logEntries(1, 300));
  await snap(store, 290, 295, 300);
  const key = entryKey(WORLD, 70);
  const cell = await cells.get(key);
  assert(cell !== undefined);

  await cells.commit([], [{ key, value: cell.value.slice(1) }]);
  await assertRejects(() => store.packEntries(WORLD), DamagedRecord, "w/w_1/ev/70");
  await cells.commit([], [{ key, value: undefined }]);
  await assertRejects(() => store.packEntries(WORLD), DamagedRecord, "w/w_1/ev/70");
  await cells.commit([], [{ key, value: cell.value }, { key: entryKey(WORLD, 1), value: undefined }]);
  await assertRejects(() => store.packEntries(WORLD), DamagedRecord, "w/w_1/ev/1");

  assertEquals(await count(cells, packedEntriesPrefix(WORLD)), 0);
  assertEquals(await count(cells, entriesPrefix(WORLD)), 299);
});

both("of two that pack the same entries one wins, and the log is whole", async (cells) => {
  const store = createStore(cells);
  const entries = logEntries(1, 650);
  await append(store, entries);
  await snap(store, 600, 620, 650);

  const won = await Promise.all([store.packEntries(WORLD), store.packEntries(WORLD), store.packEntries(WORLD)]);
  await packAll(store);

  assert(won.includes(true));
  assertEquals((await store.readLogState(WORLD))?.packed, 600);
  assertEquals(await store.readEntries(WORLD, 1, 650), entries);
});

Deno.test("whoever reads while entries are packed misses none of them", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(6), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 900 }),
      fc.integer({ min: 0, max: 900 }),
      async (pauses, from, length) => {
        const cells = memoryCells();
        const writer = createStore(cells);
        const entries = logEntries(1, 900);
        await append(writer, entries, 300);
        await snap(writer, 880, 890, 900);
        // The reader's every look at the store is followed by some packing or none, so that it sees moments far apart.
        const left = [...pauses];
        const reader = createStore({
          ...cells,
          limits: { ...cells.limits, list: 250 },
          async list(range) {
            const found = await cells.list(range);
            for (let times = left.shift() ?? 0; times > 3; times--) await writer.packEntries(WORLD);
            return found;
          },
        });

        const to = Math.min(900, from + length);
        const read = await reader.readEntries(WORLD, from, to);

        assertEquals(read, entries.slice(from - 1, to));
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("a long log keeps few keys and a fraction of its size once it is packed", async () => {
  const cells = memoryCells();
  const store = createStore(cells);
  await append(
    store,
    logEntries(1, 5_000, (n) => `The party walks on to ${n % 40}/${n % 30} and sees nothing new`),
    500,
  );
  await snap(store, 4_700, 4_900, 5_000);
  const [before] = [await cells.list({ prefix: entriesPrefix(WORLD), limit: 1_000 })];
  const each = before.reduce((sum, { value }) => sum + value.length, 0) / before.length;

  await packAll(store);
  const after = await count(cells, entriesPrefix(WORLD)) + await count(cells, packedEntriesPrefix(WORLD));
  const state = await store.readLogState(WORLD);

  assertEquals(state?.packed, 4_600);
  assert(after < 5_000 / 10);
  assert((state?.bytes ?? 0) < each * 4_600 / 4);
});
