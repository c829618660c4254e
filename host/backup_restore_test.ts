import { DatabaseSync } from "node:sqlite";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { createBackup, verifyBackup, type VerifyWorlds } from "../kv/backup.ts";
import { listBackups, pruneBackups } from "../kv/backup_files.ts";
import { BackupUnusable, manifestPath } from "../kv/backup_manifest.ts";
import { dataPaths } from "../kv/directory.ts";
import { openStore } from "../kv/mod.ts";
import { STEADY } from "../kv/pace.ts";
import { restoreBackup } from "../kv/restore.ts";
import { encodeKey } from "../kv/tuple_key.ts";
import { command, ear, guest, newWorld, refusalOf, resultOf, settle, testHost } from "./host_fixture.ts";
import { smallRules } from "./small_rules_fixture.ts";
import { verifyWorlds } from "./verify_copy.ts";

const verify: VerifyWorlds = (copy, pace) => verifyWorlds(copy, smallRules(), pace);

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "goldbox-backup-" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A server on a data directory, with one player in one world. */
async function play(directory: string, steps: number) {
  const opened = await openStore({ directory, version: "0.1.0", now: () => Date.now() });
  const { host, clock } = testHost({ store: opened.store, options: { snapshotEvery: 40 } });
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  for (let cseq = 1; cseq <= steps; cseq++) resultOf(await host.submit(ada, command(world, cseq)));
  return { opened, host, clock, ada, world };
}

function backupOf(directory: string, more: Partial<Parameters<typeof createBackup>[0]> = {}) {
  return createBackup({
    store: dataPaths(directory).store,
    directory: `${directory}/backups`,
    reason: "command",
    version: "0.1.0",
    now: () => Date.now(),
    pace: STEADY,
    verify,
    ...more,
  });
}

Deno.test("a backup of a live store is of one moment, verified, and read again as it was", async () => {
  await withFolder(async (folder) => {
    const { opened, host, ada, world } = await play(folder, 130);

    const { path, manifest } = await backupOf(folder);
    resultOf(await host.submit(ada, command(world, 131)));
    await host.stop();
    await opened.close(true);

    assertEquals(manifest.counts.worlds, 1);
    assertEquals(manifest.counts.entries, 132);
    assertEquals(manifest.counts.accounts, 1);
    assert(manifest.counts.snapshots >= 1);
    assertEquals(manifest.damaged, []);
    assertEquals(await verifyBackup(path, { pace: STEADY, verify }), manifest);
    for (const file of [path, manifestPath(path)]) assertEquals((Deno.statSync(file).mode ?? 0) & 0o777, 0o600);
  });
});

Deno.test("a restored world stands where the backup was made, has a new epoch, and plays on from an older snapshot", async () => {
  await withFolder(async (folder) => {
    const first = await play(folder, 90);
    const before = resultOf(await first.host.view(first.ada, first.world, "party"));
    const { path } = await backupOf(folder);
    for (let cseq = 91; cseq <= 95; cseq++) resultOf(await first.host.submit(first.ada, command(first.world, cseq)));
    const lost = resultOf(await first.host.view(first.ada, first.world, "party"));
    await first.host.stop();
    await first.opened.close(true);

    const restored = await restoreBackup({
      directory: folder,
      backup: path,
      now: () => Date.now(),
      pace: STEADY,
      verify,
    });
    const opened = await openStore({ directory: folder, version: "0.1.0", now: () => Date.now() });
    const { host } = testHost({ store: opened.store, clock: first.clock });
    const { ada, world } = first;
    const after = resultOf(await host.view(ada, world, "party"));

    assertEquals(restored.worlds, 1);
    assert(restored.kept !== undefined && (await Deno.stat(`${restored.kept}/goldbox.kv`)).isFile);
    assertEquals([after.seq, after.view], [before.seq, before.view]);
    assert(after.epoch > before.epoch && lost.seq > after.seq);
    // An old client: a snapshot, and its commands of the lost history are refused.
    const ada2 = ear();
    const request = {
      world,
      audience: "party",
      epoch: before.epoch,
      lastSeq: lost.seq,
      lane: 0,
      lastCseq: 95,
    } as const;
    const subscribed = resultOf(await host.subscribe(ada, request, ada2));
    await settle();
    assertEquals([subscribed.mode, subscribed.reason, subscribed.epoch], ["snapshot", "epoch", after.epoch]);
    assertEquals(ada2.frames.map(({ kind }) => kind), ["snapshot", "resumed"]);
    const stale = await host.submit(ada, command(world, 96, { type: "Step" }, { epoch: before.epoch }));
    assertEquals(refusalOf(stale).code, "command/other_epoch");
    const next = resultOf(await host.submit(ada, command(world, 97, { type: "Step" }, { epoch: after.epoch })));
    assertEquals([next["seq"], next["epoch"]], [after.seq + 1, after.epoch]);
    // What was answered before the backup is answered again, as it was.
    assertEquals(resultOf(await host.submit(ada, command(world, 90)))["seq"], before.seq);
    await host.stop();
    await opened.close(true);

    // The new history is folded from snapshots of both epochs.
    const again = await backupOf(folder);
    assertEquals(again.manifest.damaged, []);
    assert(again.manifest.counts.snapshots >= 2);
    const twice = await restoreBackup({ directory: folder, backup: path, now: () => 0, pace: STEADY, verify });
    assertEquals(twice.worlds, 1);
    const third = await openStore({ directory: folder, version: "0.1.0", now: () => Date.now() });
    assert(((await third.store.readHead(world))?.value.epoch ?? 0) > after.epoch, "no epoch comes twice");
    await third.close(true);
  });
});

Deno.test("a backup that was changed or cut short, or has no manifest, is refused and changes nothing", async () => {
  await withFolder(async (folder) => {
    const { opened, host } = await play(folder, 10);
    const { path } = await backupOf(folder);
    await host.stop();
    await opened.close(true);
    const whole = await Deno.readFile(path);
    const store = await Deno.readFile(dataPaths(folder).store);
    const tries: (readonly [string, () => Promise<void>])[] = [
      ["flipped", () => Deno.writeFile(path, whole.map((byte, i) => i === whole.length >> 1 ? byte ^ 4 : byte))],
      ["cut", () => Deno.truncate(path, whole.length - 4_096)],
      ["empty", () => Deno.truncate(path, 0)],
      ["no manifest", async () => {
        await Deno.writeFile(path, whole);
        await Deno.remove(manifestPath(path));
      }],
      ["no manifest to speak of", () => Deno.writeTextFile(manifestPath(path), "{}")],
    ];
    for (const [what, harm] of tries) {
      await harm();
      const options = { directory: folder, backup: path, now: () => Date.now(), pace: STEADY, verify };
      await assertRejects(() => restoreBackup(options), BackupUnusable, undefined, what);
      assertEquals(await Deno.readFile(dataPaths(folder).store), store, what);
    }
    assertEquals((await listBackups(`${folder}/backups`)).backups, []);
  });
});

Deno.test("a world damaged in the store is named in the manifest and does not keep the others from being saved", async () => {
  await withFolder(async (folder) => {
    const first = await play(folder, 20);
    const other = await newWorld(first.host, first.ada, 2);
    await first.host.stop();
    await first.opened.close(true);
    const file = new DatabaseSync(dataPaths(folder).store);
    file.prepare("UPDATE kv SET v = zeroblob(40) WHERE k = ?").run(encodeKey(["w", other, "ev", 1]));
    file.prepare("DELETE FROM kv WHERE k = ?").run(encodeKey(["w", other, "snap"]));
    file.close();

    const { manifest, path } = await backupOf(folder);

    assertEquals(manifest.damaged.length, 1);
    assert(manifest.damaged[0]?.includes(other));
    assertEquals(await verifyBackup(path, { pace: STEADY, verify }), manifest);
  });
});

Deno.test("a copy whose worlds do not fold any more is no backup when verified with other rules, and its file stays", async () => {
  await withFolder(async (folder) => {
    const { opened, host } = await play(folder, 10);
    const { path } = await backupOf(folder);
    await host.stop();
    await opened.close(true);
    const forgetful: VerifyWorlds = (copy, pace) =>
      verifyWorlds(copy, { ...smallRules(), knows: (type) => type !== "PartyTurned" && type !== "SeatTaken" }, pace);

    await assertRejects(() => verifyBackup(path, { pace: STEADY, verify: forgetful }), BackupUnusable);
    assert((await Deno.stat(path)).isFile);
  });
});

Deno.test("a failed copy leaves nothing behind", async () => {
  await withFolder(async (folder) => {
    const { opened, host } = await play(folder, 5);
    await assertRejects(() => backupOf(folder, { verify: () => Promise.reject(new Error("out of luck")) }));
    await host.stop();
    await opened.close(true);
    assertEquals(await Array.fromAsync(Deno.readDir(`${folder}/backups`)), []);
  });
});

Deno.test("a swap cut short by a power cut is finished by the next start", async () => {
  await withFolder(async (folder) => {
    const first = await play(folder, 10);
    const { path } = await backupOf(folder);
    await first.host.stop();
    await first.opened.close(true);

    // As if the power had gone right after the plan was written: the new store lies beside the old one.
    await Deno.mkdir(`${folder}/restore-20261122T000000Z`);
    await Deno.copyFile(path, `${folder}/restore-20261122T000000Z/goldbox.kv`);
    await Deno.writeTextFile(`${folder}/goldbox.kv-wal`, "of the old store");
    await Deno.writeTextFile(
      `${folder}/restore.json`,
      JSON.stringify({ fresh: "restore-20261122T000000Z", kept: "before-restore-20261122T000000Z" }),
    );
    const opened = await openStore({ directory: folder, version: "0.1.0", now: () => Date.now() });
    assert(await opened.store.readHead(first.world) !== undefined);
    await opened.close(true);

    const names = (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).toSorted();
    assertEquals(names, ["backups", "before-restore-20261122T000000Z", "goldbox.kv", "lock", "starts.json"]);
    assertEquals(
      await Deno.readTextFile(`${folder}/before-restore-20261122T000000Z/goldbox.kv-wal`),
      "of the old store",
    );
  });
});

Deno.test("pruneBackups() removes what no rule keeps, never the newest, and the newest before a migration", async () => {
  await withFolder(async (folder) => {
    const { opened, host } = await play(folder, 2);
    const day = 86_400_000;
    const start = Date.UTC(2026, 0, 1, 12);
    for (let i = 0; i < 10; i++) {
      await backupOf(folder, { now: () => start + i * day, reason: i === 1 ? "migration" : "schedule" });
    }
    await host.stop();
    await opened.close(true);
    const directory = `${folder}/backups`;
    const days = async () =>
      (await listBackups(directory)).backups.map(({ manifest }) => (manifest.takenAt - start) / day);

    await pruneBackups(directory, { days: 3, weeks: 2, months: 1 });
    // Thursday 1 January is day 0: the first week ends with day 3, the second with day 9.
    assertEquals(await days(), [9, 8, 7, 3, 1]);
    await pruneBackups(directory, { days: 0, weeks: 0, months: 0 });
    assertEquals(await days(), [9, 1]);
    assertEquals((await Array.fromAsync(Deno.readDir(directory))).length, 4);
  });
});
