/** `deno task torn --trials N --seed HEX`: the whole sweep of torn WALs and flipped bits; writes what it found into docs/RELIABILITY.md. */
import { parseArgs } from "node:util";
import { writeSection } from "../kit/section.ts";
import { again, sweep, type SweepReport } from "./torn/sweep.ts";

const { values } = parseArgs({
  args: Deno.args,
  options: {
    trials: { type: "string", default: "2000" },
    edges: { type: "string", default: "1" },
    worlds: { type: "string", default: "4" },
    commands: { type: "string", default: "1500" },
    seed: { type: "string", default: "5eed0000000000000000000000000003" },
    /** A directory that a failed sweep has kept, and one damage of it. */
    from: { type: "string" },
    only: { type: "string" },
    /** Only print. */
    dry: { type: "boolean", default: false },
  },
});
const [trials, edgeEvery, worlds, commands] = [values.trials, values.edges, values.worlds, values.commands].map(Number);
const command =
  `deno task torn --trials ${trials} --edges ${edgeEvery} --worlds ${worlds} --commands ${commands} --seed ${values.seed}`;

function render(report: SweepReport): string {
  const rows = Object.entries(report.verdicts).map(([place, one]) =>
    `| ${place} | ${one.clean} | ${one.prefix} | ${one.found} | ${one.refused} | ${one.wrong} |`
  );
  return `
A store of ${report.entries} entries whose server was killed under load, with ${report.frames} frames in its WAL.

| copy and file | without effect | a prefix | found in a record | store refused | wrong in silence |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

${
    report.aborts === 0
      ? "No start ended the process."
      : `The runtime ended the process at ${report.aborts} starts; each time the next start refused with exit code 3.`
  }
`;
}

const directory = values.from ?? await Deno.makeTempDir({ prefix: "goldbox-torn-" });
const size = { trials: trials ?? 0, edgeEvery: edgeEvery ?? 1, worlds: worlds ?? 4, commands: commands ?? 0 };
const report = values.only === undefined
  ? await sweep({ ...size, seed: values.seed, directory })
  : await again(directory, values.only);
console.log(render(report));
for (const line of report.wrong) {
  console.error(`${line}\nAgain: deno task torn --from ${directory} --only ${line.split(":")[0]}`);
}
if (report.wrong.length > 0) Deno.exit(1);
if (values.from !== undefined) Deno.exit(0);
await Deno.remove(directory, { recursive: true });
if (!values.dry) {
  await writeSection({ name: "torn", title: "Torn WAL and flipped bits", command, text: render(report) });
}
