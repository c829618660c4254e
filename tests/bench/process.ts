/** CPU and memory of a process as Linux counts them. */

/** Clock ticks per second of /proc/<pid>/stat on Linux. */
const TICKS = 100;

export interface ProcessUse {
  /** Seconds of CPU since its start, user and system. */
  readonly cpu: number;
  /** Resident megabytes (10^6 bytes). */
  readonly memory: number;
}

export async function processUse(pid: number): Promise<ProcessUse> {
  const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
  return { cpu: (Number(fields[11]) + Number(fields[12])) / TICKS, memory: Math.round(kilobytes * 1.024) / 1000 };
}

/** Time one command cost somewhere. */
export interface Cost {
  readonly what: string;
  readonly micros: number;
}

/** Which of a server's threads does what, by the name the runtime gives it. */
const THREADS: readonly (readonly [what: string, name: RegExp])[] = [
  ["main thread", /^deno$/],
  ["thread of the store", /^sw-/],
  ["garbage collector's helpers", /^V8 /],
];

/** Seconds of CPU of a server's threads since its start, by what they do. */
export async function threadUse(pid: number): Promise<ReadonlyMap<string, number>> {
  const use = new Map<string, number>();
  for await (const { name } of Deno.readDir(`/proc/${pid}/task`)) {
    const stat = await Deno.readTextFile(`/proc/${pid}/task/${name}/stat`);
    const thread = stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")"));
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const what = THREADS.find(([, pattern]) => pattern.test(thread))?.[0] ?? "other threads";
    use.set(what, (use.get(what) ?? 0) + (Number(fields[11]) + Number(fields[12])) / TICKS);
  }
  return use;
}

/** Value at a percentile (0-100) of measured milliseconds, by nearest rank. */
export function percentile(sorted: readonly number[], percent: number): number {
  const rank = Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1);
  return sorted[rank] ?? 0;
}

/** p50, p95 and p99 of unsorted samples, rounded to hundredths. */
export function spread(
  samples: readonly number[],
): { readonly p50: number; readonly p95: number; readonly p99: number } {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (percent: number) => Math.round(percentile(sorted, percent) * 100) / 100;
  return { p50: at(50), p95: at(95), p99: at(99) };
}
