import { assert, assertEquals } from "@std/assert";
import { sweepLeaks } from "./sweep.ts";

const SEEDS = 1_000;

Deno.test(`in ${SEEDS} worlds a twin that differs in what the party cannot know looks the same, and no secret is shown`, async () => {
  const report = await sweepLeaks(20_000, SEEDS, 4);

  assertEquals(report.broken, []);
  assertEquals(report.seeds, SEEDS);
  assert(report.looked > 3 * SEEDS && report.refusals > SEEDS / 2, JSON.stringify(report));
  assertEquals(Object.keys(report.modes).sort(), ["aftermath", "battle", "camp", "encounter", "explore"]);
});
