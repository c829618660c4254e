/** `deno task fuzz --count N --seed S [--block B]`: spoilt calls and frames against the whole server in this process. */
import { parseArgs } from "node:util";
import { writeSection } from "../kit/section.ts";
import { fuzzOnAllCores } from "./all_cores.ts";
import { fuzz } from "./fuzz.ts";

const { values } = parseArgs({
  args: Deno.args,
  options: {
    count: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    block: { type: "string" },
    /** Only print. */
    dry: { type: "boolean", default: false },
  },
});
const began = performance.now();
const [count, seed] = [Number(values.count), Number(values.seed)];
const report = values.block === undefined
  ? await fuzzOnAllCores({ count, seed })
  : await fuzz({ count, seed, block: Number(values.block) });
const codes = Object.entries(report.codes).sort(([, a], [, b]) => b - a);
const text = `
${report.inputs} random and spoilt bodies and frames, ${Math.round((performance.now() - began) / 1_000)} s:
${report.faults.length} faults (crashes, undocumented codes, wrong statuses, refusals that stored something).

Answered with ${codes.length} codes: ${codes.map(([code, times]) => `\`${code}\` ${times}`).join(", ")}.
`;
console.log(text);
for (const fault of report.faults) console.error(fault);
if (report.faults.length > 0) Deno.exit(1);
if (!values.dry && values.block === undefined) {
  const command = `deno task fuzz --count ${count} --seed ${seed}`;
  await writeSection({ name: "fuzz", title: "Fuzzed input", command, text });
}
