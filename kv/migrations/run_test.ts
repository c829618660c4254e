import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { Cells, Mutation } from "../cells.ts";
import { decodeValue, encodeValue } from "../codec.ts";
import { headKey, metaStoreKey, worldIndexKey } from "../keys.ts";
import { memoryCells } from "../memory_cells.ts";
import { type StoreMeta, storeMeta } from "../records.ts";
import { createStore } from "../store.ts";
import { findWorlds } from "../world_index.ts";
import { worldIndex } from "./0002_world_index.ts";
import type { StoreMigration } from "./migration.ts";
import { newest, STORE_MIGRATIONS, STORE_SCHEMA } from "./registry.ts";
import { isPending, type MigrationRun, type Naming, runMigrations } from "./run.ts";

const options: MigrationRun = { series: STORE_MIGRATIONS, version: "test", checks: [] };
const ids = (count: number) => Array.from({ length: count }, (_, i) => `w_${String(i * 7919 % 1000).padStart(3, "0")}`);

/** A store of form 1: heads, some with a log beside them, and no index. */
async function oldStore(worlds: readonly string[]): Promise<Cells> {
  const cells = memoryCells();
  const meta: StoreMeta = { id: "store", schema: 1, writtenBy: "0.1.0" };
  await cells.commit([], [{ key: metaStoreKey, value: encodeValue(meta) }]);
  for (const [i, id] of worlds.entries()) {
    const key = headKey({ type: "world", id });
    const entries: Mutation[] = Array.from({ length: i % 4 }, (_, n) => ({
      key: ["w", id, "ev", n + 1],
      value: encodeValue(n),
    }));
    const head = { n: i % 4, epoch: 1, commit: "c", seq: {}, state: 1, view: 1 };
    await cells.commit([], [{ key, value: encodeValue(head) }, ...entries]);
  }
  return cells;
}

async function naming(cells: Cells): Promise<Naming> {
  const cell = await cells.get(metaStoreKey);
  assert(cell !== undefined);
  return { meta: storeMeta.parse(decodeValue(cell.value)), stamp: cell.stamp };
}

/** Everything stored, without stamps. */
async function contents(cells: Cells): Promise<unknown> {
  return (await cells.list({ prefix: [], limit: 1_000 })).map(({ key, value }) => [key, decodeValue(value)]);
}

Deno.test("the series of store migrations has no gap and ends at the number this version writes", () => {
  assertEquals(STORE_MIGRATIONS.map(({ to }) => to), Array.from({ length: STORE_SCHEMA - 1 }, (_, i) => i + 2));
  assertThrows(() => newest([{ to: 2 }, { to: 4 }]), RangeError);
  assertThrows(() => newest([{ to: 2 }, { to: 2 }]), RangeError);
  assertThrows(() => newest([{ to: 3 }]), RangeError);
});

Deno.test("runMigrations() gives every world of an older store its place in the index, and ends at the newest number", async () => {
  const worlds = ids(120);
  const cells = await oldStore(worlds);
  assert(isPending((await naming(cells)).meta, STORE_MIGRATIONS));

  const after = await runMigrations(cells, await naming(cells), options);

  assertEquals(after.meta, { id: "store", schema: STORE_SCHEMA, writtenBy: "test" });
  assertEquals(await naming(cells), after);
  assertEquals(isPending(after.meta, STORE_MIGRATIONS), false);
  const store = createStore(cells);
  assertEquals(await store.listWorlds(undefined, 1_000), worlds.toSorted());
  assertEquals(await store.listWorlds("w_500", 3), worlds.toSorted().filter((id) => id > "w_500").slice(0, 3));
});

Deno.test("runMigrations() cut off at any write ends the same when it is started again", async () => {
  const worlds = ids(120);
  const whole = await oldStore(worlds);
  await runMigrations(whole, await naming(whole), options);
  const expected = await contents(whole);

  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ at: fc.nat(4), applied: fc.boolean() }), { maxLength: 3 }), async (cuts) => {
      const cells = await oldStore(worlds);
      for (const cut of cuts) {
        let writes = 0;
        const dying: Cells = {
          ...cells,
          async commit(checks, mutations) {
            if (writes++ === cut.at) {
              if (cut.applied) await cells.commit(checks, mutations);
              throw new Error("killed");
            }
            return await cells.commit(checks, mutations);
          },
        };
        await runMigrations(dying, await naming(cells), options).catch(() => undefined);
      }
      await runMigrations(cells, await naming(cells), options);

      assertEquals(await contents(cells), expected);
    }),
    { numRuns: 30 },
  );
});

Deno.test("runMigrations() raises the number with its first batch, so that an older version refuses what is half changed", async () => {
  const cells = await oldStore(ids(120));
  let writes = 0;
  const dying: Cells = {
    ...cells,
    commit: (checks, mutations) =>
      writes++ === 1 ? Promise.reject(new Error("killed")) : cells.commit(checks, mutations),
  };

  const before = await naming(cells);

  await assertRejects(() => runMigrations(dying, before, options), Error, "killed");

  const { meta } = await naming(cells);
  assertEquals([meta.schema, meta.migrating], [2, { step: 2, after: ids(120).toSorted()[49] }]);
  assert(isPending(meta, STORE_MIGRATIONS));
});

/** Three steps of two batches each, which add up to a sentence: an order that is wrong would show. */
const sentence: readonly StoreMigration[] = [2, 3, 4].map((to) => ({
  to,
  about: `write word ${to}`,
  async batch(store, after) {
    const key = ["words"];
    const cell = await store.get(key);
    const words = cell === undefined ? [] : decodeValue(cell.value);
    const half = after === undefined ? "a" : "b";
    return {
      checks: [{ key, stamp: cell?.stamp ?? null }],
      mutations: [{ key, value: encodeValue([words, `${to}${half}`].flat()) }],
      after: after === undefined ? "half" : undefined,
    };
  },
}));

Deno.test("runMigrations() takes several steps in their order, cut off wherever it may be", async () => {
  for (let cut = 0; cut <= 6; cut++) {
    for (const applied of [false, true]) {
      const cells = await oldStore([]);
      let writes = 0;
      const dying: Cells = {
        ...cells,
        async commit(checks, mutations) {
          if (writes++ !== cut) return await cells.commit(checks, mutations);
          if (applied) await cells.commit(checks, mutations);
          throw new Error("killed");
        },
      };
      const run = { ...options, series: sentence };
      await runMigrations(dying, await naming(cells), run).catch(() => undefined);
      const { meta } = await runMigrations(cells, await naming(cells), run);

      assertEquals(meta, { id: "store", schema: 4, writtenBy: "test" });
      const words = await cells.get(["words"]);
      assertEquals(words && decodeValue(words.value), ["2a", "2b", "3a", "3b", "4a", "4b"]);
    }
  }
});

Deno.test("a step that fails keeps the whole batches before it, and nothing of its own", async () => {
  const cells = await oldStore(ids(2));
  const broken: StoreMigration = { to: 3, about: "fails", batch: () => Promise.reject(new Error("no")) };
  const run = { ...options, series: [worldIndex, broken] };

  await assertRejects(async () => await runMigrations(cells, await naming(cells), run), Error, "no");

  assertEquals((await naming(cells)).meta, { id: "store", schema: 2, writtenBy: "test", migrating: { step: 3 } });
});

Deno.test("a migration stops once another process owns the store", async () => {
  const cells = await oldStore(ids(2));
  const owned = { key: headKey({ type: "world", id: "w_000" }), stamp: "00000000000000000000" };

  await assertRejects(
    async () => await runMigrations(cells, await naming(cells), { ...options, checks: [owned] }),
    Error,
    "changed under the migration",
  );
});

Deno.test("a store that is changed under the migration stops it", async () => {
  const cells = await oldStore(ids(3));
  const before = await naming(cells);
  await cells.commit([], [{ key: metaStoreKey, value: encodeValue(before.meta) }]);

  await assertRejects(() => runMigrations(cells, before, options), Error, "changed under the migration");
});

Deno.test("findWorlds() steps over worlds without a head and over ids that begin alike", async () => {
  const cells = await oldStore(["w_1", "w_10", "w_1a", "w_2"]);
  await cells.commit([], [{ key: ["w", "w_15", "ev", 1], value: encodeValue(1) }]);

  assertEquals(await findWorlds(cells, undefined, 10), ["w_1", "w_10", "w_1a", "w_2"]);
  assertEquals(await findWorlds(cells, "w_1", 2), ["w_10", "w_1a"]);
  assertEquals(await findWorlds(cells, "w_2", 2), []);
});

Deno.test("commit() writes a new world into the index with its first head, and not again", async () => {
  const cells = memoryCells();
  const store = createStore(cells);
  const owner = { type: "world", id: "w_new" } as const;
  const head = { n: 1, epoch: 1, commit: "", seq: {}, state: 1, view: 1 };

  const first = await store.commit({ id: "a", subjects: [{ owner, stamp: null, head }], changes: [] });
  const refused = await store.commit({
    id: "b",
    subjects: [{ owner: { type: "world", id: "w_other" }, stamp: "x", head }],
    changes: [],
  });
  assert(first.ok && !refused.ok);
  const stamp = (await cells.get(worldIndexKey("w_new")))?.stamp;
  const second = await store.commit({
    id: "c",
    subjects: [{ owner, stamp: first.stamp, head: { ...head, n: 2 } }],
    changes: [],
  });

  assert(second.ok);
  assertEquals(await store.listWorlds(undefined, 10), ["w_new"]);
  assertEquals((await cells.get(worldIndexKey("w_new")))?.stamp, stamp);
});
