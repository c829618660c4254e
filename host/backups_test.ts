import { assert, assertEquals, assertMatch } from "@std/assert";
import type { BackupLine } from "./admin.ts";
import { AdminJobs } from "./admin_jobs.ts";
import { Backups, type BackupTool } from "./backups.ts";
import { type TestClock, testClock } from "./host_fixture.ts";
import { createMetrics } from "./metrics.ts";

const DAY = 86_400_000;
const MINUTE = 60_000;

/** Backups of nothing, that can be made to fail. */
function tool(clock: TestClock) {
  const made: BackupLine[] = [];
  const state = { failing: false, damaged: [] as string[], pruned: 0 };
  const port: BackupTool = {
    create(reason) {
      if (state.failing) return Promise.reject(new Error("the disk is full"));
      const line: BackupLine = {
        file: `goldbox-${made.length}.kv`,
        reason,
        takenAt: clock.now(),
        bytes: 1,
        worlds: 1,
        entries: 1,
        accounts: 1,
        version: "0.0.0",
        schema: 1,
        damaged: [...state.damaged],
      };
      made.unshift(line);
      return Promise.resolve(line);
    },
    list: () => Promise.resolve(made),
    prune() {
      state.pruned++;
      return Promise.resolve([]);
    },
  };
  return { port, made, state };
}

function setUp(everyMs: number | undefined) {
  const clock = testClock();
  const { port, made, state } = tool(clock);
  const metrics = createMetrics();
  const lines: string[] = [];
  let count = 0;
  const jobs = new AdminJobs(clock, () => `j_${++count}`);
  const log = (level: string, event: string) => void lines.push(`${level} ${event}`);
  const backups = new Backups({ tool: port, jobs, clock, metrics, log, everyMs });
  const measured = async (name: string) => (await metrics.registry.getSingleMetric(name)?.get())?.values[0]?.value;
  return { clock, made, state, backups, jobs, lines, measured };
}

Deno.test("backups are made by the schedule, counted from the newest there is", async () => {
  const { clock, made, backups, measured, state } = setUp(DAY);
  await backups.start();
  await clock.advance(11 * MINUTE);
  assertEquals(made.map(({ reason }) => reason), ["schedule"], "the first one soon, as there is none");

  await clock.advance(DAY);
  assertEquals(made.length, 2);
  assertEquals(await measured("backup_last_verified_seconds"), Math.floor((made[0]?.takenAt ?? 0) / 1_000));
  assertEquals([backups.check().status, state.pruned], ["ok", 2]);
  backups.stop();
  await clock.advance(3 * DAY);
  assertEquals(made.length, 2);
});

Deno.test("a failed backup is an error in the log, degrades the health, and is tried again soon", async () => {
  const { clock, made, state, backups, lines, measured } = setUp(DAY);
  state.failing = true;
  await backups.start();
  await clock.advance(11 * MINUTE);

  assert(lines.includes("error backup failed"));
  assertEquals(backups.check(), { name: "backups", status: "warn", note: "the last one failed: the log says why" });
  assertEquals(await measured("backup_last_verified_seconds"), 0);
  state.failing = false;
  await clock.advance(11 * MINUTE);
  assertEquals([made.length, backups.check().status], [1, "ok"]);
  backups.stop();
});

Deno.test("without a schedule backups are made only when asked for, one at a time", async () => {
  const { clock, made, backups, jobs } = setUp(undefined);
  await backups.start();
  await clock.advance(10 * DAY);
  assertEquals(made.length, 0);

  const asked = backups.create();
  assertEquals(backups.create().id, asked.id, "one that waits is answered with");
  await jobs.idle();
  assertEquals([jobs.find(asked.id)?.state, made.length], ["done", 1]);
  assert(backups.create().id !== asked.id);
  await jobs.idle();
  assertEquals(made.map(({ reason }) => reason), ["command", "command"]);
});

Deno.test("damage in the store and a schedule that is late are told by the health", async () => {
  const { clock, state, backups, jobs } = setUp(DAY);
  state.damaged = ["world w_1: Cannot read w/w_1/ev/3 as it is damaged"];
  await backups.start();
  backups.create();
  await jobs.idle();
  assertEquals(backups.check().status, "warn");
  assertMatch(backups.check().note, /1 records of the store are damaged/);
  assert(!backups.check().note.includes("w_1"), "anybody may ask");
  state.damaged = [];
  backups.create();
  await jobs.idle();
  assertEquals(backups.check().status, "ok");
  backups.stop();
  await clock.advance(DAY + 3 * 3_600_000);
  assertEquals(backups.check().status, "warn");
});
