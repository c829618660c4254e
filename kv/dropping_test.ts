import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import type { Cells } from "./cells.ts";
import { EntriesDropped } from "./errors.ts";
import { basePartKey, packedEntriesPrefix } from "./keys.ts";
import { append, both, logEntries, packAll, snap, snapshotAt, WORLD } from "./log_fixture.ts";
import { memoryCells } from "./memory_cells.ts";
import { createStore } from "./store.ts";

/** 700 entries, of which 600 are packed in three values. */
async function packedLog(cells: Cells) {
  const store = createStore(cells);
  const entries = logEntries(1, 700);
  await append(store, entries);
  await snap(store, 600, 650, 700);
  await packAll(store);
  return { store, entries };
}

both("dropOldest() drops the oldest packed entries and keeps the state after them", async (cells) => {
  const { store, entries } = await packedLog(cells);
  const before = await store.readLogState(WORLD);
  const oldest = await store.readOldestPacked(WORLD);

  assert(await store.dropOldest(WORLD, snapshotAt(200)));
  const state = await store.readLogState(WORLD);

  assertEquals(oldest, { first: 1, last: 200 });
  assertEquals([state?.first, state?.packed, state?.base?.n], [201, 600, 200]);
  assert((state?.bytes ?? 0) < (before?.bytes ?? 0));
  assertEquals((await store.readBase(WORLD))?.state, { steps: 200 });
  assertEquals(await store.readEntries(WORLD, 201, 700), entries.slice(200));
  const fault = await assertRejects(() => store.readEntries(WORLD, 100, 300), EntriesDropped, "from entry 201 on");
  assertEquals(fault instanceof EntriesDropped && fault.first, 201);
});

both("dropOldest() goes on where it stopped, and its last base takes the place of the one before", async (cells) => {
  const { store, entries } = await packedLog(cells);

  for (const n of [200, 400, 600]) assert(await store.dropOldest(WORLD, snapshotAt(n)));
  const state = await store.readLogState(WORLD);

  assertEquals([state?.first, state?.packed, state?.bytes], [601, 600, 0]);
  assertEquals(await store.readOldestPacked(WORLD), undefined);
  assertEquals((await cells.list({ prefix: packedEntriesPrefix(WORLD), limit: 10 })).length, 0);
  assertEquals([await cells.get(basePartKey(WORLD, 200, 0)), await cells.get(basePartKey(WORLD, 400, 0))], [
    undefined,
    undefined,
  ]);
  assertEquals(await store.readEntries(WORLD, 601, 700), entries.slice(600));
  assertEquals(await store.dropOldest(WORLD, snapshotAt(700)), false);
});

both("packing goes on after everything that was packed has been dropped", async (cells) => {
  const { store } = await packedLog(cells);
  for (const n of [200, 400, 600]) assert(await store.dropOldest(WORLD, snapshotAt(n)));

  await append(store, logEntries(701, 1_100));
  await snap(store, 900, 1_000, 1_100);
  const packed = await packAll(store);
  const state = await store.readLogState(WORLD);

  assertEquals([packed, state?.first, state?.packed, state?.base?.n], [1, 601, 800, 600]);
  assertEquals(await store.readEntries(WORLD, 601, 1_100), logEntries(601, 1_100));
});

both("dropOldest() refuses a state that is not the one after the oldest packed entries", async (cells) => {
  const { store, entries } = await packedLog(cells);

  assertEquals(await store.dropOldest(WORLD, snapshotAt(199)), false);
  assertEquals(await store.dropOldest(WORLD, snapshotAt(400)), false);

  assertEquals(await store.readEntries(WORLD, 1, 700), entries);
  assertEquals(await store.readBase(WORLD), undefined);
});

both("dropOldest() drops nothing when the state does not come back as it was written", async (cells) => {
  const { entries } = await packedLog(cells);
  const lossy = createStore({
    ...cells,
    async getMany(keys) {
      return (await cells.getMany(keys)).map((cell) => cell && { ...cell, value: cell.value.slice(1) });
    },
  });

  assertEquals(await lossy.dropOldest(WORLD, snapshotAt(200)), false);

  assertEquals(await createStore(cells).readEntries(WORLD, 1, 700), entries);
});

Deno.test("whoever reads while entries are packed and dropped gets all of them, or is told from where they are kept", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("pack", "drop", "none"), { minLength: 1, maxLength: 10 }),
      fc.integer({ min: 1, max: 900 }),
      fc.integer({ min: 0, max: 900 }),
      async (moves, from, length) => {
        const cells = memoryCells();
        const writer = createStore(cells);
        const entries = logEntries(1, 900);
        await append(writer, entries, 300);
        await snap(writer, 880, 890, 900);
        const left = [...moves];
        const reader = createStore({
          ...cells,
          limits: { ...cells.limits, list: 250 },
          async list(range) {
            const found = await cells.list(range);
            const move = left.shift();
            if (move === "pack") await writer.packEntries(WORLD);
            const oldest = move === "drop" ? await writer.readOldestPacked(WORLD) : undefined;
            if (oldest !== undefined) await writer.dropOldest(WORLD, snapshotAt(oldest.last));
            return found;
          },
        });
        const to = Math.min(900, from + length);

        const read = await reader.readEntries(WORLD, from, to).catch((fault) => fault);

        if (!(read instanceof EntriesDropped)) return assertEquals(read, entries.slice(from - 1, to));
        assertEquals(read.first, (await writer.readLogState(WORLD))?.first);
        assert(read.first > from);
      },
    ),
    { numRuns: 60 },
  );
});
