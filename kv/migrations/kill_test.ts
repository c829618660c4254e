import { assert, assertEquals } from "@std/assert";
import { encodeValue } from "../codec.ts";
import { headKey, metaStoreKey } from "../keys.ts";
import { openStore } from "../open.ts";
import { readStoreForm } from "../store_form.ts";

/** Forty batches of the first step: time enough to meet it in the middle. */
const WORLDS = 2_000;
const WORLDS_PER_ATOMIC = 500;

async function oldStore(directory: string): Promise<readonly string[]> {
  const kv = await Deno.openKv(`${directory}/goldbox.kv`);
  const ids = Array.from({ length: WORLDS }, (_, i) => `w_${String(i).padStart(5, "0")}`);
  await kv.set(metaStoreKey, encodeValue({ id: "store", schema: 1, writtenBy: "0.1.0" }));
  for (let from = 0; from < WORLDS; from += WORLDS_PER_ATOMIC) {
    const atomic = kv.atomic();
    for (const id of ids.slice(from, from + WORLDS_PER_ATOMIC)) {
      const head = { n: 0, epoch: 1, commit: "c", seq: {}, state: 1, view: 1 };
      atomic.set(headKey({ type: "world", id }), encodeValue(head));
    }
    await atomic.commit();
  }
  kv.close();
  return ids;
}

Deno.test("a start killed in the middle of a migration is gone on from by the next, and every world is there", async () => {
  const directory = await Deno.makeTempDir({ prefix: "goldbox-killed-" });
  try {
    const ids = await oldStore(directory);
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--unstable-kv", new URL("../testing/migrate.ts", import.meta.url).pathname, directory],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    let over = false;
    void child.status.then(() => over = true);
    while (!over && (await readStoreForm(directory)).meta.migrating === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    assert(!over, "it was over before it could be killed");
    child.kill("SIGKILL");
    assertEquals((await child.status).signal, "SIGKILL");
    const { meta } = await readStoreForm(directory);
    assert(meta.migrating?.after !== undefined && meta.schema === 2, "it was not met in the middle");

    // No hook for a backup: it was made before the first batch.
    const opened = await openStore({ directory, existing: true, version: "test", now: () => Date.now() });
    const listed: string[] = [];
    for (let page = await opened.store.listWorlds(undefined, 700); page.length > 0;) {
      listed.push(...page);
      page = await opened.store.listWorlds(page.at(-1), 700);
    }
    await opened.close(true);

    assertEquals(listed, ids);
    const after = await readStoreForm(directory);
    const { before, migrating } = after.meta;
    assertEquals([after.ahead, migrating, before?.schema, before?.backup], [[], undefined, 1, "none"]);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
