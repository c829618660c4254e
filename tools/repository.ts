const SKIPPED = new Set([".git", "node_modules", "dist", "coverage", "data", ".artifacts"]);

/** Every file of the working tree that is ours, as a path from the root. What is built, fetched or stored is left out. */
export async function repositoryFiles(root: URL, folder = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(new URL(folder === "" ? "." : folder, root))) {
    if (SKIPPED.has(entry.name)) continue;
    const path = `${folder}${entry.name}`;
    if (entry.isDirectory) found.push(...await repositoryFiles(root, `${path}/`));
    else if (entry.isFile) found.push(path);
  }
  return found.sort();
}
