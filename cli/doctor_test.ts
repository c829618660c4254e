import { DatabaseSync } from "node:sqlite";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { createRules } from "../host/rules.ts";
import { verifyWorlds } from "../host/verify_copy.ts";
import { createBackup } from "../kv/backup.ts";
import { decodeValue, encodeValue } from "../kv/codec.ts";
import { headKey, metaStoreKey } from "../kv/keys.ts";
import { openStore } from "../kv/mod.ts";
import { STEADY } from "../kv/pace.ts";
import { storeMeta } from "../kv/records.ts";
import { encodeKey } from "../kv/tuple_key.ts";
import { spineWorlds, withSpine } from "../tests/fixtures/spine.ts";
import { startServer } from "../tests/kit/server.ts";
import type { Finding } from "./doctor/finding.ts";
import { runCli } from "./mod.ts";

interface Report {
  readonly code: number;
  readonly findings: readonly Finding[];
  readonly of: (id: string) => Finding | undefined;
}

/** Runs `goldbox doctor --json` in this process. */
async function examine(
  data: string,
  { args = [], env = {} }: { readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Report> {
  const out: string[] = [];
  const code = await runCli({
    args: ["doctor", "--json", ...args],
    env: { GOLDBOX_DATA: data, GOLDBOX_MAX_CONNECTIONS: "100", GOLDBOX_DISK_WARN: "100000", ...env },
    out: (line) => out.push(line),
    err: (line) => out.push(line),
  });
  const { ok, findings } = JSON.parse(out.join("\n")) as { ok: boolean; findings: Finding[] };
  assertEquals(ok, code === 0);
  return { code, findings, of: (id) => findings.find((one) => one.id === id) };
}

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "goldbox-doctor-" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Makes a backup that is so many ms old; its path. */
async function backUp(folder: string, age: number): Promise<string> {
  const engine = createRules();
  const { path } = await createBackup({
    store: `${folder}/goldbox.kv`,
    directory: `${folder}/backups`,
    reason: "command",
    version: "test",
    now: () => Date.now() - age,
    pace: STEADY,
    verify: (copy, pace) => verifyWorlds(copy, engine, pace),
  });
  return path;
}

const namesIn = async (folder: string) => (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).toSorted();

Deno.test("doctor makes nothing where there is no data directory, and says that the first start would", async () => {
  await withFolder(async (folder) => {
    const { code, of } = await examine(`${folder}/none`);

    assertEquals([code, of("directory")?.status], [0, "warn"]);
    assertEquals(await namesIn(folder), []);
  });
});

Deno.test("doctor fails for a data directory that is a file", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    const { code, of } = await examine(`${folder}/file`);

    assertEquals([code, of("directory")?.status], [1, "fail"]);
  });
});

Deno.test("doctor finds a fresh directory well, leaves it as it was, and prints what to do in plain text", async () => {
  await withFolder(async (folder) => {
    const { code, findings, of } = await examine(folder);

    assertEquals([code, of("integrity")?.what, of("lock")?.what], [0, "There is no store yet", "No server is running"]);
    assertEquals(findings.filter(({ status }) => status === "fail"), []);
    assertEquals(await namesIn(folder), []);
    const lines: string[] = [];
    const out = (line: string) => void lines.push(line);
    await runCli({ args: ["doctor"], env: { GOLDBOX_DATA: folder }, out, err: out });
    assert(lines.includes(`ok    directory     ${folder} can be written`));
    assert(lines.some((line) => line.endsWith("→ `goldbox backup create` makes one")));
  });
});

Deno.test("doctor fails while Deno would keep the store in memory", async () => {
  await withFolder(async (folder) => {
    const { code, of } = await examine(folder, { env: { DENO_KV_DB_MODE: "memory" } });

    assertEquals([code, of("memory_mode")?.status], [1, "fail"]);
  });
});

Deno.test("doctor warns of proxies and addresses that do not fit each other", async () => {
  const cases: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
    [{ GOLDBOX_PROXIES: "0.0.0.0/0", GOLDBOX_PUBLIC_URL: "https://play.example.org" }, "claim any address"],
    [{ GOLDBOX_PUBLIC_URL: "https://play.example.org" }, "GOLDBOX_PROXIES is empty"],
    [{ GOLDBOX_PROXIES: "10.0.0.1" }, "no GOLDBOX_PUBLIC_URL"],
    [{ GOLDBOX_HOST: "0.0.0.0" }, "without a GOLDBOX_PUBLIC_URL"],
    [{ GOLDBOX_PUBLIC_URL: "http://play.example.org" }, "without encryption"],
    [{ GOLDBOX_TRUSTED_NETS: "::/0" }, "no address is limited"],
  ];
  await withFolder(async (folder) => {
    for (const [env, words] of cases) {
      const { of } = await examine(folder, { env });
      assertEquals(of("proxy")?.status, "warn");
      assertStringIncludes(of("proxy")?.what ?? "", words);
    }
    const env = { GOLDBOX_PROXIES: "127.0.0.1", GOLDBOX_PUBLIC_URL: "https://play.example.org" };
    assertEquals((await examine(folder, { env })).of("proxy")?.status, "ok");
  });
});

Deno.test("doctor names what was left behind by something cut off, and --fix removes it and takes the reserve", async () => {
  await withFolder(async (folder) => {
    const left = [".probe-1", "starts.json.new", "restore-20261122T182031Z"];
    for (const name of left.slice(0, 2)) await Deno.writeTextFile(`${folder}/${name}`, "");
    await Deno.mkdir(`${folder}/restore-20261122T182031Z`);
    await Deno.mkdir(`${folder}/before-restore-20261122T182031Z`);
    await Deno.mkdir(`${folder}/backups`);
    await Deno.writeTextFile(`${folder}/backups/goldbox-1.kv.part`, "");

    const seen = (await examine(folder)).of("leftovers");
    assertEquals(seen?.status, "warn");
    for (const name of [...left, "goldbox-1.kv.part"]) assertStringIncludes(seen?.what ?? "", name);
    const { of } = await examine(folder, { args: ["--fix"] });

    assertEquals(of("leftovers")?.status, "ok");
    assertEquals(await namesIn(folder), ["backups", "before-restore-20261122T182031Z", "reserve"]);
    assertEquals((await Deno.stat(`${folder}/reserve`)).size, 100_000);
  });
});

Deno.test("doctor leaves what a planned restore needs, and says how it comes to its end", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/restore.json`, "{}");
    await Deno.mkdir(`${folder}/restore-20261122T182031Z`);

    const { of } = await examine(folder, { args: ["--fix"] });

    assertStringIncludes(of("leftovers")?.todo ?? "", "Start the server");
    assertEquals(await namesIn(folder), ["reserve", "restore-20261122T182031Z", "restore.json"]);
  });
});

Deno.test("doctor tells how the last starts ended", async () => {
  await withFolder(async (folder) => {
    const now = Date.now();
    const told: unknown[] = [];
    for (const [clean, ago] of [[[true], 0], [[false], 0], [[false, false, false], 5_000]] as const) {
      const starts = clean.map((one) => ({ at: now - ago, clean: one }));
      await Deno.writeTextFile(`${folder}/starts.json`, JSON.stringify({ starts }));
      told.push((await examine(folder)).of("starts")?.status);
    }
    assertEquals(told, ["ok", "ok", "fail"]);
  });
});

Deno.test("doctor warns when the store was written in the future of the clock", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/starts.json`, JSON.stringify({ starts: [] }));
    const later = new Date(Date.now() + 86_400_000);
    await Deno.utime(`${folder}/starts.json`, later, later);

    assertEquals((await examine(folder)).of("clock")?.status, "warn");
  });
});

Deno.test("doctor reads a whole store and folds its worlds, also one of an older form, and changes no byte of it", async () => {
  await withSpine(async (folder) => {
    const before = await Deno.readFile(`${folder}/goldbox.kv`);
    const { code, of } = await examine(folder);

    assertEquals([code, of("integrity")?.status, of("records")?.status, of("worlds")?.status], [0, "ok", "ok", "ok"]);
    assertStringIncludes(of("worlds")?.what ?? "", `${(await spineWorlds()).length} worlds fold`);
    assertEquals(of("schema")?.status, "warn");
    assertEquals(await Deno.readFile(`${folder}/goldbox.kv`), before);
    const quick = await examine(folder, { args: ["--quick"] });
    assertEquals([quick.of("integrity")?.status, quick.of("worlds")], ["ok", undefined]);
  });
});

Deno.test("doctor fails for a store that is none, and for a damaged page, and says what brings it back", async () => {
  await withSpine(async (folder) => {
    const path = `${folder}/goldbox.kv`;
    const bytes = await Deno.readFile(path);
    for (const damage of [(all: Uint8Array) => all.fill(7, 0, 100), (all: Uint8Array) => all.fill(7, 8_192, 20_000)]) {
      const damaged = damage(bytes.slice());
      await Deno.writeFile(path, damaged);
      const { code, of } = await examine(folder);

      assertEquals([code, of("integrity")?.status], [1, "fail"]);
      assertStringIncludes(of("integrity")?.todo ?? "", "backup restore");
      assertEquals(await Deno.readFile(path), damaged);
    }
  });
});

Deno.test("doctor fails for a store of a newer version, and does not take it for damaged", async () => {
  await withSpine(async (folder) => {
    const key = encodeKey(metaStoreKey);
    const database = new DatabaseSync(`${folder}/goldbox.kv`);
    const meta = storeMeta.parse(decodeValue(Uint8Array.from(valueOf(database, key))));
    database.prepare("UPDATE kv SET v = ? WHERE k = ?").run(encodeValue({ ...meta, schema: 99 }), key);
    database.close();

    const { code, of } = await examine(folder);

    assertEquals([code, of("schema")?.status, of("integrity")], [1, "fail", undefined]);
    assertStringIncludes(of("schema")?.what ?? "", "99");
  });
});

function valueOf(database: DatabaseSync, key: Uint8Array): Uint8Array {
  const value = database.prepare("SELECT v FROM kv WHERE k = ?").get(key)?.["v"];
  assert(value instanceof Uint8Array);
  return value;
}

Deno.test("doctor fails where no backups can be kept", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    const { code, of } = await examine(folder, { env: { GOLDBOX_BACKUPS: `${folder}/file` } });

    assertEquals([code, of("backups")?.status], [1, "fail"]);
  });
});

Deno.test("doctor names a damaged world and the record it is damaged by", async () => {
  await withSpine(async (folder) => {
    const [first] = await spineWorlds();
    assert(first !== undefined);
    const whole = await backUp(folder, 3_600_000);
    const database = new DatabaseSync(`${folder}/goldbox.kv`);
    const key = encodeKey(headKey({ type: "world", id: first.world }));
    const { changes } = database.prepare("UPDATE kv SET v = zeroblob(length(v)) WHERE k = ?").run(key);
    database.close();
    assertEquals(changes, 1);

    await backUp(folder, 1_000);
    const { code, of } = await examine(folder);

    assertEquals([code, of("records")?.status, of("worlds")?.status], [1, "fail", "fail"]);
    for (const id of ["records", "worlds"]) assertStringIncludes(of(id)?.what ?? "", `w/${first.world}/head`);
    assertEquals([of("backups")?.status, of("backups")?.todo?.includes(whole)], ["warn", true]);
  });
});

Deno.test("doctor looks at the newest backup: there, the file that was verified, young enough", async () => {
  await withSpine(async (folder) => {
    const { store: _, ...opened } = await openStore({
      directory: folder,
      version: "test",
      now: () => Date.now(),
      backUp: () => Promise.resolve("none, it is a test"),
    });
    await opened.close(true);
    assertEquals((await examine(folder, { args: ["--quick"] })).of("backups")?.status, "warn");

    const path = await backUp(folder, 3_600_000);
    const young = await examine(folder, { args: ["--quick"] });
    const old = await examine(folder, { args: ["--quick"], env: { GOLDBOX_BACKUP_EVERY: "5" } });
    await Deno.writeTextFile(`${folder}/backups/goldbox-other.kv`, "");
    await Deno.truncate(path, 1_000);
    const broken = await examine(folder, { args: ["--quick"] });

    assertEquals([young.of("backups")?.status, young.of("backup_files")], ["ok", undefined]);
    assertEquals([old.code, old.of("backups")?.status], [0, "warn"]);
    assertEquals([broken.code, broken.of("backups")?.status, broken.of("backup_files")?.status], [1, "fail", "warn"]);
  });
});

Deno.test("doctor asks a running server how it is, disturbs nothing of it, and fails when it does not answer", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/.probe-left`, "");
    const server = await startServer({ data: folder });
    try {
      const { code, of } = await examine(folder, { args: ["--fix"] });
      // On a busy machine it may say that its timers come late.
      assertEquals([code, of("server") === undefined, of("integrity")?.status], [0, false, "ok"]);
      assertStringIncludes(of("lock")?.what ?? "", String(server.pid));
      assert((await namesIn(folder)).includes(".probe-left"), "nothing is mended under a running server");
      assertEquals((await fetch(`${server.url}/ready`).then((response) => response.json())).ready, true);

      Deno.kill(server.pid, "SIGSTOP");
      const stopped = await examine(folder, { args: ["--quick"] });
      assertEquals([stopped.code, stopped.of("server")?.status], [1, "fail"]);
    } finally {
      Deno.kill(server.pid, "SIGCONT");
      assertEquals(await server.stop(), 0);
    }
  });
});
