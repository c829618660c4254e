/** A disk as slow as one wants: a library between a process and its fsync, told by a file how long to wait. */
const SOURCE = new URL("slow_fsync.c", import.meta.url);

export interface SlowDisk {
  /** Environment of the process whose fsync is delayed. */
  readonly env: Readonly<Record<string, string>>;
  /** From now on each fsync takes so much longer; what waits at the moment goes by this too. */
  delay(ms: number): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Compiles the library by `cc`; where there is none Debian's package is installed, if this user may. Throws with the reason
 * otherwise: a run without these tests is not a green run.
 */
export async function createSlowDisk(): Promise<SlowDisk> {
  const folder = await Deno.makeTempDir({ prefix: "goldbox-fsync-" });
  const library = `${folder}/slow_fsync.so`;
  const told = `${folder}/delay`;
  await Deno.writeTextFile(told, "0");
  const args = ["-shared", "-fPIC", "-O1", "-o", library, SOURCE.pathname, "-ldl"];
  const problem = await run("cc", args) && (await installCompiler() ?? await run("cc", args));
  if (problem) throw new Error(`Cannot slow the disk down as its library was not compiled (cc): ${problem}`);
  return {
    env: { LD_PRELOAD: library, FSYNC_DELAY_FILE: told },
    async delay(ms) {
      // Renamed into place: the library must never read an empty file.
      await Deno.writeTextFile(`${told}.next`, String(ms));
      await Deno.rename(`${told}.next`, told);
    },
    remove: () => Deno.remove(folder, { recursive: true }),
  };
}

async function installCompiler(): Promise<string | undefined> {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return "only root on Debian or Ubuntu can have it installed here";
  return await run("apt-get", ["update", "-q"]) ??
    await run("apt-get", ["install", "-q", "-y", "--no-install-recommends", "gcc", "libc6-dev"]);
}

/** Runs a program; what went wrong, if anything did. */
async function run(program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const command = new Deno.Command(program, {
      args: [...args],
      env: { DEBIAN_FRONTEND: "noninteractive" },
      stdin: "null",
      stdout: "null",
    });
    const { success, stderr } = await command.output();
    return success ? undefined : new TextDecoder().decode(stderr).trim().slice(-300) || `${program} failed`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
