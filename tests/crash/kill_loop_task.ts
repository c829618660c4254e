/** `deno task kill-loop --kills N --worlds N --seed HEX`: the long kill loop; writes what it found into docs/RELIABILITY.md. */
import { parseArgs } from "node:util";
import { writeSection } from "../kit/section.ts";
import { killLoop, type KillLoopReport } from "./kill_loop.ts";

const { values } = parseArgs({
  args: Deno.args,
  options: {
    kills: { type: "string", default: "200" },
    worlds: { type: "string", default: "25" },
    seed: { type: "string", default: "5eed0000000000000000000000000002" },
    longest: { type: "string", default: "3000" },
    /** Only print. */
    dry: { type: "boolean", default: false },
  },
});
const [kills, worlds, longestMs] = [Number(values.kills), Number(values.worlds), Number(values.longest)];
const command = `deno task kill-loop --kills ${kills} --worlds ${worlds} --longest ${longestMs} --seed ${values.seed}`;

function render(report: KillLoopReport): string {
  const refused = Object.entries(report.refused).sort(([, a], [, b]) => b - a).map(([code, n]) => `\`${code}\` ${n}`);
  return `
SIGKILL under ${report.clients} clients in ${worlds} worlds, 0.05 to ${longestMs / 1000} s after each start.

| what | found |
| --- | --- |
| kills | ${report.kills}, of them ${report.whileStarting} while the server was starting |
| commands acknowledged | ${report.acknowledged} |
| acknowledged and lost, doubled or answered otherwise later | ${report.broken.length} |
| entries read from the logs after the last kill | ${report.entries} |
| lines of history checked | ${report.historyLines} |
| resumes | ${report.resumed}; from the server being ready: median ${report.outage.median} ms, longest ${report.outage.longest} ms |
| commands refused by the rules | ${refused.join(", ") || "none"} |
`;
}

const data = await Deno.makeTempDir({ prefix: "goldbox-kill-" });
const report = await killLoop({ kills, worlds, longestMs, seed: values.seed, data });
console.log(render(report));
if (report.broken.length > 0) {
  console.error(`${report.broken.join("\n")}\nAgain: ${command}\nThe store is kept in ${data}`);
  Deno.exit(1);
}
await Deno.remove(data, { recursive: true });
if (!values.dry) await writeSection({ name: "kill-loop", title: "Kill loop", command, text: render(report) });
