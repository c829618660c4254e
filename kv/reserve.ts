import type { DataPaths } from "./directory.ts";

const CHUNK = 1_048_576;
/** Largest piece of chance the runtime gives at once. */
const RANDOM_BYTES = 65_536;

/**
 * Room on the disk that is kept by holding it: a file in the data directory. What free space there is cannot be asked
 * for with a server's permissions, but whether a file can grow can be tried, and a file that is made smaller gives room
 * at once when it is needed most.
 */
export interface Reserve {
  /** Bytes held. */
  readonly bytes: number;
  /** Grows up to this many bytes. False: there is no room for all of it, and what could be taken is held. */
  grow(to: number): Promise<boolean>;
  /** Gives back whatever is held above this many bytes. */
  shrink(to: number): Promise<void>;
}

/** The reserve of a data directory as an earlier run left it. Takes no room by itself. */
export async function openReserve({ reserve }: Pick<DataPaths, "reserve">): Promise<Reserve> {
  let bytes = await heldBytes(reserve);
  const block = incompressible();

  async function write(from: number, to: number): Promise<void> {
    using file = await Deno.open(reserve, { write: true, create: true });
    await file.seek(from, Deno.SeekMode.Start);
    for (let at = from; at < to;) {
      const wanted = block.subarray(0, Math.min(CHUNK, to - at));
      at += await file.write(wanted);
      bytes = at;
    }
  }

  return {
    get bytes() {
      return bytes;
    },
    async grow(to) {
      if (to <= bytes) return true;
      try {
        await write(bytes, to);
        return true;
      } catch {
        // No room, or no writing at all: either way there is nothing to hold. Half a block may have been written.
        bytes = await heldBytes(reserve);
        return false;
      }
    },
    async shrink(to) {
      if (bytes <= to) return;
      try {
        if (to === 0) await Deno.remove(reserve);
        else await Deno.truncate(reserve, to);
      } catch (fault) {
        if (!(fault instanceof Deno.errors.NotFound)) throw fault;
      } finally {
        bytes = await heldBytes(reserve);
      }
    },
  };
}

/** Gives the whole reserve back, for a start that finds no room to write. True: there was one. */
export async function freeReserve({ reserve }: Pick<DataPaths, "reserve">): Promise<boolean> {
  try {
    await Deno.remove(reserve);
    return true;
  } catch {
    return false; // none there, or a directory that cannot be changed: the caller's own writing says so
  }
}

async function heldBytes(path: string): Promise<number> {
  try {
    return (await Deno.stat(path)).size;
  } catch (fault) {
    if (fault instanceof Deno.errors.NotFound) return 0;
    throw fault;
  }
}

/** File systems that compress would store zeros as nothing. */
function incompressible(): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(CHUNK);
  for (let at = 0; at < CHUNK; at += RANDOM_BYTES) crypto.getRandomValues(block.subarray(at, at + RANDOM_BYTES));
  return block;
}
