import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { isDeeperThan } from "./depth.ts";

Deno.test("isDeeperThan() agrees with the depth of what JSON.parse makes of it", () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 0, max: 7 }), (value, limit) => {
    assertEquals(isDeeperThan(JSON.stringify(value), limit), depthOf(value) > limit);
  }));
});

Deno.test("isDeeperThan() ignores brackets inside of strings", () => {
  assertEquals(isDeeperThan(JSON.stringify({ text: '[[[["{{{{\\' }), 1), false);
});

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
