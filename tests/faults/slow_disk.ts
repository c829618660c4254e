/** A disk as slow as one wants: a library between a process and its fsync, told by a file how long to wait. */
const SOURCE = new URL("slow_fsync.c", import.meta.url);

export interface SlowDisk {
  /** Environment of the process whose fsync is delayed. */
  readonly env: Readonly<Record<string, string>>;
  /** From now on each fsync takes so much longer; what waits at the moment goes by this too. */
  delay(ms: number): Promise<void>;
  remove(): Promise<void>;
}

/** Compiles the library. Throws with the reason where there is no C compiler: the test is not green then. */
export async function createSlowDisk(): Promise<SlowDisk> {
  const folder = await Deno.makeTempDir({ prefix: "goldbox-fsync-" });
  const library = `${folder}/slow_fsync.so`;
  const told = `${folder}/delay`;
  await Deno.writeTextFile(told, "0");
  const args = ["-shared", "-fPIC", "-O1", "-o", library, SOURCE.pathname, "-ldl"];
  const { success, stderr } = await new Deno.Command("cc", { args }).output().catch((error) => {
    throw new Error(`Cannot slow the disk down as there is no C compiler (gcc): ${error}`);
  });
  if (!success) throw new Error(`Cannot slow the disk down: ${new TextDecoder().decode(stderr)}`);
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
