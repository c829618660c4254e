import type { BackupManifest } from "./backup_manifest.ts";

/** How many days, weeks and months keep their newest backup. */
export interface KeepRule {
  readonly days: number;
  readonly weeks: number;
  readonly months: number;
}

type Dated = Pick<BackupManifest, "file" | "takenAt" | "reason" | "damaged">;

const DAY_MS = 86_400_000;
/** 1970 began on a Thursday; weeks begin on Monday. */
const MONDAY_SHIFT = 3;

/**
 * Which verified backups stay: the newest of each of the last days, weeks and months that have one, counted in UTC; the
 * newest of all, whatever the numbers; those somebody asked for in the day before it; and the newest made before a
 * migration, which `migrate down` goes back to. Whole ones and those of a store that was damaged already are counted
 * apart: what was made after the damage must not take the place of what was made before.
 */
export function keptBackups<T extends Dated>(backups: readonly T[], { days, weeks, months }: KeepRule): readonly T[] {
  const newestFirst = backups.toSorted((a, b) => b.takenAt - a.takenAt);
  const kept = new Set<T>();
  const add = (backup: T | undefined) => backup !== undefined && kept.add(backup);
  const [newest] = newestFirst;
  add(newest);
  for (const one of newestFirst) {
    if (one.reason === "command" && newest !== undefined && newest.takenAt - one.takenAt < DAY_MS) add(one);
  }
  add(newestFirst.find(({ reason }) => reason === "migration"));
  const whole = newestFirst.filter(({ damaged }) => damaged.length === 0);
  add(whole[0]);
  for (const group of [whole, newestFirst.filter(({ damaged }) => damaged.length > 0)]) {
    keepNewest(group, days, dayOf, kept);
    keepNewest(group, weeks, (at) => Math.floor((dayOf(at) + MONDAY_SHIFT) / 7), kept);
    keepNewest(group, months, monthOf, kept);
  }
  return newestFirst.filter((backup) => kept.has(backup));
}

function keepNewest<T extends Dated>(
  newestFirst: readonly T[],
  limit: number,
  periodOf: (at: number) => number,
  kept: Set<T>,
): void {
  const periods = new Set<number>();
  for (const backup of newestFirst) {
    const period = periodOf(backup.takenAt);
    if (periods.has(period)) continue;
    if (periods.size >= limit) return;
    periods.add(period);
    kept.add(backup);
  }
}

function dayOf(at: number): number {
  return Math.floor(at / DAY_MS);
}

function monthOf(at: number): number {
  const date = new Date(at);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
