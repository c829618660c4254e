import type { Clock } from "./clock.ts";
import type { HostMetrics } from "./metrics.ts";

/** `high`: what nobody uses leaves memory, and no new worlds are made. `critical`: connections are let go as well. */
export type Pressure = "none" | "high" | "critical";

/** Shares of the limit at which a pressure begins, and below which it ends: in between nothing changes to and fro. */
const HIGH = { from: 0.80, below: 0.75 };
const CRITICAL = { from: 0.92, below: 0.87 };
const LOOK_MS = 2_000;

export interface MemoryOptions {
  readonly clock: Clock;
  readonly metrics: Pick<HostMetrics, "memoryUsed" | "memoryPressure">;
  /** Bytes the process has now. */
  readonly used: () => number;
  /** Bytes it may have; 0: nobody knows, and nothing is watched. */
  readonly limit: number;
  readonly log: (event: string, fields: Readonly<Record<string, unknown>>) => void;
}

export interface MemoryWatch {
  readonly pressure: Pressure;
  stop(): void;
}

/** Where nobody limits memory. */
export const AMPLE_MEMORY: MemoryWatch = { pressure: "none", stop: () => {} };

/** Looks at the memory of the process every two seconds and tells how near it is to its limit. */
export function watchMemory({ clock, metrics, used, limit, log }: MemoryOptions): MemoryWatch {
  if (limit <= 0) return AMPLE_MEMORY;
  let pressure: Pressure = "none";
  let cancel = () => {};

  function look(): void {
    const bytes = used();
    const next = pressureOf(bytes / limit, pressure);
    metrics.memoryUsed.set(bytes);
    metrics.memoryPressure.set(next === "none" ? 0 : next === "high" ? 1 : 2);
    if (next !== pressure) log("memory pressure", { pressure: next, used: bytes, limit });
    pressure = next;
    cancel = clock.after(LOOK_MS, look);
  }
  look();

  return {
    get pressure() {
      return pressure;
    },
    stop: () => cancel(),
  };
}

/** The pressure at a share of the limit, coming from another one. */
export function pressureOf(share: number, before: Pressure): Pressure {
  if (share >= (before === "critical" ? CRITICAL.below : CRITICAL.from)) return "critical";
  return share >= (before === "none" ? HIGH.from : HIGH.below) ? "high" : "none";
}
