import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { first } from "./first.ts";

Deno.test("first() gives what sorting and cutting gives, equal ones in their order", () => {
  const list = fc.array(fc.record({ key: fc.integer({ min: 0, max: 5 }), id: fc.nat() }));
  fc.assert(fc.property(list, fc.integer({ min: 0, max: 8 }), (all, count) => {
    const order = (a: { readonly key: number }, b: { readonly key: number }) => a.key - b.key;

    assertEquals(first(all, count, order), [...all].sort(order).slice(0, count));
  }));
});
