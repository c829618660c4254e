import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Cells } from "../cells.ts";
import { decodeValue, encodeValue } from "../codec.ts";
import { MigrationFailed, StoreOlder } from "../errors.ts";
import { headKey, metaOwnerKey, metaStoreKey } from "../keys.ts";
import { memoryCells } from "../memory_cells.ts";
import { storeMeta } from "../records.ts";
import { bringUp, type MigrationAhead, ownerOf, refuseWithoutBackup, type Upward } from "./bring_up.ts";
import type { StoreMigration } from "./migration.ts";
import type { Naming } from "./run.ts";

const fine: StoreMigration = {
  to: 2,
  about: "nothing much",
  batch: () => Promise.resolve({ checks: [], mutations: [], after: undefined }),
};
const broken: StoreMigration = { to: 2, about: "fails", batch: () => Promise.reject(new Error("a head is no head")) };

async function storeWith(worlds: number): Promise<Cells> {
  const cells = memoryCells();
  await cells.commit([], [{ key: metaStoreKey, value: encodeValue({ id: "s", schema: 1, writtenBy: "0.1.0" }) }]);
  for (let i = 0; i < worlds; i++) {
    await cells.commit([], [{ key: headKey({ type: "world", id: `w_${i}` }), value: encodeValue(i) }]);
  }
  return cells;
}

async function found(cells: Cells): Promise<Naming> {
  const cell = await cells.get(metaStoreKey);
  assert(cell !== undefined);
  return { meta: storeMeta.parse(decodeValue(cell.value)), stamp: cell.stamp };
}

/** A start of a process: it owns the store from here on. */
async function own(cells: Cells, boot: string) {
  const { boot: previous } = await ownerOf(cells);
  const value = encodeValue({ boot, pid: 1, at: 1 });
  const stamp = await cells.commit([], [{ key: metaOwnerKey, value }]);
  assert(stamp !== undefined);
  return { boot, stamp, previous };
}

function upward(series: readonly StoreMigration[]): Upward & { readonly asked: MigrationAhead[] } {
  const asked: MigrationAhead[] = [];
  const backUp = (ahead: MigrationAhead) => Promise.resolve(`backup-${asked.push(ahead)}.kv`);
  return { store: "goldbox.kv", series, version: "test", backUp, asked };
}

Deno.test("bringUp() makes a backup before the first step and notes its name", async () => {
  const cells = await storeWith(1);
  const up = upward([fine]);

  const { meta } = await bringUp(cells, await found(cells), await own(cells, "b1"), up);

  assertEquals(up.asked, [{ store: "goldbox.kv", from: 1, to: 2 }]);
  assertEquals([meta.schema, meta.before], [2, { schema: 1, backup: "backup-1.kv", boot: "b1" }]);
  assertEquals((await bringUp(cells, await found(cells), await own(cells, "b2"), up)).meta, meta);
  assertEquals(up.asked.length, 1);
});

Deno.test("a migration that fails is told with exit code 7; trying again needs no second backup", async () => {
  const cells = await storeWith(1);
  const up = upward([broken]);

  for (const boot of ["b1", "b2", "b3"]) {
    const fault = await assertRejects(
      async () => await bringUp(cells, await found(cells), await own(cells, boot), up),
      MigrationFailed,
      "a head is no head",
    );
    assert(fault instanceof MigrationFailed);
    assertEquals(fault.exitCode, 7);
  }

  const { meta } = await found(cells);
  assertEquals([meta.schema, meta.migrating, up.asked.length], [1, undefined, 1]);
});

Deno.test("a store that somebody else has owned since a failure gets a backup of its own", async () => {
  const cells = await storeWith(1);
  await bringUp(cells, await found(cells), await own(cells, "b1"), upward([broken])).catch(() => undefined);
  await own(cells, "an older version, which played on");
  const up = upward([fine]);

  const { meta } = await bringUp(cells, await found(cells), await own(cells, "b2"), up);

  assertEquals([up.asked.length, meta.before?.boot], [1, "b2"]);
});

Deno.test("an empty store needs no backup, and a store of today's form nothing at all", async () => {
  const empty = await storeWith(0);
  const up = upward([fine]);

  await refuseWithoutBackup(empty, await found(empty), { ...up, backUp: undefined });
  const { meta } = await bringUp(empty, await found(empty), await own(empty, "b1"), { ...up, backUp: undefined });

  assertEquals([meta.schema, meta.before, up.asked.length], [2, undefined, 0]);
});

Deno.test("a store that would be migrated without a backup is refused before anything is written", async () => {
  const cells = await storeWith(1);
  const up = { ...upward([fine]), backUp: undefined };

  await assertRejects(async () => await refuseWithoutBackup(cells, await found(cells), up), StoreOlder, "migrate up");

  assertEquals((await found(cells)).meta.schema, 1);
});

Deno.test("a backup that cannot be made stops the migration", async () => {
  const cells = await storeWith(1);
  const up = { ...upward([fine]), backUp: () => Promise.reject(new Error("the disk is full")) };

  await assertRejects(
    async () => await bringUp(cells, await found(cells), await own(cells, "b1"), up),
    MigrationFailed,
    "the disk is full",
  );
  assertEquals((await found(cells)).meta, { id: "s", schema: 1, writtenBy: "0.1.0" });
});

Deno.test("a damaged owner record keeps nobody out", async () => {
  const cells = await storeWith(0);
  await cells.commit([], [{ key: metaOwnerKey, value: new Uint8Array([1, 2, 3]) }]);

  const owner = await ownerOf(cells);

  assertEquals([owner.boot, typeof owner.stamp], [undefined, "string"]);
});
