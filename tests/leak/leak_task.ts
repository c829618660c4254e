/** `deno task leak --seeds N --commands N`, or one evening again: `--seed N --skip N --commands N`. Writes docs/RELIABILITY.md. */
import { parseArgs } from "node:util";
import { writeSection } from "../kit/section.ts";
import { playLeak } from "./leak.ts";
import { sweepLeaks } from "./sweep.ts";

const { values } = parseArgs({
  args: Deno.args,
  options: {
    seeds: { type: "string", default: "1000" },
    commands: { type: "string", default: "60" },
    first: { type: "string", default: "30000" },
    seed: { type: "string" },
    skip: { type: "string", default: "0" },
    /** Only print. */
    dry: { type: "boolean", default: false },
  },
});
const [seeds, commands, first] = [Number(values.seeds), Number(values.commands), Number(values.first)];
if (values.seed !== undefined) {
  const report = playLeak({ seed: Number(values.seed), skip: Number(values.skip), commands });
  console.log(report);
  Deno.exit(report.broken.length > 0 ? 1 : 0);
}
const report = await sweepLeaks(first, seeds, commands);
const modes = Object.entries(report.modes).map(([mode, times]) => `${mode} ${times}`).join(", ");
const text = `
| what | found |
| --- | --- |
| seeds | ${report.seeds} |
| commands compared with a twin, and searched for secrets | ${report.looked} |
| refusals compared with a twin's | ${report.refusals} |
| evenings looked at in each mode | ${modes} |
| differences and secrets shown | ${report.broken.length} |
`;
console.log(text);
for (const line of report.broken) console.error(line);
if (report.broken.length > 0) Deno.exit(1);
if (!values.dry) {
  const command = `deno task leak --seeds ${seeds} --commands ${commands} --first ${first}`;
  await writeSection({ name: "leak", title: "Leaks", command, text });
}
