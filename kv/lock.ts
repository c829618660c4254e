import type { DataPaths } from "./directory.ts";
import { StoreOwned } from "./errors.ts";

/** How long a lock held by nobody may take to arrive. */
const LOCK_WAIT_MS = 500;

/** The exclusive lock on a data directory; the kernel frees it when the process ends, also after SIGKILL. */
export interface DirectoryLock extends Disposable {
  /** Writes who holds it, for the message of whoever comes second. */
  note(text: string): Promise<void>;
}

/** Takes the lock or throws {@link StoreOwned} within half a second. */
export async function lockDirectory({ directory, lock }: DataPaths): Promise<DirectoryLock> {
  const file = await Deno.open(lock, { read: true, write: true, create: true });
  const wait = Promise.withResolvers<"late">();
  const timer = setTimeout(() => wait.resolve("late"), LOCK_WAIT_MS);
  const outcome = await Promise.race([file.lock(true), wait.promise]);
  clearTimeout(timer);
  if (outcome === "late") {
    // The file stays open: its lock is still being asked for, and the process is about to end.
    throw new StoreOwned(directory, await ownerName(lock));
  }
  return {
    async note(text) {
      await file.truncate(0);
      await file.seek(0, Deno.SeekMode.Start);
      await file.write(new TextEncoder().encode(`${text}\n`));
    },
    [Symbol.dispose]() {
      file.close();
    },
  };
}

async function ownerName(lock: string): Promise<string> {
  const text = (await Deno.readTextFile(lock).catch(() => "")).trim();
  return text === "" ? "another process" : `another process (${text.slice(0, 200)})`;
}
