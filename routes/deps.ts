/** What the doors are given; nothing in `routes/` reaches for a clock, a store or a logger by itself. */
import type { Admin } from "../host/admin.ts";
import type { Host } from "../host/api.ts";
import type { Clock } from "../host/clock.ts";
import type { Config } from "../host/config.ts";
import type { MemoryWatch } from "../host/memory.ts";
import type { HostMetrics } from "../host/metrics.ts";

/** Where lines go; LogTape's loggers have this shape. */
export interface Log {
  debug(event: string, fields: Record<string, unknown>): void;
  info(event: string, fields: Record<string, unknown>): void;
  warn(event: string, fields: Record<string, unknown>): void;
  error(event: string, fields: Record<string, unknown>): void;
}

/** The operator's door: who may use it, and what is behind it. */
export interface AdminDoor {
  /** Whether this is the operator's token; takes the same time for every wrong one. */
  knows(token: string): boolean;
  readonly admin: Admin;
}

export interface AppDeps {
  readonly host: Host;
  readonly config: Config;
  readonly metrics: HostMetrics;
  readonly log: Log;
  readonly clock: Clock;
  /** Absent: this server has no operator's door. */
  readonly admin?: AdminDoor;
  /** How near the process is to its memory limit; without it there is none. */
  readonly memory?: Pick<MemoryWatch, "pressure">;
  /** 0 <= x < 1; spreads reconnects. Not for anything secret. */
  readonly random?: () => number;
}
