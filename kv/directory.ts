import { DirectoryUnusable } from "./errors.ts";
import { freeReserve } from "./reserve.ts";

/** Begins the name of a file that only shows whether writing works; one that stays was left by a crash. */
export const PROBE_PREFIX = ".probe-";
/** Enough that a full disk has no room for it. */
const PROBE_BYTES = 65_536;

/** Names inside the data directory. */
export interface DataPaths {
  readonly directory: string;
  readonly store: string;
  readonly lock: string;
  readonly starts: string;
  /** Room held for when the disk is full. */
  readonly reserve: string;
}

export function dataPaths(directory: string): DataPaths {
  const inside = (name: string) => `${directory}/${name}`;
  return {
    directory,
    store: inside("goldbox.kv"),
    lock: inside("lock"),
    starts: inside("starts.json"),
    reserve: inside("reserve"),
  };
}

/** Makes the data directory when absent, for this user alone, and proves by writing that it can be written. Throws {@link DirectoryUnusable}. */
export async function checkDirectory(paths: DataPaths): Promise<void> {
  const { directory } = paths;
  if (directory === "") throw new DirectoryUnusable(directory, "no directory is given");
  try {
    await Deno.mkdir(directory, { recursive: true, mode: 0o700 });
    if (!(await Deno.stat(directory)).isDirectory) throw new DirectoryUnusable(directory, "it is no directory");
    await probeWriting(paths);
  } catch (cause) {
    if (cause instanceof DirectoryUnusable) throw cause;
    throw new DirectoryUnusable(directory, `it cannot be written (${reason(cause)})`, { cause });
  }
}

/**
 * Refuses a store that is another user's, such as one restored as root: it is not damaged, though SQLite cannot open it.
 * Only for who has the lock and has not opened the store yet, since closing its file lets go of the process's locks on it.
 */
export async function checkMayWrite({ directory, store }: DataPaths): Promise<void> {
  try {
    (await Deno.open(store, { read: true, write: true })).close();
  } catch (cause) {
    if (!(cause instanceof Deno.errors.PermissionDenied)) throw cause;
    throw new DirectoryUnusable(directory, "its goldbox.kv belongs to another user or is read-only", { cause });
  }
}

/** Refuses a directory without a store in it, and leaves it as it is. Throws {@link DirectoryUnusable}. */
export async function checkHasStore({ directory, store }: DataPaths): Promise<void> {
  try {
    await Deno.stat(store);
  } catch (cause) {
    const why = cause instanceof Deno.errors.NotFound ? "it holds no store" : `it cannot be read (${reason(cause)})`;
    throw new DirectoryUnusable(directory, why, { cause });
  }
}

/** Writes a little and takes it away again. Where the disk is full, the room held for this case is given back first. */
async function probeWriting(paths: DataPaths): Promise<void> {
  const probe = `${paths.directory}/${PROBE_PREFIX}${crypto.randomUUID()}`;
  const write = () => Deno.writeFile(probe, new Uint8Array(PROBE_BYTES));
  try {
    try {
      await write();
    } catch (fault) {
      if (!(await freeReserve(paths))) throw fault;
      await write();
    }
  } finally {
    await Deno.remove(probe).catch(() => undefined);
  }
}

function reason(cause: unknown): string {
  if (cause instanceof Deno.errors.PermissionDenied) return "permission denied";
  if (cause instanceof Deno.errors.NotADirectory || cause instanceof Deno.errors.AlreadyExists) return "it is a file";
  if (cause instanceof Error && "code" in cause) {
    if (cause.code === "ENOSPC") return "the disk is full";
    if (cause.code === "EROFS") return "the file system is read-only";
  }
  return cause instanceof Error ? cause.name : "unknown fault";
}
