/** Writes what was measured, with the machine, into docs/PERFORMANCE.md. */
import type { LoadResult } from "./load.ts";
import type { Cost } from "./process.ts";
import type { Profile } from "./profile.ts";

export interface Row {
  readonly what: string;
  readonly figure: string;
  /** First mark to reach. */
  readonly mark: string;
  readonly met: boolean;
}

export interface Report {
  readonly machine: readonly string[];
  readonly date: string;
  /** One table for each kind of marks. */
  readonly tables: readonly (readonly [title: string, rows: readonly Row[]])[];
  readonly loads: readonly (readonly [name: string, result: LoadResult])[];
  readonly profile: Profile;
}

export function row(what: string, figure: number, unit: string, mark: number, better: "more" | "less"): Row {
  const met = better === "more" ? figure >= mark : figure <= mark;
  return {
    what,
    figure: `${figure} ${unit}`.trim(),
    mark: `${better === "more" ? "≥" : "≤"} ${mark} ${unit}`.trim(),
    met,
  };
}

export function render(report: Report): string {
  const loads = report.loads.map(([name, one]) =>
    `| ${name} | ${one.perSecond} | ${one.p50} | ${one.p95} | ${one.p99} | ${one.serverCpu} | ${one.serverMemory} | ${one.errors} |`
  );
  const tables = report.tables.flatMap(([title, rows]) => [
    `## ${title}`,
    "",
    "| what | measured | mark | met |",
    "| --- | --- | --- | --- |",
    ...rows.map((one) => `| ${one.what} | ${one.figure} | ${one.mark} | ${one.met ? "yes" : "no"} |`),
    "",
  ]);
  return [
    "# Performance",
    "",
    "Written by `deno task bench`: run it to get your machine's figures. The load generator runs on the same machine as the server,",
    "so the two share its cores. Every command counted is durable: it was answered after its commit.",
    "",
    ...report.machine.map((fact) => `- ${fact}`),
    `- measured on ${report.date}`,
    "",
    ...tables,
    "## Durable commands through the socket",
    "",
    "One command is `turn`; its player is subscribed to the world's stream, so each is also published with patch and hash.",
    "Open arrivals count a late answer from when the call was due.",
    "",
    "| load | commands/s | p50 ms | p95 ms | p99 ms | server cores | server MB | errors |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...loads,
    "",
    ...profileLines(report.profile),
  ].join("\n");
}

function profileLines({ perSecond, threads, parts }: Profile): readonly string[] {
  const table = (costs: readonly Cost[]) => costs.map(({ what, micros }) => `| ${what} | ${micros} |`);
  return [
    "## Where a command's time goes",
    "",
    `The closed loop over 500 worlds once more, under the profiler of the server's own engine: ${perSecond} commands/s then.`,
    "First the CPU of each thread for one command, then the main thread's time by the part of the house it was spent in;",
    "while it is idle the others have the cores, the load generator among them.",
    "",
    "| thread | µs a command |",
    "| --- | --- |",
    ...table(threads),
    "",
    "| part, on the main thread | µs a command |",
    "| --- | --- |",
    ...table(parts),
    "",
  ];
}
