import { assert, assertEquals } from "@std/assert";
import { fuzzOnAllCores } from "./all_cores.ts";

const COUNT = 100_000;

Deno.test(`${COUNT} random and spoilt bodies and frames crash nothing, are answered as documented, and change nothing when refused`, async () => {
  const report = await fuzzOnAllCores({ count: COUNT, seed: 20_261_122 });

  assertEquals(report.faults, []);
  assertEquals(report.inputs, COUNT);
  const codes = Object.keys(report.codes);
  assert(codes.length > 40 && (report.codes["ok"] ?? 0) > COUNT / 50, JSON.stringify(report.codes));
});
