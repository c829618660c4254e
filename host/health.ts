import type { HealthCheck, StatusReport } from "./api.ts";
import type { Circuit } from "./circuit.ts";
import type { Committer } from "./committer.ts";
import type { HostDeps } from "./deps.ts";
import type { DiskWatch } from "./disk_watch.ts";
import type { MemoryWatch } from "./memory.ts";
import type { DamagedAccounts } from "./sound_accounts.ts";
import type { Worlds } from "./worlds.ts";

/** A commit that has been under way for this long is worth a look. */
const SLOW_MS = 1_000;

export interface HealthShop {
  readonly deps: HostDeps;
  readonly committer: Committer;
  readonly circuit: Circuit;
  readonly disk: DiskWatch | undefined;
  readonly worlds: Worlds;
  readonly damaged: DamagedAccounts;
  readonly startedAt: number;
}

/** The host as a whole: each thing looked at, and the worst of it. */
export function reportStatus(shop: HealthShop): StatusReport {
  const { deps, disk, worlds, damaged, startedAt } = shop;
  const checks = [
    checkStore(shop),
    ...(disk === undefined ? [] : [checkDisk(disk)]),
    checkWorlds(worlds),
    checkAccounts(damaged),
    ...(deps.memory === undefined ? [] : [checkMemory(deps.memory)]),
    ...(deps.checks ?? []).map((check) => check()),
  ];
  const worldsLive = [...worlds.rooms].length;
  return { status: worstOf(checks), checks, worldsLive, version: deps.version, startedAt };
}

/** What several checks say together. */
export function worstOf(checks: readonly HealthCheck[]): StatusReport["status"] {
  if (checks.some(({ status }) => status === "fail")) return "unhealthy";
  return checks.some(({ status }) => status === "warn") ? "degraded" : "healthy";
}

function checkStore({ committer, circuit }: HealthShop): HealthCheck {
  const { mode, waitingMs } = committer;
  const name = "store";
  switch (mode) {
    case "read_only":
      return { name, status: "fail", note: "read only: nothing can be written" };
    case "unavailable":
      return { name, status: "fail", note: `unavailable, circuit ${circuit.open ? "open" : "closed"}` };
    case "ok":
      return waitingMs < SLOW_MS
        ? { name, status: "ok", note: "takes writes" }
        : { name, status: "warn", note: `slow: writing for ${Math.round(waitingMs / 1_000)} s` };
  }
}

function checkDisk(disk: DiskWatch): HealthCheck {
  const name = "disk";
  if (disk.gone) return { name, status: "fail", note: "the store was moved or removed: nothing is written" };
  switch (disk.stage) {
    case "ample":
      return { name, status: "ok", note: "has room" };
    case "low":
      return { name, status: "warn", note: "nearly full: no new worlds" };
    case "full":
      return { name, status: "fail", note: "full: nothing is written" };
  }
}

function checkAccounts({ size }: DamagedAccounts): HealthCheck {
  return { name: "accounts", status: size === 0 ? "ok" : "warn", note: `${size} damaged` };
}

function checkMemory({ pressure }: MemoryWatch): HealthCheck {
  const name = "memory";
  switch (pressure) {
    case "none":
      return { name, status: "ok", note: "no pressure" };
    case "high":
      return { name, status: "warn", note: "80 % of the limit: idle worlds sleep at once, no new worlds" };
    case "critical":
      return { name, status: "warn", note: "92 % of the limit: connections are let go" };
  }
}

function checkWorlds(worlds: Worlds): HealthCheck {
  const rooms = [...worlds.rooms];
  const frozen = rooms.filter(({ world }) => world.frozen).length;
  const { size } = worlds.quarantined;
  return {
    name: "worlds",
    status: size + frozen === 0 ? "ok" : "warn",
    note: `${rooms.length} live, ${frozen} frozen, ${size} quarantined`,
  };
}
