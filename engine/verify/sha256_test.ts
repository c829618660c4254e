import { assertEquals, assertThrows } from "@std/assert";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { sha256 } from "./sha256.ts";

Deno.test("sha256() is the hash everybody else computes", () => {
  assertEquals(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  fc.assert(fc.property(fc.string({ unit: "binary-ascii", maxLength: 200 }), (text) => {
    assertEquals(sha256(text), createHash("sha256").update(text).digest("hex"));
  }));
  assertThrows(() => sha256("é"), RangeError);
});
