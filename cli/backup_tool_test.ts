import { assertEquals, assertRejects } from "@std/assert";
import { openStore } from "../kv/mod.ts";
import { createBackupTool } from "./backup_tool.ts";
import { StoreJobFailed } from "./run_store_job.ts";

Deno.test("a backup under way is given up when the disk runs short, leaves nothing, and can be made once there is room", async () => {
  const data = await Deno.makeTempDir({ prefix: "goldbox-tool-" });
  const opened = await openStore({ directory: data, version: "test", now: () => Date.now() });
  try {
    const tool = createBackupTool({ data, backups: "", backupKeep: [7, 4, 12] });

    const under = assertRejects(() => tool.create("command"), StoreJobFailed, "too little room");
    tool.room(false);
    await under;
    await assertRejects(() => tool.create("schedule"), StoreJobFailed, "too little room");
    assertEquals(await tool.list(), []);
    tool.room(true);
    const { file } = await tool.create("command");

    const names = await Array.fromAsync(Deno.readDir(`${data}/backups`), ({ name }) => name);
    assertEquals(names.toSorted(), [file, `${file}.json`]);
  } finally {
    await opened.close(true);
    await Deno.remove(data, { recursive: true });
  }
});
