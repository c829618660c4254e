/** What the operator may ask of the server through the admin door. Long work is a job: asked for, then looked at. */
import type { JsonObject } from "./api.ts";

export const JOB_KINDS = ["backup", "export", "import"] as const;
export type JobKind = typeof JOB_KINDS[number];
export const JOB_STATES = ["waiting", "running", "done", "failed"] as const;

/** Long work done beside play, one after another. */
export interface AdminJob {
  readonly id: string;
  readonly kind: JobKind;
  readonly state: typeof JOB_STATES[number];
  /** Ms since 1970. */
  readonly askedAt: number;
  readonly endedAt?: number;
  /** What came of it, when done. */
  readonly result?: JsonObject;
  /** One sentence, when failed. */
  readonly why?: string;
}

/** A verified backup, as a list shows it. */
export interface BackupLine {
  readonly file: string;
  readonly reason: string;
  readonly takenAt: number;
  readonly bytes: number;
  readonly worlds: number;
  readonly entries: number;
  readonly accounts: number;
  readonly version: string;
  readonly schema: number;
  /** Records and worlds that were damaged in the store itself. */
  readonly damaged: readonly string[];
}

export interface Admin {
  /** Makes a backup; one that waits or runs already is answered with. */
  backup(): AdminJob;
  /** Newest first. */
  backups(): Promise<readonly BackupLine[]>;
  /** Writes a world, signed, into the directory of exports; the result names the file. */
  exportWorld(world: string): AdminJob;
  /** Takes in a world from a file of the directory of imports. */
  importWorld(file: string): AdminJob;
  /** The job of an id, as long as this process remembers it. */
  job(id: string): AdminJob | undefined;
}
