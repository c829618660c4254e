import { assert, assertEquals } from "@std/assert";
import { killLoop } from "./kill_loop.ts";

Deno.test("twenty kills under fifty clients lose nothing acknowledged and double nothing", async () => {
  const data = await Deno.makeTempDir({ prefix: "goldbox-kill-" });
  const seed = "5eed0000000000000000000000000001";

  const report = await killLoop({ kills: 20, worlds: 25, longestMs: 800, seed, data });

  assertEquals(report.broken, [], `deno task kill-loop --kills 20 --worlds 25 --seed ${seed}`);
  assertEquals([report.kills, report.clients], [20, 50]);
  assert(report.acknowledged > 200 && report.resumed >= 50, JSON.stringify(report));
  await Deno.remove(data, { recursive: true });
});
