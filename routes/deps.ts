/** What the doors are given; nothing in `routes/` reaches for a clock, a store or a logger by itself. */
import type { Host } from "../host/api.ts";
import type { Clock } from "../host/clock.ts";
import type { Config } from "../host/config.ts";
import type { HostDeps } from "../host/deps.ts";
import type { HostMetrics } from "../host/metrics.ts";

export type Log = HostDeps["log"];

export interface AppDeps {
  readonly host: Host;
  readonly config: Config;
  readonly metrics: HostMetrics;
  readonly log: Log;
  readonly clock: Clock;
  /** 0 <= x < 1; spreads reconnects. Not for anything secret. */
  readonly random?: () => number;
}
