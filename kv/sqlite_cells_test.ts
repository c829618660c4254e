import { assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import type { Key, Range } from "./cells.ts";
import { denoCells } from "./deno_cells.ts";
import { sqliteCells } from "./sqlite_cells.ts";
import { decodeKey, encodeKey } from "./tuple_key.ts";

const part = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }).filter((text) => text.isWellFormed()),
  fc.constantFrom("", "\0", "a", "a\0", "a\0b", "\u00ff", "w"),
  fc.integer(),
  fc.constantFrom(0, -1, 1.5, -2.5, Number.MAX_SAFE_INTEGER),
);
const key: fc.Arbitrary<Key> = fc.array(part, { minLength: 1, maxLength: 4 });

Deno.test("encodeKey() and decodeKey() are each other's inverse", () => {
  fc.assert(fc.property(key, (one) => assertEquals(decodeKey(encodeKey(one)), one)));
});

Deno.test("decodeKey() refuses a position that is neither text nor number, and one cut short", () => {
  for (const bytes of [[1, 97, 0], [2, 97], [0x21, 1, 2]]) {
    let refused = false;
    try {
      decodeKey(Uint8Array.from(bytes));
    } catch (fault) {
      refused = fault instanceof TypeError;
    }
    assertEquals(refused, true, String(bytes));
  }
});

Deno.test("sqliteCells() reads from the file what the runtime's own handle reads, in its order and with its stamps", async () => {
  const folder = await Deno.makeTempDir({ prefix: "goldbox-cells-" });
  const path = `${folder}/goldbox.kv`;
  const keys: Key[] = fc.sample(key, { numRuns: 300, seed: 7 });
  for (let n = 0; n < 40; n++) keys.push(["w", "w_1", "ev", n], ["w", "w_2", "ev", n, 1], ["w", "w_1\0", "x"]);
  const kv = denoCells(await Deno.openKv(path));
  for (const [i, one] of keys.entries()) await kv.commit([], [{ key: one, value: Uint8Array.of(i & 255, i >> 8) }]);

  const file = sqliteCells(path);
  for (const one of keys) assertEquals(await file.get(one), await kv.get(one));
  const ranges: Range[] = [
    { prefix: [], limit: 1_000 },
    { prefix: ["w"], limit: 1_000 },
    { prefix: ["w"], limit: 7, reverse: true },
    { prefix: ["w", "w_1", "ev"], limit: 10 },
    { prefix: ["w", "w_1", "ev"], start: ["w", "w_1", "ev", 5], limit: 10 },
    { prefix: ["w", "w_1", "ev"], start: ["w", "w_1", "ev", 5], end: ["w", "w_1", "ev", 9], limit: 10 },
    { prefix: ["w", "w_2", "ev"], end: ["w", "w_2", "ev", 9], limit: 10, reverse: true },
  ];
  for (const range of ranges) assertEquals(await file.list(range), await kv.list(range), JSON.stringify(range));

  await kv.commit([], [{ key: ["later"], value: Uint8Array.of(1) }]);
  assertEquals(await file.get(["later"]), undefined, "all reads are of one moment");
  await assertRejects(() => file.commit([], []));
  file.close();
  kv.close();
  await Deno.remove(folder, { recursive: true });
});
