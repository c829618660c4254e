const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"] as const;

/**
 * The browser the tests drive: `CHROMIUM_PATH`, else one on the PATH, else Debian's package where this user may install
 * it. Throws with the reason otherwise: a run without the browser tests is not a green run.
 */
export async function findChromium(): Promise<string> {
  const given = Deno.env.get("CHROMIUM_PATH");
  if (given) {
    if (await isFile(given)) return given;
    throw new Error(`Cannot run the browser tests as CHROMIUM_PATH names no file: ${given}`);
  }
  const present = await onPath();
  if (present !== undefined) return present;

  const problem = await install();
  const installed = await onPath();
  if (installed !== undefined) return installed;
  throw new Error(
    `Cannot run the browser tests as there is no Chromium: set CHROMIUM_PATH or install one (${problem})`,
  );
}

async function onPath(): Promise<string | undefined> {
  for (const folder of (Deno.env.get("PATH") ?? "").split(":")) {
    for (const name of NAMES) if (folder !== "" && await isFile(`${folder}/${name}`)) return `${folder}/${name}`;
  }
  return undefined;
}

async function install(): Promise<string> {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return "only root on Debian or Ubuntu can have it installed here";
  console.error("Installing chromium by apt-get");
  for (const args of [["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", "chromium"]]) {
    try {
      const env = { DEBIAN_FRONTEND: "noninteractive" };
      const { code, stderr } = await new Deno.Command("apt-get", { args, env, stdin: "null", stdout: "null" }).output();
      if (code !== 0) return `apt-get ${args[0]} failed: ${new TextDecoder().decode(stderr).trim().slice(-300)}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
  return "apt-get installed no chromium";
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch {
    return false; // absent or out of reach: either way it is none we can start
  }
}
