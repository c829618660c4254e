import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { hashOf, type HashValue } from "./hash.ts";
import { applyPatch, diff } from "./patch.ts";

const json = fc.letrec<{ node: HashValue }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.string({ maxLength: 6 }),
    fc.array(tie("node"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom("a/b", "~", "~1", "")), tie("node"), {
      maxKeys: 5,
      noNullPrototype: true,
    }),
  ),
})).node;

const safe = json.filter((value) => !JSON.stringify(value).includes("__proto__"));

Deno.test("applyPatch() of diff() makes the second value and leaves the first as it was", () => {
  fc.assert(fc.property(safe, safe, (before, after) => {
    const text = JSON.stringify(before);
    assertEquals(applyPatch(before, diff(before, after)), after);
    assertEquals(JSON.stringify(before), text);
  }));
});

Deno.test("diff() of equal values is empty, and hashOf() does not see the order of keys", () => {
  fc.assert(fc.property(safe, (value) => {
    const copy = reorder(JSON.parse(JSON.stringify(value)));
    assertEquals(diff(value, copy), []);
    assertEquals(hashOf(value), hashOf(copy));
  }));
});

Deno.test("hashOf() gives what remembers parts of itself the hash of a copy that remembers nothing", () => {
  const grown = fc.tuple(fc.array(safe, { minLength: 8, maxLength: 40 }), safe, safe);
  fc.assert(fc.property(grown, ([parts, one, other]) => {
    const rows = [...parts.keys(), ...parts];
    const first = { rows, one, deep: { rows: [rows, one] } };
    const next = { ...first, one: other };
    hashOf(first);
    assertEquals([hashOf(first), hashOf(next)], [structuredClone(first), structuredClone(next)].map(hashOf));
  }));
});

Deno.test("hashOf() tells unequal values apart", () => {
  fc.assert(fc.property(safe, safe, (one, other) => {
    if (diff(one, other).length === 0) assertEquals(hashOf(one), hashOf(other));
    else assertNotEquals(hashOf(one), hashOf(other));
  }));
});

Deno.test("hashOf() keeps its published test vectors", () => {
  const vectors: readonly HashValue[] = [null, true, 0, -1, 4294967296, "", "goblin", [], [1, 2], {}, {
    at: [4, 5],
    hp: 12,
    name: "Aldric",
  }];
  assertEquals(vectors.map((value) => `${JSON.stringify(value)} ${hashOf(value)}`), VECTORS);
});

Deno.test("hashOf() refuses numbers that are not whole", () => {
  assertThrows(() => hashOf({ hp: 1.5 }), RangeError);
});

function reorder(value: HashValue): HashValue {
  if (Array.isArray(value)) return value.map(reorder);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, child]) => [key, reorder(child ?? null)]));
}

const VECTORS: readonly string[] = [
  "null 514e28b77995c304",
  "true 30f4c306aa36a1ec",
  "0 77870cd48c03471f",
  "-1 db6cb3182ee675f2",
  "4294967296 ae47ed588c03471f",
  '"" 209475592946141b',
  '"goblin" 2ba492c841fbdf77',
  "[] 5ceb4d0800000000",
  "[1,2] a51b60eb0d9087d2",
  "{} 18c9aec418c9aec4",
  '{"at":[4,5],"hp":12,"name":"Aldric"} b2086e3e4976cabe',
];
