/** Limits the system sets the process, as far as it may look at them: a server's permissions do not include these files. */

/** Descriptors kept for the store, the listener, files and requests. */
const KEPT = 64;
const LEAST = 8;
const MIB = 1_048_576;

/** Connections that fit below the limit of open files; `asked` where that is lower or unknown. */
export function connectionLimit(asked: number, read: (path: string) => string): number {
  const files = /^Max open files\s+(\d+)/m.exec(tryRead("/proc/self/limits", read))?.[1];
  return files === undefined ? asked : Math.min(asked, Math.max(LEAST, Number(files) - KEPT));
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
