/**
 * Builds the store's worker into `dist/server/store_worker.js`: one file, because a worker may import only what the
 * program may read, and a server may read its assets but not its sources. The first line says what it was made from.
 */
const ROOT = new URL("../", import.meta.url);
const ENTRY = "cli/store_worker.ts";
const OUTPUT = new URL("dist/server/store_worker.js", ROOT);
const SOURCES = ["cli", "engine", "host", "kv", "tools/build_worker.ts", "deno.json"];

/** Builds unless the last build was made from the same sources. Returns whether it built. */
export async function buildWorkerIfStale(): Promise<boolean> {
  const mark = `// sources ${await sourcesHash()}\n`;
  if ((await Deno.readTextFile(OUTPUT).catch(() => "")).startsWith(mark)) return false;
  await Deno.mkdir(new URL(".", OUTPUT), { recursive: true });
  const part = new URL(`store_worker-${crypto.randomUUID()}.js`, OUTPUT);
  try {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["bundle", "--platform", "deno", "--output", part.pathname, ENTRY],
      cwd: ROOT,
      stdout: "null",
      stderr: "piped",
    }).output();
    if (code !== 0) throw new Error(`Cannot bundle ${ENTRY}:\n${new TextDecoder().decode(stderr)}`);
    await Deno.writeTextFile(part, mark + await Deno.readTextFile(part));
    // By rename: another build may be doing the same, and a server may be reading the old one.
    await Deno.rename(part, OUTPUT);
    return true;
  } finally {
    await Deno.remove(part).catch(() => undefined);
  }
}

async function sourcesHash(): Promise<string> {
  const lines: string[] = [];
  for (const source of SOURCES) {
    for (const path of (await listFiles(source)).sort()) {
      if (!path.endsWith("_test.ts")) lines.push(`${path} ${await sha256(await Deno.readFile(new URL(path, ROOT)))}`);
    }
  }
  return await sha256(new TextEncoder().encode(lines.join("\n")));
}

async function listFiles(path: string): Promise<string[]> {
  if ((await Deno.stat(new URL(path, ROOT))).isFile) return [path];
  const found: string[] = [];
  for await (const entry of Deno.readDir(new URL(path, ROOT))) {
    found.push(...(entry.isDirectory ? await listFiles(`${path}/${entry.name}`) : [`${path}/${entry.name}`]));
  }
  return found;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

if (import.meta.main) console.log(await buildWorkerIfStale() ? "Built dist/server" : "dist/server is up to date");
