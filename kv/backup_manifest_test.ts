import { assertRejects } from "@std/assert";
import { BackupUnusable, readManifest } from "./backup_manifest.ts";

Deno.test("readManifest() tells a file that is not there from a copy that was never verified", async () => {
  const directory = await Deno.makeTempDir({ prefix: "goldbox-manifest-" });
  try {
    await Deno.writeTextFile(`${directory}/copy.kv`, "");

    await assertRejects(() => readManifest(`${directory}/copy.kv`), BackupUnusable, "it has no manifest");
    await assertRejects(() => readManifest(`${directory}/slip.kv`), BackupUnusable, "there is no such file");
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
