/** `deno task nth-failure --kind store|network [--n N --way before|after]`: one failure, or every one of a kind. */
import { parseArgs } from "node:util";
import { type Failure, WAYS } from "./nth/failing_store.ts";
import { scenario } from "./nth/scenario.ts";
import { sweepNth } from "./nth/sweep.ts";

const { values } = parseArgs({
  args: Deno.args,
  options: { kind: { type: "string", default: "store" }, n: { type: "string" }, way: { type: "string" } },
});
const kind: Failure["kind"] = values.kind === "network" ? "network" : "store";
const way = WAYS.find((one) => one === values.way) ?? "before";
const report = values.n === undefined ? await sweepNth(kind) : await scenario({ kind, n: Number(values.n), way });
console.log(JSON.stringify(report, undefined, 1));
Deno.exit(report.broken.length > 0 ? 1 : 0);
