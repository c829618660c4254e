/** The files of a store in its data directory, copied and checkpointed as these tests need them. */
import { DatabaseSync } from "node:sqlite";

export const FILES = {
  store: "goldbox.kv",
  wal: "goldbox.kv-wal",
  shm: "goldbox.kv-shm",
  starts: "starts.json",
} as const;

/** Copies what makes up a store. The index of the WAL is left out: whoever opens the store makes it anew. */
export async function copyStore(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for (const file of [FILES.store, FILES.wal, FILES.starts]) {
    try {
      await Deno.copyFile(`${from}/${file}`, `${to}/${file}`);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

/** A copy whose WAL was written back into the main file but still stands there whole, as between checkpoint and next write. */
export async function copyCheckpointed(from: string, to: string): Promise<void> {
  await copyStore(from, `${to}-tmp`);
  const path = `${to}-tmp/${FILES.store}`;
  const database = new DatabaseSync(path);
  database.exec("PRAGMA wal_checkpoint(PASSIVE)");
  await copyStore(`${to}-tmp`, to);
  database.close();
  await Deno.remove(`${to}-tmp`, { recursive: true });
}

/** A copy as after a polite stop: everything in the main file, and no WAL. */
export async function copyStopped(from: string, to: string): Promise<void> {
  await copyStore(from, to);
  const database = new DatabaseSync(`${to}/${FILES.store}`);
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
  await Deno.remove(`${to}/${FILES.wal}`).catch(() => undefined);
  await Deno.writeTextFile(
    `${to}/${FILES.starts}`,
    JSON.stringify({ starts: [{ at: 1_795_334_400_000, clean: true }] }),
  );
}
