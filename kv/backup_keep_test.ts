import { assertEquals } from "@std/assert";
import { keptBackups } from "./backup_keep.ts";

const HOUR = 3_600_000;
const RULE = { days: 2, weeks: 0, months: 0 };

function made(hours: number, damaged: readonly string[] = []) {
  return { file: `${hours}`, takenAt: Date.UTC(2026, 10, 22) + hours * HOUR, reason: "schedule", damaged } as const;
}

Deno.test("keptBackups() never lets a backup of a damaged store take the place of a whole one", () => {
  const backups = [made(1), made(2), made(3, ["world w_1"]), made(4, ["world w_1"]), made(30, ["world w_1"])];

  assertEquals(
    keptBackups(backups.map((one) => ({ ...one, damaged: [...one.damaged] })), RULE).map(({ file }) => file),
    [
      "30",
      "4",
      "2",
    ],
  );
});

Deno.test("keptBackups() keeps the newest whole one whatever the numbers", () => {
  const backups = [{ ...made(1), damaged: [] }, { ...made(2), damaged: [] }, { ...made(99), damaged: ["world w_1"] }];

  assertEquals(keptBackups(backups, { days: 0, weeks: 0, months: 0 }).map(({ file }) => file), ["99", "2"]);
});
