import { assert, assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";
import { newReturnKey, readReturnKey } from "./return_key_text.ts";

const bytes = fc.uint8Array({ minLength: 28, maxLength: 28 });

Deno.test("newReturnKey() writes seven groups of four letters nobody confuses", () => {
  fc.assert(fc.property(bytes, (random) => {
    assertMatch(newReturnKey(() => random), /^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
  }));
});

Deno.test("readReturnKey() reads a key back whatever the case, the spaces and the hyphens", () => {
  fc.assert(fc.property(bytes, fc.constantFrom("", " ", "-", " - ", "\u2011", "\u2013", "\n"), (random, between) => {
    const key = newReturnKey(() => random);
    const typed = ` ${key.toLowerCase().replaceAll("-", between).replaceAll("0", "o").replaceAll("1", "l")} `;
    assertEquals(readReturnKey(typed), key.replaceAll("-", ""));
  }));
});

Deno.test("newReturnKey() makes two keys of bytes that differ in five bits, so that none of the 140 is lost", () => {
  fc.assert(fc.property(bytes, fc.nat(27), fc.integer({ min: 1, max: 31 }), (random, place, change) => {
    const other = random.map((byte, index) => index === place ? byte ^ change : byte);
    assert(newReturnKey(() => random) !== newReturnKey(() => other));
  }));
});

Deno.test("readReturnKey() knows what can be no key", () => {
  const key = "7QM2-XV0K-9D4T-HB31-ZC6E-RW8N-5FJG";
  for (
    const typed of ["", "-", key.slice(1), `${key}0`, key.replace("7", "U"), key.replace("7", "*"), "ß".repeat(28)]
  ) {
    assertEquals(readReturnKey(typed), undefined, typed);
  }
});
