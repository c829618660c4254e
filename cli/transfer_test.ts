import { assert, assertRejects } from "@std/assert";
import { gunzipSync, gzipSync } from "node:zlib";
import { exportWorld } from "../host/export_world.ts";
import { command, guest, newWorld, resultOf, testHost } from "../host/host_fixture.ts";
import { smallRules } from "../host/small_rules_fixture.ts";
import { memoryCells } from "../kv/memory_cells.ts";
import { STEADY } from "../kv/pace.ts";
import { ensureSigningKey, readSigningKey } from "../kv/signing_key.ts";
import { WorldFileUnusable, writeWorldFile } from "../kv/world_file.ts";
import { prepareImport } from "./transfer.ts";

Deno.test("a file that was changed is refused as changed, also where its lines no longer follow from each other", async () => {
  const folder = await Deno.makeTempDir({ prefix: "goldbox-transfer-" });
  try {
    const [file, out] = [`${folder}/one.goldbox`, `${folder}/one.lines`];
    await writePlayed(file);
    const lines = gunzipSync(await Deno.readFile(file)).toString().trimEnd().split("\n");
    const at = lines.findIndex((line) => line.includes('"n":9,'));
    assert(at > 0);
    const harms = [
      lines.toSpliced(at, 1),
      lines.toSpliced(at, 0, lines[at] ?? ""),
      lines.map((line, i) => i === at ? line.replace('"n":9,', '"n":8,') : line),
    ];
    for (const harm of harms) {
      await Deno.writeFile(file, new Uint8Array(gzipSync(harm.map((line) => `${line}\n`).join(""))));
      const request = { file, out, world: "w_fresh", invite: "fresh" };
      await assertRejects(() => prepareImport(request, smallRules(), STEADY), WorldFileUnusable);
      await assertRejects(() => Deno.stat(out), Deno.errors.NotFound);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function writePlayed(file: string): Promise<void> {
  const { host, store } = testHost();
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  for (let cseq = 1; cseq <= 20; cseq++) resultOf(await host.submit(ada, command(world, cseq)));
  await host.stop();
  const cells = memoryCells();
  await ensureSigningKey(cells);
  const key = await readSigningKey(cells);
  assert(key !== undefined);
  const more = { exportedAt: 1, version: "0.1.0", store: "there", pace: STEADY };
  await writeWorldFile(file, exportWorld(store, smallRules(), world, more), key);
}
