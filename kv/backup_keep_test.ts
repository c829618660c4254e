import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { keptBackups } from "./backup_keep.ts";
import type { BackupReason } from "./backup_manifest.ts";

const DAY = 86_400_000;
const THURSDAY = Date.UTC(2026, 0, 1, 12);

function made(day: number, reason: BackupReason = "schedule", damaged: string[] = []) {
  return { file: `${day}`, takenAt: THURSDAY + day * DAY, reason, damaged };
}

function days(kept: readonly { readonly file: string }[]): readonly string[] {
  return kept.map(({ file }) => file);
}

Deno.test("keptBackups() keeps the newest of each of the last days, weeks and months", () => {
  const all = Array.from({ length: 70 }, (_, day) => made(day));

  // Day 69 is Wednesday 11 March; Sundays are days 3, 10, ... 66, and the months end with days 30 and 58.
  assertEquals(days(keptBackups(all, { days: 3, weeks: 3, months: 3 })), ["69", "68", "67", "66", "59", "58", "30"]);
  assertEquals(days(keptBackups(all, { days: 0, weeks: 0, months: 0 })), ["69"]);
});

Deno.test("keptBackups() keeps one of several a day, but all that were asked for in the last", () => {
  const all = [made(0, "command"), made(0.1, "command"), made(1), made(1.1), made(1.2, "command"), made(1.3)];

  assertEquals(days(keptBackups(all, { days: 5, weeks: 0, months: 0 })), ["1.3", "1.2", "0.1"]);
});

Deno.test("keptBackups() never lets a backup of a damaged store take the place of a whole one", () => {
  const harm = ["world w_1"];
  const all = [
    made(0.1),
    made(0.2),
    made(0.3, "schedule", harm),
    made(0.4, "schedule", harm),
    made(1.2, "schedule", harm),
  ];

  assertEquals(days(keptBackups(all, { days: 2, weeks: 0, months: 0 })), ["1.2", "0.4", "0.2"]);
  assertEquals(days(keptBackups([made(0), made(1), made(4, "schedule", harm)], { days: 0, weeks: 0, months: 0 })), [
    "4",
    "1",
  ]);
});

Deno.test("keptBackups() keeps the newest of all and the newest before a migration, whatever the rule", () => {
  const one = fc.record({
    takenAt: fc.integer({ min: 0, max: 2_000 }).map((day) => THURSDAY + day * DAY),
    reason: fc.constantFrom<BackupReason>("schedule", "command", "migration"),
    file: fc.uuid(),
    damaged: fc.constantFrom<string[]>([], [], ["world w_1"]),
  });
  const rule = fc.record({ days: fc.nat(9), weeks: fc.nat(9), months: fc.nat(24) });
  fc.assert(fc.property(fc.array(one, { minLength: 1, maxLength: 60 }), rule, (all, limits) => {
    const kept = keptBackups(all, limits);
    const newest = Math.max(...all.map(({ takenAt }) => takenAt));
    assertEquals(kept[0]?.takenAt, newest);
    const migrations = all.filter(({ reason }) => reason === "migration").map(({ takenAt }) => takenAt);
    assert(migrations.length === 0 || kept.some(({ takenAt }) => takenAt === Math.max(...migrations)));
    const whole = all.filter(({ damaged }) => damaged.length === 0).map(({ takenAt }) => takenAt);
    assert(whole.length === 0 || kept.some(({ takenAt }) => takenAt === Math.max(...whole)));
    // What is kept is kept again: pruning twice is pruning once.
    assertEquals(keptBackups(kept, limits), kept);
  }));
});
