import { assert, assertEquals } from "@std/assert";
import { sweep } from "./torn/sweep.ts";

Deno.test("a torn WAL or a flipped bit gives a prefix with all acknowledged before it, or is refused; never a wrong state", async () => {
  const directory = await Deno.makeTempDir({ prefix: "goldbox-torn-" });
  const seed = "5eed0000000000000000000000000004";

  const report = await sweep({ trials: 80, edgeEvery: 20, worlds: 3, commands: 600, seed, directory });

  assertEquals(report.wrong, [], `deno task torn --from ${directory} --only <what stands before the colon>`);
  const of = (place: string) => report.verdicts[place] ?? { clean: 0, prefix: 0, found: 0, refused: 0, wrong: 0 };
  assert(of("stopped store").refused > 0 && of("live wal").clean + of("live wal").prefix >= 80, JSON.stringify(report));
  await Deno.remove(directory, { recursive: true });
});
