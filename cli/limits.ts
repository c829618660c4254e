/** Limits the system sets the process, as far as it may look at them: a server's permissions do not include these files. */

/** Descriptors kept for the store, the listener, files and requests. */
const KEPT = 64;
const LEAST = 8;
/** So many are tried at most: a start must not wait for it, and systems allow a few thousand or very many. */
const TRIED = 4_200;
const MIB = 1_048_576;

/**
 * Connections that fit below the limit of open files; `asked` where that is lower or unknown. Reading the limit takes
 * every permission there is, so `tryFiles` tells where it cannot be read: how many files more can be open, up to so many.
 */
export function connectionLimit(
  asked: number,
  read: (path: string) => string,
  tryFiles: (enough: number) => number | undefined,
): number {
  const told = /^Max open files\s+(\d+)/m.exec(tryRead("/proc/self/limits", read))?.[1];
  const enough = Math.min(asked + KEPT, TRIED);
  const files = told === undefined ? tryFiles(enough) : Number(told);
  if (files === undefined || (told === undefined && files >= enough)) return asked;
  return Math.min(asked, Math.max(LEAST, files - KEPT));
}

/** Opens a file again and again, until there are enough or no more can be had. Takes some 15 µs each. */
export function tryDescriptors(path: string, enough: number): number | undefined {
  const open: Deno.FsFile[] = [];
  try {
    while (open.length < enough) open.push(Deno.openSync(path));
    return enough;
  } catch (fault) {
    return fault instanceof Error && "code" in fault && fault.code === "EMFILE" ? open.length : undefined;
  } finally {
    for (const file of open) file.close();
  }
}

/** Bytes the process may have: `asked` (MiB), else what its control group says, else 0 for no limit. */
export function memoryLimit(asked: number, read: (path: string) => string): number {
  if (asked > 0) return asked * MIB;
  const group = tryRead("/sys/fs/cgroup/memory.max", read).trim();
  return /^\d+$/.test(group) ? Number(group) : 0;
}

function tryRead(path: string, read: (path: string) => string): string {
  try {
    return read(path);
  } catch {
    // Not permitted, or another system: then nobody knows.
    return "";
  }
}
