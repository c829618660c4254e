import { assertEquals } from "@std/assert";
import { linesByRoom, share } from "./coverage.ts";

Deno.test("linesByRoom() sums the files of a room and leaves out tests and other rooms", () => {
  const record = (path: string, found: number, hit: number) =>
    `SF:/r/${path}\nDA:1,1\nLH:${hit}\nLF:${found}\nend_of_record\n`;
  const lcov = record("engine/a.ts", 10, 9) + record("engine/deep/b.ts", 10, 7) + record("engine/a_test.ts", 5, 5) +
    record("web/c.ts", 5, 0) + record("kv/d.ts", 4, 4);

  const rooms = linesByRoom(lcov, "/r/");

  assertEquals([...rooms], [["engine", { found: 20, hit: 16 }], ["kv", { found: 4, hit: 4 }]]);
});

Deno.test("share() is a percentage, and nothing of nothing is nothing", () => {
  assertEquals(share({ found: 20, hit: 17 }), 85);
  assertEquals(share({ found: 0, hit: 0 }), 0);
});
