import { assertEquals } from "@std/assert";
import { copyStore } from "./backup_copy.ts";
import { denoCells } from "./deno_cells.ts";
import { sqliteCells } from "./sqlite_cells.ts";

const PAIRS = 300;

for (const [how, byRows] of [["page by page", false], ["row by row, as an older Deno must", true]] as const) {
  Deno.test(`copyStore() copies a store that is being written to as of one moment, ${how}`, async () => {
    const folder = await Deno.makeTempDir({ prefix: "goldbox-copy-" });
    const path = `${folder}/goldbox.kv`;
    const kv = denoCells(await Deno.openKv(path));
    const value = crypto.getRandomValues(new Uint8Array(4_000));
    // Two keys far apart that always change together.
    const write = (n: number) =>
      kv.commit(
        [],
        [["a", n % PAIRS], ["z", n % PAIRS]].map((key) => ({ key, value: Uint8Array.of(...value, n & 255) })),
      );
    for (let n = 0; n < PAIRS; n++) await write(n);
    let writing = true;
    const writer = (async () => {
      for (let n = PAIRS; writing; n++) await write(n);
    })();

    for (let time = 0; time < 3; time++) {
      const to = `${folder}/copy-${time}`;
      await copyStore(path, to, byRows);
      const copy = sqliteCells(to);
      const [first, last] = [
        await copy.list({ prefix: ["a"], limit: 1_000 }),
        await copy.list({ prefix: ["z"], limit: 1_000 }),
      ];
      copy.close();
      assertEquals([first.length, last.length], [PAIRS, PAIRS]);
      assertEquals(first.map(({ stamp }) => stamp), last.map(({ stamp }) => stamp));
      assertEquals(first.map((cell) => cell.value), last.map((cell) => cell.value));
      // The runtime opens it, and counts its versions on from where they were.
      const again = denoCells(await Deno.openKv(to));
      const stamp = await again.commit([], [{ key: ["new"], value: Uint8Array.of(1) }]);
      again.close();
      assertEquals(first.every((cell) => cell.stamp < (stamp ?? "")), true);
    }
    writing = false;
    await writer;
    kv.close();
    await Deno.remove(folder, { recursive: true });
  });
}
