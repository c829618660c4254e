import { assert, assertEquals } from "@std/assert";
import { STEADY } from "./pace.ts";
import { openStore } from "./open.ts";
import { openStoreCopy } from "./store_copy.ts";

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

/** Locks this process holds on a file. */
async function locksOn(path: string): Promise<number> {
  const { ino } = await Deno.stat(path);
  const lines = (await Deno.readTextFile("/proc/locks")).split("\n");
  return lines.filter((line) => line.includes(` ${Deno.pid} `) && line.includes(`:${ino} `)).length;
}
