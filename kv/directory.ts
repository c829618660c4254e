import { DirectoryUnusable } from "./errors.ts";

/** Names inside the data directory. */
export interface DataPaths {
  readonly directory: string;
  readonly store: string;
  readonly lock: string;
  readonly starts: string;
}

export function dataPaths(directory: string): DataPaths {
  const inside = (name: string) => `${directory}/${name}`;
  return { directory, store: inside("goldbox.kv"), lock: inside("lock"), starts: inside("starts.json") };
}

/** Makes the data directory when absent and proves by writing that it can be written. Throws {@link DirectoryUnusable}. */
export async function checkDirectory({ directory }: DataPaths): Promise<void> {
  if (directory === "") throw new DirectoryUnusable(directory, "no directory is given");
  try {
    await Deno.mkdir(directory, { recursive: true });
    if (!(await Deno.stat(directory)).isDirectory) throw new DirectoryUnusable(directory, "it is no directory");
    const probe = `${directory}/.probe-${crypto.randomUUID()}`;
    await Deno.writeTextFile(probe, "");
    await Deno.remove(probe);
  } catch (cause) {
    if (cause instanceof DirectoryUnusable) throw cause;
    throw new DirectoryUnusable(directory, `it cannot be written (${reason(cause)})`, { cause });
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

function reason(cause: unknown): string {
  if (cause instanceof Deno.errors.PermissionDenied) return "permission denied";
  if (cause instanceof Deno.errors.NotADirectory || cause instanceof Deno.errors.AlreadyExists) return "it is a file";
  return cause instanceof Error ? cause.name : "unknown fault";
}
