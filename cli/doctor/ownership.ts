import type { DataPaths } from "../../kv/directory.ts";
import { readStarts } from "../../kv/starts.ts";
import { fail, type Finding, warn, well } from "./finding.ts";
import { type Owner, type Setting, statOf } from "./setting.ts";

const LOCK_WAIT_MS = 500;
const HEALTH_MS = 5_000;
const LOOP_STARTS = 3;
const LOOP_MS = 60_000;
const LONGEST_HEALTH = 20_000;

/**
 * Who owns the data directory. Asks for its lock as a server would, and where nobody has it keeps it until the process
 * ends, so that no server starts under the examination. Where there is no lock file there is no server, and none is made.
 */
export async function findOwner({ lock }: DataPaths): Promise<Owner & { readonly release: () => void }> {
  if (await statOf(lock) === undefined) return { running: false, release: () => {} };
  const file = await Deno.open(lock, { read: true, write: true });
  if (await tryLock(file)) return { running: false, release: () => file.close() };
  const note = (await Deno.readTextFile(lock).catch(() => "")).trim().slice(0, 200);
  const address = /\bat (https?:\/\/\S+)$/.exec(note)?.[1];
  return { running: true, note: note === "" ? "another process" : note, address, release: () => file.close() };
}

/** An older Deno can only wait for a lock; what still waits is let go when the process ends. */
async function tryLock(file: Deno.FsFile): Promise<boolean> {
  if ("tryLock" in file) return await file.tryLock(true);
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), LOCK_WAIT_MS);
  const locked: FsFileWithLock = file;
  try {
    return await Promise.race([locked.lock(true).then(() => true as const), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

interface FsFileWithLock {
  lock(exclusive: boolean): Promise<void>;
}

export function checkLock(owner: Owner): Finding {
  return well("lock", owner.running ? `A server is running: ${owner.note}` : "No server is running");
}

/** How the last starts ended. */
export async function checkStarts({ paths, now }: Setting, owner: Owner): Promise<Finding> {
  const id = "starts";
  // A running server has counted itself, as unclean until it stops.
  const starts = (await readStarts(paths.starts)).slice(0, owner.running ? -1 : undefined);
  const newest = starts.slice(-LOOP_STARTS);
  if (newest.length === LOOP_STARTS && newest.every(({ at, clean }) => !clean && now - at < LOOP_MS)) {
    return fail(id, "The last three starts ended at once", "Read the server's log, and `integrity` below");
  }
  const last = starts.at(-1);
  if (last === undefined) return well(id, "No server has run here before");
  if (last.clean) return well(id, "The last server stopped cleanly");
  if (owner.running) return well(id, "The server before this one was cut off; the file was checked at the start");
  return well(id, "The last server was cut off; the next start checks the file");
}

/** What a running server says of itself. */
export async function checkServer(owner: Owner): Promise<Finding | undefined> {
  if (!owner.running) return undefined;
  const id = "server";
  if (owner.address === undefined) {
    return warn(id, "The running server has not noted where it listens", "Look again in a moment");
  }
  try {
    const response = await fetch(`${owner.address}/health`, { signal: AbortSignal.timeout(HEALTH_MS) });
    const { status, notes } = readHealth(await response.text());
    if (status === "healthy") return well(id, `The server at ${owner.address} is healthy`);
    const what = `The server at ${owner.address} is ${status}: ${notes.join("; ")}`;
    const todo = "See docs/OPERATIONS.md for each of them";
    return status === "degraded" ? warn(id, what, todo) : fail(id, what, todo);
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault);
    return fail(
      id,
      `The server owns the directory but does not answer at ${owner.address}: ${why}`,
      "Read its log; if it hangs, end it with SIGKILL: nothing acknowledged is lost by that",
    );
  }
}

function readHealth(text: string): { readonly status: string; readonly notes: readonly string[] } {
  const body: unknown = JSON.parse(text.slice(0, LONGEST_HEALTH));
  if (typeof body !== "object" || body === null || !("status" in body)) throw new TypeError("it says something else");
  const checks: readonly unknown[] = "checks" in body && Array.isArray(body.checks) ? body.checks : [];
  const notes = checks.flatMap((check) =>
    typeof check === "object" && check !== null && "name" in check && "note" in check && "status" in check &&
      check.status !== "ok"
      ? [`${String(check.name)} ${String(check.note)}`]
      : []
  );
  return { status: String(body.status), notes };
}
