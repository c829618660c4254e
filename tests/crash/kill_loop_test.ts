import { assert, assertEquals } from "@std/assert";
import { killLoop } from "./kill_loop.ts";

Deno.test("twenty kills under twenty clients lose nothing acknowledged and double nothing", async () => {
  const data = await Deno.makeTempDir({ prefix: "goldbox-kill-" });
  const seed = "5eed0000000000000000000000000001";

  const report = await killLoop({ kills: 20, worlds: 10, seed, data });

  assertEquals(report.broken, [], `seed ${seed}`);
  assertEquals(report.kills, 20);
  assert(report.clients >= 20 && report.acknowledged > 100, JSON.stringify(report));
  await Deno.remove(data, { recursive: true });
});
