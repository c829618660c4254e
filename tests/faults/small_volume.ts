/** Somewhere to put a data directory whose room can be used up and given back, by means of the kernel. */

/** A disk for one server. */
export interface SmallVolume {
  readonly path: string;
  /** Uses up all room there is. `pid` is the server's. */
  fill(pid: number): Promise<void>;
  free(pid: number): Promise<void>;
  /** What the server's command line has to begin with. */
  readonly prefix: readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
}

const FILLER_BYTES = 65_536;
/** Room a `limitedFiles` leaves to every file when it is full: none of those of a store is as short. */
const FULL_BYTES = 4_096;

async function run(program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { success, stderr } = await new Deno.Command(program, { args: [...args], stdout: "null" }).output();
    return success ? undefined : new TextDecoder().decode(stderr).trim();
  } catch (fault) {
    return String(fault);
  }
}

/** A volume of its own in memory. Undefined where this user may not mount one. */
export async function mountedVolume(bytes: number): Promise<SmallVolume | undefined> {
  const path = await Deno.makeTempDir({ prefix: "goldbox-volume-" });
  if (await run("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", path]) !== undefined) {
    await Deno.remove(path);
    return undefined;
  }
  const filler = `${path}/filler`;
  return {
    path,
    prefix: [],
    async fill() {
      using file = await Deno.open(filler, { append: true, create: true });
      const block = new Uint8Array(FILLER_BYTES);
      // Ever smaller pieces, until not even a block of the file system is left.
      for (let size = FILLER_BYTES; size >= FULL_BYTES;) {
        try {
          await file.write(block.subarray(0, size));
        } catch {
          size /= 2;
        }
      }
    },
    free: () => Deno.remove(filler),
    async [Symbol.asyncDispose]() {
      const fault = await run("umount", [path]);
      if (fault !== undefined) throw new Error(`Cannot unmount ${path}: ${fault}`);
      await Deno.remove(path);
    },
  };
}

/**
 * A directory in which nothing can be written once it is "full": the kernel lets no file of this one process grow or be
 * written beyond its first bytes (RLIMIT_FSIZE; its signal is ignored, so that writing fails as on a full disk). Needs no
 * right but to run `prlimit` on a process of the same user.
 */
export async function limitedFiles(): Promise<SmallVolume> {
  const path = await Deno.makeTempDir({ prefix: "goldbox-limited-" });
  const limit = async (pid: number, bytes: number | "unlimited") => {
    const fault = await run("prlimit", ["--pid", String(pid), `--fsize=${bytes}:`]);
    if (fault !== undefined) throw new Error(`Cannot limit the files of ${pid} by prlimit: ${fault}`);
  };
  return {
    path,
    prefix: ["bash", "-c", `trap "" XFSZ; exec "$@"`, "bash"],
    fill: (pid) => limit(pid, FULL_BYTES),
    free: (pid) => limit(pid, "unlimited"),
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}
