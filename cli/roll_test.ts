import { assert, assertEquals, assertThrows } from "@std/assert";
import { rollLines } from "./roll.ts";

Deno.test("the test values of docs/DICE.md are what replay roll prints", async () => {
  const page = await Deno.readTextFile(new URL("../docs/DICE.md", import.meta.url));
  const [, seed = "", path = "", dice = "", printed = ""] =
    /`goldbox replay roll ([0-9a-f]{32}) (\S+) ([^`]+)`[^`]*```\n([^`]+)\n```/.exec(page) ?? [];

  assert(printed.includes("1d20"));
  assertEquals(rollLines(seed, path, dice.split(" ")).join("\n"), printed);
});

Deno.test("rollLines() goes on in one stream, and refuses what is no seed or no dice", () => {
  const seed = "0".repeat(32);

  assertEquals(
    rollLines(seed, "a", ["2d6"])[1]?.slice(4, 7),
    [
      rollLines(seed, "a", ["1d6", "1d6"])[1]?.at(4),
      rollLines(seed, "a", ["1d6", "1d6"])[2]?.at(4),
    ].join(" "),
  );
  assertThrows(() => rollLines("seed", "a", ["1d6"]), RangeError);
  assertThrows(() => rollLines(seed, "a", ["six"]), RangeError);
});
