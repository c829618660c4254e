import type { AdminJob, BackupLine } from "./admin.ts";
import type { AdminJobs } from "./admin_jobs.ts";
import type { Clock } from "./clock.ts";
import type { LogLevel } from "./deps.ts";
import { faultText } from "./faults.ts";
import type { HostMetrics } from "./metrics.ts";

const HOUR_MS = 3_600_000;
/** After a start players come back: that is no time for a backup. */
const FIRST_WAIT_MS = 600_000;
/** A failed one is tried again this soon. */
const RETRY_MS = 600_000;
/** How late a scheduled backup may be before somebody should look. */
const LATE_MS = 2 * HOUR_MS;

/** Makes, lists and removes backups; where they lie and how is not the host's matter. */
export interface BackupTool {
  create(reason: "command" | "schedule"): Promise<BackupLine>;
  /** Newest first. */
  list(): Promise<readonly BackupLine[]>;
  prune(): Promise<readonly string[]>;
}

export interface BackupsOptions {
  readonly tool: BackupTool;
  readonly jobs: AdminJobs;
  readonly clock: Clock;
  readonly metrics: HostMetrics;
  readonly log: (level: LogLevel, event: string, fields: Readonly<Record<string, unknown>>) => void;
  /** Ms between scheduled backups; undefined: only when asked for. */
  readonly everyMs: number | undefined;
}

/** A line of the health report. */
export interface BackupCheck {
  readonly name: "backups";
  readonly status: "ok" | "warn";
  readonly note: string;
}

/** Backups by schedule and by command, and how they are doing. */
export class Backups {
  readonly #options: BackupsOptions;
  readonly #startedAt: number;
  #newest: BackupLine | undefined;
  #failure: string | undefined;
  #cancel: (() => void) | undefined;
  #stopped = false;

  constructor(options: BackupsOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
  }

  /** Looks at what there is and plans the next one. */
  async start(): Promise<void> {
    try {
      this.#note((await this.#options.tool.list())[0]);
    } catch (fault) {
      this.#fail(fault);
    }
    this.#plan();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  /** Asks for one now; one that waits or runs already is answered with. */
  create(reason: "command" | "schedule" = "command"): AdminJob {
    const { jobs } = this.#options;
    return jobs.open("backup") ?? jobs.add("backup", async () => ({ ...await this.#make(reason) }));
  }

  list(): Promise<readonly BackupLine[]> {
    return this.#options.tool.list();
  }

  /** For `/health`, which anybody may ask, so it names no world and no path: degraded when the last one failed, is late, or found damage in the store. */
  check(): BackupCheck {
    const { everyMs, clock } = this.#options;
    const line = (status: "ok" | "warn", note: string): BackupCheck => ({ name: "backups", status, note });
    if (this.#failure !== undefined) return line("warn", "the last one failed: the log says why");
    const newest = this.#newest;
    const age = clock.now() - (newest?.takenAt ?? this.#startedAt);
    const old = newest === undefined ? "none yet" : `newest verified ${hours(age)} ago`;
    if (newest !== undefined && newest.damaged.length > 0) {
      return line("warn", `${old}; ${newest.damaged.length} records of the store are damaged: its manifest names them`);
    }
    if (everyMs === undefined) return line("ok", `${old}; none are scheduled`);
    return line(age > everyMs + LATE_MS ? "warn" : "ok", old);
  }

  async #make(reason: "command" | "schedule"): Promise<BackupLine> {
    const { tool, log, metrics, clock } = this.#options;
    const began = clock.monotonic();
    try {
      const made = await tool.create(reason);
      this.#failure = undefined;
      this.#note(made);
      metrics.backups.inc({ outcome: "verified" });
      metrics.backupSeconds.set((clock.monotonic() - began) / 1_000);
      const { file, bytes, worlds, entries, damaged } = made;
      log("info", "backup verified", { file, bytes, worlds, entries });
      if (damaged.length > 0) log("error", "backup names damage in the store", { file, damaged: damaged.slice(0, 10) });
      const removed = await tool.prune();
      if (removed.length > 0) log("info", "backups pruned", { removed: removed.length });
      return made;
    } catch (fault) {
      this.#fail(fault);
      throw fault;
    }
  }

  #note(backup: BackupLine | undefined): void {
    this.#newest = backup;
    if (backup !== undefined) this.#options.metrics.backupVerified.set(Math.floor(backup.takenAt / 1_000));
  }

  /** Worth an alert: without backups a lost disk is a lost game. */
  #fail(fault: unknown): void {
    this.#failure = fault instanceof Error ? fault.message : faultText(fault);
    this.#options.metrics.backups.inc({ outcome: "failed" });
    this.#options.log("error", "backup failed", { why: this.#failure });
  }

  #plan(): void {
    const { everyMs, clock, jobs } = this.#options;
    if (everyMs === undefined || this.#stopped) return;
    const due = (this.#newest?.takenAt ?? 0) + everyMs - clock.now();
    const least = this.#failure === undefined ? FIRST_WAIT_MS : Math.min(RETRY_MS, everyMs);
    this.#cancel = clock.after(Math.min(Math.max(due, least), everyMs), () => {
      this.create("schedule");
      void jobs.idle().then(() => this.#plan());
    });
  }
}

function hours(ms: number): string {
  return ms < HOUR_MS ? `${Math.max(0, Math.round(ms / 60_000))} min` : `${Math.round(ms / HOUR_MS)} h`;
}
