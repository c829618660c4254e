import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { encodeValue } from "./codec.ts";
import { DirectoryUnusable, StoreCorrupt, StoreNewer, StoreRefused } from "./errors.ts";
import { needsCheck } from "./starts.ts";
import { openStore } from "./open.ts";

const now = () => 1_795_334_400_000;
const options = (directory: string) => ({ directory, version: "0.1.0", now });

async function inTemp(run: (directory: string) => Promise<void>) {
  const directory = await Deno.makeTempDir({ prefix: "goldbox-" });
  try {
    await run(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function refusal(directory: string): Promise<StoreRefused> {
  const fault = await assertRejects(() => openStore(options(directory)), StoreRefused);
  assert(fault instanceof StoreRefused);
  return fault;
}

Deno.test("openStore() makes the directory, keeps the store's id and what was written", () =>
  inTemp(async (temp) => {
    const directory = `${temp}/not/there/yet`;
    const first = await openStore(options(directory));
    const session = { id: "ses", account: "a_1", name: "Ada", lang: "en", createdAt: 1, expiresAt: 2 };
    await first.store.writeSession("hash", null, session);
    await first.close(true);

    const second = await openStore(options(directory));
    const found = await second.store.readSession("hash");
    await second.close(true);

    assertEquals(second.id, first.id);
    assertEquals(found?.value, session);
    assertEquals([first.checked, second.checked], [false, true]);
  }));

Deno.test("openStore() makes a directory that nobody else can look into, as the store holds secrets", () =>
  inTemp(async (temp) => {
    const directory = `${temp}/fresh`;
    await (await openStore(options(directory))).close(true);

    assertEquals(((await Deno.stat(directory)).mode ?? 0) & 0o777, 0o700);
  }));

Deno.test("openStore() checks the file after an unclean stop", () =>
  inTemp(async (directory) => {
    await (await openStore(options(directory))).close(false);

    const second = await openStore(options(directory));
    await second.close(true);

    assertEquals(second.checked, true);
  }));

Deno.test({
  name: "openStore() refuses a store this user may not write with exit code 6: nothing is damaged",
  ignore: Deno.uid() === 0, // who may do everything
  fn: () =>
    inTemp(async (directory) => {
      await (await openStore(options(directory))).close(true);
      for (const mode of [0o000, 0o400]) {
        await Deno.chmod(`${directory}/goldbox.kv`, mode);

        const fault = await refusal(directory);

        assert(fault instanceof DirectoryUnusable);
        assertMatch(fault.message, /goldbox\.kv belongs to another user or is read-only/);
      }
    }),
});

Deno.test("openStore() refuses a path that is a file with exit code 6", () =>
  inTemp(async (directory) => {
    await Deno.writeTextFile(`${directory}/file`, "");

    const fault = await refusal(`${directory}/file`);

    assert(fault instanceof DirectoryUnusable);
    assertEquals(fault.exitCode, 6);
  }));

Deno.test("openStore() refuses a directory it may not write to with exit code 6", async () => {
  // /proc takes no files, whoever asks: permissions alone would not stop root.
  const fault = await refusal("/proc/goldbox");

  assert(fault instanceof DirectoryUnusable);
  assertEquals(fault.exitCode, 6);
});

Deno.test("openStore() refuses memory mode, which would keep nothing", () =>
  inTemp(async (directory) => {
    const command = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--unstable-kv", new URL("./testing/hold.ts", import.meta.url).pathname, directory],
      env: { DENO_KV_DB_MODE: "memory" },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    });

    const { code, stderr } = await command.output();

    assertEquals(code, 6);
    assertMatch(new TextDecoder().decode(stderr), /DENO_KV_DB_MODE/);
  }));

Deno.test("openStore() leaves a file that is no store untouched and refuses it with exit code 3", () =>
  inTemp(async (directory) => {
    const garbage = "This is a diary, no database. ".repeat(100);
    await Deno.writeTextFile(`${directory}/goldbox.kv`, garbage);

    const fault = await refusal(directory);

    assert(fault instanceof StoreCorrupt);
    assertEquals(fault.exitCode, 3);
    assertEquals(await Deno.readTextFile(`${directory}/goldbox.kv`), garbage);
  }));

Deno.test("openStore() refuses a database of something else with exit code 3", () =>
  inTemp(async (directory) => {
    const { DatabaseSync } = await import("node:sqlite");
    const other = new DatabaseSync(`${directory}/goldbox.kv`);
    other.exec("CREATE TABLE recipes (name TEXT)");
    other.close();

    assertEquals((await refusal(directory)).exitCode, 3);
  }));

Deno.test("openStore() refuses a store with records but no name with exit code 3", () =>
  inTemp(async (directory) => {
    const kv = await Deno.openKv(`${directory}/goldbox.kv`);
    await kv.set(["other"], 1);
    kv.close();

    assertEquals((await refusal(directory)).exitCode, 3);
  }));

Deno.test("openStore() finds broken pages after an unclean stop and refuses with exit code 3", () =>
  inTemp(async (directory) => {
    await (await openStore(options(directory))).close(false);
    const path = `${directory}/goldbox.kv`;
    const bytes = await Deno.readFile(path);
    // All but the first page, which has the list of tables.
    bytes.fill(0x5a, 4_096);
    await Deno.writeFile(path, bytes);

    const fault = await refusal(directory);

    assertEquals(fault.exitCode, 3);
    assertEquals(await Deno.readFile(path), bytes);
  }));

Deno.test("openStore() refuses a store of a newer version with exit code 4", () =>
  inTemp(async (directory) => {
    const kv = await Deno.openKv(`${directory}/goldbox.kv`);
    await kv.set(["meta", "store"], encodeValue({ id: "x", schema: 1_000, writtenBy: "9.0.0" }));
    kv.close();

    const fault = await refusal(directory);

    assert(fault instanceof StoreNewer);
    assertEquals(fault.exitCode, 4);
  }));

Deno.test("openStore() of a second process refuses with exit code 5 and tells who owns the directory", () =>
  inTemp(async (directory) => {
    const hold = (stdin: "piped" | "null") =>
      new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--unstable-kv", new URL("./testing/hold.ts", import.meta.url).pathname, directory],
        stdin,
        stdout: "piped",
        stderr: "piped",
      }).spawn();
    const owner = hold("piped");
    const reader = owner.stdout.getReader();
    await reader.read();

    const { code, stderr } = await hold("null").output();
    owner.kill("SIGKILL");
    await owner.status;
    await reader.cancel();
    await owner.stderr.cancel();
    await owner.stdin.abort();
    const third = await openStore(options(directory));
    await third.close(true);

    assertEquals(code, 5);
    assertMatch(new TextDecoder().decode(stderr), new RegExp(`pid ${owner.pid} at http://127.0.0.1:1`));
    assertEquals(third.checked, true);
  }));

Deno.test("openStore() without the lock still stops the first owner at its next commit", () =>
  inTemp(async (directory) => {
    const first = await openStore(options(directory));
    await Deno.remove(`${directory}/lock`);
    const second = await openStore(options(directory));

    const subject = {
      owner: { type: "world", id: "w" },
      stamp: null,
      head: { n: 1, epoch: 1, commit: "", seq: {}, state: 1, view: 1 },
    } as const;
    const result = await first.store.commit({ id: "p", subjects: [subject], changes: [] });
    await second.close(true);
    await first.close(true);

    assertEquals(result, { ok: false, why: "owner" });
  }));

Deno.test("openStore() finds a row that a flipped bit hides although the last stop was clean", () =>
  inTemp(async (directory) => {
    const first = await openStore(options(directory));
    for (const id of ["a", "b", "c"]) {
      await first.store.writeSession(id, null, { id, account: id, name: id, lang: "en", createdAt: 1, expiresAt: 2 });
    }
    await first.close(true);
    const path = `${directory}/goldbox.kv`;
    const bytes = await Deno.readFile(path);
    // A leaf of a table whose rows have keys begins with 10, the number of its rows stands 3 bytes further.
    const view = new DataView(bytes.buffer);
    for (let page = 4_096; page < bytes.length; page += 4_096) {
      const rows = view.getUint16(page + 3);
      if (bytes[page] === 10 && rows > 1) view.setUint16(page + 3, rows - 1);
    }
    await Deno.writeFile(path, bytes);

    assertEquals((await refusal(directory)).exitCode, 3);
  }));

Deno.test("needsCheck() asks for a full check of a file that is not large, and in a loop of unclean starts of any", () => {
  const unclean = (at: number) => ({ at, clean: false });
  const large = 65 * 1_024 * 1_024;

  assertEquals(needsCheck([], 10, 0), true);
  assertEquals(needsCheck([{ at: 0, clean: true }], 10, 5), true);
  assertEquals(needsCheck([{ at: 0, clean: true }], large, 5), false);
  assertEquals(needsCheck([unclean(0)], 10, 5), true);
  assertEquals(needsCheck([unclean(0)], large, 5), false);
  assertEquals(needsCheck([unclean(0), unclean(1), unclean(2)], large, 5), true);
  assertEquals(needsCheck([unclean(0), unclean(1), unclean(2)], large, 70_000), false);
});
