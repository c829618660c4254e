import { assertEquals, assertStringIncludes } from "@std/assert";
import { judgeClock, judgeDescriptors, judgeFileSystem, judgeSpace, judgeSync } from "./machine.ts";
import { askFileSystem, countDescriptors, measureSync } from "./measures.ts";
import { tryDescriptors } from "../limits.ts";

const MIB = 1_048_576;

Deno.test("too few descriptors are a warning that says how many connections would fit", () => {
  assertEquals(judgeDescriptors(20_000, 10_000).status, "ok");
  assertEquals(judgeDescriptors(undefined, 10_000).status, "ok");
  const few = judgeDescriptors(1_024, 10_000);
  assertEquals(few.status, "warn");
  assertStringIncludes(few.todo ?? "", "GOLDBOX_MAX_CONNECTIONS to 960");
});

Deno.test("disk space is judged by what is free and what is held together, or by what is held alone", () => {
  const at = { running: false, held: 0, warnAt: 256 * MIB, stopAt: 64 * MIB };
  const of = (free: number | undefined, held = 0) => judgeSpace({ ...at, free, held }).status;

  assertEquals([of(1_000 * MIB), of(200 * MIB), of(50 * MIB)], ["ok", "warn", "fail"]);
  assertEquals([of(10 * MIB, 256 * MIB), of(10 * MIB, 64 * MIB), of(1 * MIB, 0)], ["ok", "warn", "fail"]);
  assertEquals([of(undefined, 256 * MIB), of(undefined, 64 * MIB)], ["ok", "warn"]);
  assertEquals(judgeSpace({ ...at, running: true, free: undefined }).status, "ok");
});

Deno.test("a clock that stands before what is stored is a warning, one from another age a failure", () => {
  const now = Date.UTC(2026, 10, 22);

  assertEquals(judgeClock(now, now + 1_000).status, "ok");
  assertEquals(judgeClock(now, now + 3_600_000).status, "warn");
  assertEquals(judgeClock(0, 0).status, "fail");
});

Deno.test("a synced write that is too fast to be true, or felt by players, is a warning", () => {
  assertEquals([0.004, 0.2, 5, 50].map((ms) => judgeSync(ms).status), ["warn", "ok", "ok", "warn"]);
});

Deno.test("a file system across a network is a warning", () => {
  assertEquals([0xef53, 0x6969, undefined].map((magic) => judgeFileSystem(magic).status), ["ok", "warn", "ok"]);
  assertStringIncludes(judgeFileSystem(0x6969).what, "NFS");
});

Deno.test("measures tell what is so, and undefined where nobody can know", async () => {
  const directory = await Deno.makeTempDir({ prefix: "goldbox-measures-" });
  try {
    await Deno.writeTextFile(`${directory}/file`, "");

    assertEquals(tryDescriptors(`${directory}/file`, 50), 50);
    assertEquals(tryDescriptors(`${directory}/none`, 50), undefined);
    assertEquals((countDescriptors(undefined, `${directory}/file`, 50) ?? 0) >= 50, true);
    assertEquals(((await askFileSystem(directory))?.free ?? 0) > 0, true);
    assertEquals(await askFileSystem(`${directory}/none`), undefined);
    assertEquals((measureSync(directory) ?? 0) > 0, true);
    assertEquals(measureSync(`${directory}/none`), undefined);
    assertEquals(await Array.fromAsync(Deno.readDir(directory), ({ name }) => name), ["file"]);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
