import type { Store } from "../kv/ports.ts";
import type { HealthCheck } from "./api.ts";
import type { Clock } from "./clock.ts";
import type { DiskOptions } from "./disk_watch.ts";
import type { EnginePort } from "./engine_port.ts";
import type { MemoryWatch } from "./memory.ts";
import type { HostMetrics } from "./metrics.ts";

export type LogLevel = "debug" | "info" | "warning" | "error";

/** Everything the host does not make itself: store, rules, time, chance and where its lines go. */
export interface HostDeps {
  readonly store: Store;
  readonly engine: EnginePort;
  readonly clock: Clock;
  readonly metrics: HostMetrics;
  /** Unguessable bytes: seeds, ids, tokens. */
  readonly randomBytes: (count: number) => Uint8Array;
  readonly log: (level: LogLevel, event: string, fields: Readonly<Record<string, unknown>>) => void;
  readonly version: string;
  /** Another process owns the store now: the process has to end with exit code 5. */
  readonly ownerLost: () => void;
  /** Nothing can be written any more for a fault of our own: the process has to end. Like a lost owner where not given. */
  readonly failed?: () => void;
  /** Room held on the disk, and how much of it stops what; absent where there is no disk to run full. */
  readonly disk?: DiskOptions;
  /** What else `status` reports: each is asked anew every time. */
  readonly checks?: readonly (() => HealthCheck)[];
  /** How near the process is to its memory limit; without it there is none. */
  readonly memory?: MemoryWatch;
  readonly options?: Partial<HostOptions>;
}

export interface HostOptions {
  /** Check every fold, patch and view instead of one in a hundred: for tests and simulations. */
  readonly checkAll: boolean;
  /** A world without players is put to sleep after this long. */
  readonly sleepAfterMs: number;
  /** How often presence, leadership and sleep are looked at; what is tended to less often goes by multiples of it. */
  readonly sweepMs: number;
  readonly snapshotEvery: number;
  readonly snapshotBytes: number;
  /** Bytes of packed entries a world keeps; above, the oldest are dropped. */
  readonly worldLogLimit: number;
}

export const DEFAULT_OPTIONS: HostOptions = {
  checkAll: false,
  sleepAfterMs: 300_000,
  sweepMs: 5_000,
  snapshotEvery: 200,
  snapshotBytes: 256 * 1_024,
  worldLogLimit: 64 * 1_024 * 1_024,
};

/** A short unguessable id: 96 bits as letters and digits that survive any link. */
export function freshId(prefix: string, randomBytes: (count: number) => Uint8Array): string {
  return `${prefix}_${base62(randomBytes(12))}`;
}

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export function base62(bytes: Uint8Array): string {
  let value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 1n);
  let text = "";
  while (value > 0n) {
    text = (DIGITS[Number(value % 62n)] ?? "") + text;
    value /= 62n;
  }
  return text;
}
