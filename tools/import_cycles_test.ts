import { assertEquals } from "@std/assert";
import { repositoryFiles } from "./repository.ts";

const ROOT = new URL("../", import.meta.url);
const ROOMS = /^(engine|host|kv|routes|web|cli)\/.*\.tsx?$/;
/** Imports and exports that are there at run time; `import type` and `export type` are gone by then. */
const IMPORT = /(?:^|\n)\s*(?:import|export)\s+(?!type\s)(?:[^"';]*?\sfrom\s+)?"(\.[^"]+)"/g;

/** Who imports whom, by paths from the root. */
async function importsOf(paths: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const known = new Set(paths);
  const graph = new Map<string, readonly string[]>();
  for (const path of paths) {
    const file = new URL(path, ROOT);
    const text = await Deno.readTextFile(file);
    const targets = [...text.matchAll(IMPORT)].map(([, to = ""]) => new URL(to, file).href.slice(ROOT.href.length));
    graph.set(path, targets.filter((to) => known.has(to)));
  }
  return graph;
}

/** Groups of files that reach each other (Tarjan's strongly connected components with more than one member, or a file that imports itself). */
function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: (readonly string[])[] = [];
  function visit(file: string): void {
    order.set(file, order.size);
    low.set(file, order.get(file) ?? 0);
    stack.push(file);
    for (const to of graph.get(file) ?? []) {
      if (!order.has(to)) visit(to);
      if (stack.includes(to)) low.set(file, Math.min(low.get(file) ?? 0, low.get(to) ?? 0));
    }
    if (low.get(file) !== order.get(file)) return;
    const group = stack.splice(stack.indexOf(file)).sort();
    if (group.length > 1 || graph.get(file)?.includes(file)) found.push(group);
  }
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return found;
}

Deno.test("cyclesOf() finds a ring of files and leaves a tree alone", () => {
  const ring = new Map([["a", ["b"]], ["b", ["c"]], ["c", ["a", "d"]], ["d", []]]);

  assertEquals(cyclesOf(ring), [["a", "b", "c"]]);
  assertEquals(cyclesOf(new Map([["a", ["b", "c"]], ["b", ["c"]], ["c", []]])), []);
});

Deno.test("no file of the house imports itself by way of others", async () => {
  const paths = (await repositoryFiles(ROOT)).filter((path) => ROOMS.test(path));

  assertEquals(cyclesOf(await importsOf(paths)), []);
});
