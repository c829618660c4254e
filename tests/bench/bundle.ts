/** Compressed size of what a browser has to run to play; the worker that checks dice is loaded by its own page alone. */
const WEB = new URL("../../dist/web/", import.meta.url);

/** Kilobytes (1,000 bytes) of all scripts of the built client, as brotli packed them at build time. */
export async function clientBytes(): Promise<number> {
  let bytes = 0;
  for (const path of await packedScripts(WEB)) bytes += (await Deno.stat(path)).size;
  return Math.round(bytes / 100) / 10;
}

async function packedScripts(folder: URL): Promise<readonly URL[]> {
  const out: URL[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = new URL(entry.isDirectory ? `${entry.name}/` : entry.name, folder);
    if (entry.isDirectory) out.push(...await packedScripts(path));
    else if (entry.name.endsWith(".js.br") && !entry.name.startsWith("dice-")) out.push(path);
  }
  return out;
}
