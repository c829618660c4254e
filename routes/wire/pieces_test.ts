import { assertEquals } from "@std/assert";
import { CreatureRef, isName, WorldRef } from "./pieces.ts";

const NAMES: readonly (readonly [name: string, fine: boolean])[] = [
  ["Ada", true],
  ["Ærwyn O'Neil-Bright", true],
  ["阿爾德里克", true],
  ["Ἀλέξανδρος", true],
  ["", false],
  [" Ada", false],
  ["x".repeat(24), true],
  ["x".repeat(25), false],
  ["<b>Ada</b>", false],
  ["Ada\u202e", false],
  ["Ada\n", false],
  ["---", false],
  ["e\u0301tienne", false],
];

for (const [name, fine] of NAMES) {
  Deno.test(`isName() ${fine ? "takes" : "refuses"} ${JSON.stringify(name)}`, () => {
    assertEquals(isName(name), fine);
  });
}

Deno.test("ids are bounded by patterns", () => {
  assertEquals(WorldRef.safeParse("w_9fTq").success, true);
  assertEquals(WorldRef.safeParse(`w_${"x".repeat(41)}`).success, false);
  assertEquals(WorldRef.safeParse("w_../x").success, false);
  assertEquals(CreatureRef.safeParse("n_gob1").success, true);
  assertEquals(CreatureRef.safeParse("x_gob1").success, false);
});
