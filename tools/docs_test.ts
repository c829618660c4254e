import { assertEquals } from "@std/assert";

const ROOT = new URL("../", import.meta.url);
const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "docs/adr/README.md",
  "docs/BACKUP.md",
  "docs/CONFIGURATION.md",
  "docs/OPERATIONS.md",
  "docs/PROTOCOL.md",
  "docs/DICE.md",
  "docs/RELIABILITY.md",
  "docs/PERFORMANCE.md",
  "CHANGELOG.md",
];
const ROOMS =
  /^(\.ci|cli|deploy|docs|engine|host|kv|locales|routes|tests|tools|web)\/[\w./-]*$|^main\.ts$|^\.deno-version$/;
/** Paths a page names as something the reader is about to make. */
const TO_BE_MADE = new Set(["engine/combat/shove.ts"]);

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(new URL(path, ROOT));
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Paths in code spans, and targets of relative links, as paths from the root. */
function pathsIn(page: string, text: string): string[] {
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? "").filter((span) => ROOMS.test(span));
  const folder = page.includes("/") ? page.slice(0, page.lastIndexOf("/") + 1) : "";
  const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1] ?? "")
    .filter((link) => !/^[a-z]+:/.test(link)).map((link) => folder + link);
  return [...spans, ...links].filter((path) => !TO_BE_MADE.has(path));
}

for (const page of PAGES) {
  Deno.test(`every path and link in ${page} leads somewhere`, async () => {
    const missing: string[] = [];
    for (const path of pathsIn(page, await Deno.readTextFile(new URL(page, ROOT)))) {
      if (!await exists(path)) missing.push(path);
    }
    assertEquals(missing, []);
  });
}

Deno.test("every task the pages name exists", async () => {
  const config: unknown = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
  const tasks = typeof config === "object" && config !== null && "tasks" in config
    ? Object.keys(config.tasks ?? {})
    : [];
  for (const page of PAGES) {
    const text = await Deno.readTextFile(new URL(page, ROOT));
    const named = [...text.matchAll(/(?:deno(?:@[\d.]+)?|npx -y deno@[\d.]+) task ([\w:-]+)/g)].map((match) =>
      match[1] ?? ""
    );
    assertEquals([page, named.filter((task) => !tasks.includes(task))], [page, []]);
  }
});
