import { assert, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { createBackup } from "./backup.ts";
import type { Key } from "./cells.ts";
import { sessionKey } from "./keys.ts";
import { STEADY } from "./pace.ts";
import { openStore } from "./open.ts";
import { openStoreCopy } from "./store_copy.ts";
import { encodeKey } from "./tuple_key.ts";

Deno.test({
  name: "reading a live store in its own process leaves it the locks that keep others from removing its log",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const directory = await Deno.makeTempDir({ prefix: "goldbox-locks-" });
    try {
      const path = `${directory}/goldbox.kv`;
      const opened = await openStore({ directory, version: "test", now: () => Date.now() });
      await opened.store.probe();
      const before = await locksOn(path);

      const copy = await openStoreCopy(path, { whole: true });
      await copy.checkRecords(STEADY);
      copy.close();
      const after = await locksOn(path);
      await opened.close(true);

      assert(before > 0, "the runtime holds no lock: there is nothing to test");
      assertEquals(after, before);
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  },
});

Deno.test({
  name: "a backup that looks whether damage is in the store itself leaves it its locks, too",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const directory = await Deno.makeTempDir({ prefix: "goldbox-locks-" });
    try {
      const path = `${directory}/goldbox.kv`;
      const opened = await openStore({ directory, version: "test", now: () => Date.now() });
      const session = { id: "ses", account: "a_1", name: "Ada", lang: "en", createdAt: 1, expiresAt: 2 };
      await opened.store.writeSession("hash", null, session);
      await opened.close(true);
      damage(path, sessionKey("hash"));
      const again = await openStore({ directory, version: "test", now: () => Date.now() });
      const before = await locksOn(path);

      const { manifest } = await createBackup({
        store: path,
        directory: `${directory}/backups`,
        reason: "command",
        version: "test",
        now: () => Date.now(),
        pace: STEADY,
        verify: () => Promise.resolve({ worlds: 0, entries: 0, snapshots: 0, damaged: [] }),
      });
      const after = await locksOn(path);
      await again.close(true);

      assertEquals(manifest.damaged.length, 1);
      assertEquals([before > 0, after], [true, before]);
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  },
});

Deno.test("a backup that looks whether damage is in the store itself lets the store empty its log meanwhile", async () => {
  const directory = await Deno.makeTempDir({ prefix: "goldbox-log-" });
  try {
    const path = `${directory}/goldbox.kv`;
    const opened = await openStore({ directory, version: "test", now: () => Date.now() });
    const session = { id: "ses", account: "a_1", name: "Ada", lang: "en", createdAt: 1, expiresAt: 2 };
    await opened.store.writeSession("hash", null, session);
    await opened.close(true);
    damage(path, sessionKey("hash"));
    const busy: unknown[] = [];

    await createBackup({
      store: path,
      directory: `${directory}/backups`,
      reason: "command",
      version: "test",
      now: () => Date.now(),
      pace: STEADY,
      verify() {
        const database = new DatabaseSync(path);
        database.exec(`PRAGMA user_version = ${busy.length + 1}`);
        busy.push(database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()?.["busy"]);
        database.close();
        return Promise.resolve({ worlds: 0, entries: 0, snapshots: 0, damaged: [] });
      },
    });

    assertEquals(busy, [0, 0]);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

function damage(path: string, key: Key): void {
  const database = new DatabaseSync(path);
  database.prepare("UPDATE kv SET v = ? WHERE k = ?").run(new Uint8Array(9), encodeKey(key));
  database.close();
}

/** Locks this process holds on a file. */
async function locksOn(path: string): Promise<number> {
  const { ino } = await Deno.stat(path);
  const lines = (await Deno.readTextFile("/proc/locks")).split("\n");
  return lines.filter((line) => line.includes(` ${Deno.pid} `) && line.includes(`:${ino} `)).length;
}
