import { fail, type Finding, mib, span, warn, well } from "./finding.ts";

/** Descriptors a server needs beside its sockets. */
const KEPT = 64;
/** File systems across a network, and those that pass calls on to something unknown, by their magic number (statfs(2)). */
const FOREIGN: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff534d42, "CIFS"],
  [0xfe534d42, "SMB2"],
  [0x01021997, "9P"],
  [0x00c36400, "CephFS"],
  [0x5346414f, "AFS"],
  [0x65735546, "FUSE"],
]);
/** A write that has reached a medium takes longer than this, and one that takes longer than that is felt by players. */
const SYNC_FAST_MS = 0.02;
const SYNC_SLOW_MS = 20;
const CLOCK_LEAST = Date.UTC(2025, 0, 1);
/** Stamps may be this far ahead of a clock that is well. */
const CLOCK_AHEAD_MS = 60_000;

/** Files the server may have open, `limit` of them; undefined: it cannot be asked. */
export function judgeDescriptors(limit: number | undefined, connections: number): Finding {
  const id = "descriptors";
  const needed = connections + KEPT;
  if (limit === undefined) {
    return well(
      id,
      `How many files may be open cannot be asked with these permissions; ${needed} are needed (ulimit -n)`,
    );
  }
  if (limit >= needed) return well(id, `${limit} files may be open, ${needed} are needed at most`);
  const fitting = Math.max(1, limit - KEPT);
  return warn(
    id,
    `${limit} files may be open, but ${connections} connections need ${needed}`,
    `Raise the limit (ulimit -n, LimitNOFILE=), or set GOLDBOX_MAX_CONNECTIONS to ${fitting}`,
  );
}

/**
 * Room on the disk: `free` bytes, undefined where it cannot be asked; `held` are kept by the server and count as room.
 * Where one is running it looks itself and says so in its health.
 */
export function judgeSpace(
  { free, held, warnAt, stopAt, running }: {
    readonly free: number | undefined;
    readonly held: number;
    readonly warnAt: number;
    readonly stopAt: number;
    readonly running: boolean;
  },
): Finding {
  const id = "disk_space";
  const todo = "Free space or enlarge the disk; play goes on by itself";
  if (free === undefined) {
    if (running) {
      return well(id, `The running server looks after it and holds ${mib(held)}; "server" above says how it is`);
    }
    if (held >= warnAt) return well(id, `The server keeps ${mib(held)} for itself, so there is room`);
    return warn(
      id,
      `How much is free cannot be asked with these permissions, and of ${mib(warnAt)} to keep ${mib(held)} are held`,
      "Look with `df`; a server takes what it keeps within a few minutes of its start, where there is room",
    );
  }
  const room = free + held;
  if (room < stopAt) return fail(id, `${mib(room)} are left: the server is read only`, todo);
  if (room < warnAt) return warn(id, `${mib(room)} are left: no new worlds`, todo);
  return well(id, `${mib(free)} are free${held > 0 ? `, ${mib(held)} more are kept` : ""}`);
}

/** The clock against the newest stamp in the data directory (ms since 1970). */
export function judgeClock(now: number, newest: number): Finding {
  const id = "clock";
  const todo = "Set the clock (timedatectl); stamps in the logs never fall, so until it has caught up all look alike";
  if (now < CLOCK_LEAST) return fail(id, `The clock says ${new Date(now).toISOString()}`, todo);
  const ahead = newest - now;
  if (ahead > CLOCK_AHEAD_MS) return warn(id, `The store was written ${span(ahead)} in the future of this clock`, todo);
  return well(id, "The clock is not behind what is stored");
}

/** Half of the writes took less than `median` ms to reach the disk. */
export function judgeSync(median: number): Finding {
  const id = "fsync";
  const time = median < 1 ? `${Math.round(median * 1_000)} µs` : `${median.toFixed(1)} ms`;
  if (median < SYNC_FAST_MS) {
    return warn(
      id,
      `A synced write takes ${time}, which no disk can do: it lies in memory, or the disk says so too early`,
      "Put the data directory on a real disk, and switch write caches without a battery off: a power cut loses moves",
    );
  }
  if (median > SYNC_SLOW_MS) {
    return warn(
      id,
      `A synced write takes ${time}: every answer waits for it`,
      "Use a faster disk, or a volume of this machine",
    );
  }
  return well(id, `A synced write takes ${time}`);
}

/** The file system by its magic number; undefined: it cannot be asked. */
export function judgeFileSystem(magic: number | undefined): Finding {
  const id = "file_system";
  if (magic === undefined) return well(id, "Which file system it is cannot be asked with these permissions");
  const name = FOREIGN.get(magic);
  if (name === undefined) return well(id, "The file system is one of this machine");
  return warn(
    id,
    `The data directory lies on ${name}: locks and synced writes cannot be relied on there`,
    "Move it to a disk of this machine",
  );
}
