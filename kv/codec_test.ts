import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { DamagedValue, decodeValue, encodeValue, joinParts, splitParts } from "./codec.ts";
import type { Json } from "./json.ts";

Deno.test("decodeValue() gives back what encodeValue() was given", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    assertEquals(JSON.stringify(decodeValue(encodeValue(value))), JSON.stringify(value));
  }));
});

Deno.test("encodeValue() deflates above 1 KiB and stays readable", () => {
  const value: Json = { text: "goblin ".repeat(1_000) };

  const bytes = encodeValue(value);

  assert(bytes.length < 1_000);
  assertEquals(decodeValue(bytes), value);
});

Deno.test("decodeValue() finds any flipped bit", () => {
  const small = encodeValue({ hp: 12, name: "Aldric" });
  const large = encodeValue({ text: Array.from({ length: 400 }, (_, i) => `entry ${i}`) });
  for (const bytes of [small, large]) {
    fc.assert(fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
      const flipped = bytes.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));

      assertThrows(() => decodeValue(flipped), DamagedValue);
    }));
  }
});

Deno.test("decodeValue() refuses bytes cut short", () => {
  const bytes = encodeValue({ hp: 12 });
  for (let length = 0; length < bytes.length; length++) {
    assertThrows(() => decodeValue(bytes.subarray(0, length)), DamagedValue);
  }
});

Deno.test("joinParts() undoes splitParts()", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.integer({ min: 1, max: 100 }), (bytes, size) => {
      const parts = splitParts(bytes, size);

      assert(parts.every((part) => part.length <= size));
      assertEquals([...joinParts(parts)], [...bytes]);
    }),
  );
});
