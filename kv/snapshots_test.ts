import { assert, assertEquals } from "@std/assert";
import { randomBytes } from "node:crypto";
import { snapshotPartKey } from "./keys.ts";
import { both, snapshotAt, WORLD } from "./log_fixture.ts";
import { createStore } from "./store.ts";

both("a snapshot takes the place of a damaged one of the same number", async (cells) => {
  const store = createStore(cells);
  const large = { ...snapshotAt(10), state: { text: randomBytes(100_000).toString("hex") } };
  for (const one of [snapshotAt(5), large]) assert(await store.writeSnapshot(WORLD, one, []));
  await cells.commit([], [{ key: snapshotPartKey(WORLD, 10, 0), value: new Uint8Array(9) }]);

  assert(await store.writeSnapshot(WORLD, snapshotAt(10), []));
  const marks = await store.readSnapshotMarks(WORLD);
  const [newest] = marks;
  assert(newest !== undefined);

  assertEquals(marks.map(({ n }) => n), [10, 5]);
  assertEquals((await store.readSnapshot(WORLD, newest))?.state, { steps: 10 });
  assertEquals(await cells.get(snapshotPartKey(WORLD, 10, 1)), undefined);
});

both("a snapshot that does not come back as written is not counted, and those before it stay", async (cells) => {
  const store = createStore(cells);
  for (const n of [5, 6, 7]) assert(await store.writeSnapshot(WORLD, snapshotAt(n), []));
  const lossy = createStore({
    ...cells,
    async getMany(keys) {
      return (await cells.getMany(keys)).map((cell) => cell && { ...cell, value: cell.value.slice(1) });
    },
  });

  assertEquals(await lossy.writeSnapshot(WORLD, snapshotAt(8), []), false);

  assertEquals((await store.readSnapshotMarks(WORLD)).map(({ n }) => n), [7, 6, 5]);
});
