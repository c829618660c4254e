/** Prints the ten longest source files: a hint in review that a file may hold a second idea. */
const ROOMS = ["main.ts", "cli", "engine", "host", "kv", "routes", "web", "tests", "tools"];
const ROOT = new URL("../", import.meta.url);

async function* sources(path: string): AsyncIterable<string> {
  if (/\.tsx?$/.test(path)) {
    yield path;
    return;
  }
  try {
    for await (const entry of Deno.readDir(new URL(path, ROOT))) yield* sources(`${path}/${entry.name}`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotADirectory || error instanceof Deno.errors.NotFound)) throw error;
  }
}

const lengths: { path: string; lines: number }[] = [];
for (const room of ROOMS) {
  for await (const path of sources(room)) {
    lengths.push({ path, lines: (await Deno.readTextFile(new URL(path, ROOT))).split("\n").length - 1 });
  }
}
lengths.sort((a, b) => b.lines - a.lines);
for (const { path, lines } of lengths.slice(0, 10)) console.log(`${String(lines).padStart(6)}  ${path}`);
console.log(`median ${lengths[Math.floor(lengths.length / 2)]?.lines ?? 0} lines over ${lengths.length} files`);
