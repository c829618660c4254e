import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { compareKeys } from "./key_bytes.ts";

const utf8 = new TextEncoder();

function byBytes(a: string, b: string): number {
  const [left, right] = [utf8.encode(a), utf8.encode(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = (left[i] ?? 0) - (right[i] ?? 0);
    if (order !== 0) return Math.sign(order);
  }
  return Math.sign(left.length - right.length);
}

Deno.test("texts in keys are ordered by their UTF-8 bytes, whatever letters they hold", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "b", "é", "\ud7ff", "\ue000", "\uffff", "😀", "0"),
    maxLength: 6,
  });

  fc.assert(fc.property(text, text, (a, b) => {
    assertEquals(Math.sign(compareKeys([a], [b])), byBytes(a, b));
  }));
});
