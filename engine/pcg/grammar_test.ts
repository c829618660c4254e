import { assert, assertEquals, assertThrows } from "@std/assert";
import { rngAt } from "../core/rng.ts";
import { THEMES } from "../types/names.ts";
import { expand, freshName } from "./grammar.ts";
import { grammarOf } from "./words.ts";

const dice = () => rngAt("0".repeat(32), "names").dice();

Deno.test("expand() fills nested slots and given words, with capitals where asked", () => {
  const text = expand(dice(), { a: ["{b.cap} of {c}"], b: ["ash"] }, "The {a}", { c: "Thorn" });

  assertEquals(text, "The Ash of Thorn");
});

Deno.test("expand() throws rather than leave a slot empty or loop", () => {
  assertThrows(() => expand(dice(), {}, "{nobody}"), RangeError);
  assertThrows(() => expand(dice(), { a: ["{a}"] }, "{a}"), RangeError);
});

Deno.test("freshName() never gives a name twice", () => {
  const taken = new Set<string>();
  const names = Array.from({ length: 5 }, () => freshName(() => "Hall", taken));

  assertEquals(new Set(names).size, 5);
  assertEquals(names.slice(0, 2), ["Hall", "Hall II"]);
});

Deno.test("grammarOf() can name every kind of place of every theme", () => {
  for (const theme of THEMES) {
    for (
      const kind of ["level", "entry", "room", "corridor", "lair", "vault", "safe", "goal", "boss", "relic", "keyName"]
    ) {
      for (let i = 0; i < 20; i += 1) assert(!/[{}]/.test(expand(dice(), grammarOf(theme), `{${kind}}`)));
    }
  }
});
