/** What the machine can be asked, as far as this program's permissions go: undefined is "nobody knows". */
import * as fs from "node:fs/promises";
import { tryDescriptors } from "../limits.ts";
import { PROBE_PREFIX } from "../../kv/directory.ts";

const SYNCS = 21;
const SYNC_BYTES = 4_096;

export interface FileSystem {
  readonly free: number;
  readonly magic: number;
}

/** Asks the file system. Needs `--allow-sys`, which a server has not, and a Deno newer than 2.4. */
export async function askFileSystem(directory: string): Promise<FileSystem | undefined> {
  try {
    const { bavail, bsize, type } = await fs.statfs(directory);
    return { free: bavail * bsize, magic: type };
  } catch {
    return undefined;
  }
}

/**
 * Files a process may have open: of process `pid` where its limits can be read, which takes every permission there is;
 * else this one tries, up to `enough`.
 */
export function countDescriptors(pid: number | undefined, file: string, enough: number): number | undefined {
  for (const which of pid === undefined ? ["self"] : [pid, "self"]) {
    try {
      const limits = Deno.readTextFileSync(`/proc/${which}/limits`);
      const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
      if (soft !== undefined) return Number(soft);
    } catch {
      // Not permitted, or another system.
    }
  }
  return pid === undefined ? tryDescriptors(file, enough) : undefined;
}

/** Median ms of a small write that has reached the disk; undefined where nothing can be written. */
export function measureSync(directory: string): number | undefined {
  const path = `${directory}/${PROBE_PREFIX}sync-${crypto.randomUUID()}`;
  const times: number[] = [];
  try {
    using file = Deno.openSync(path, { write: true, createNew: true });
    const block = new Uint8Array(SYNC_BYTES);
    for (let i = 0; i < SYNCS; i++) {
      const began = performance.now();
      file.writeSync(block);
      file.syncDataSync();
      times.push(performance.now() - began);
    }
  } catch {
    return undefined;
  } finally {
    try {
      Deno.removeSync(path);
    } catch {
      // It was never made.
    }
  }
  return times.toSorted((a, b) => a - b)[SYNCS >> 1];
}
