import { assertEquals } from "@std/assert";
import { CLASS_TABLE, LINEAGE_TABLE, MONSTERS } from "../engine/content/mod.ts";
import { FEATURES, TRAITS } from "../engine/types/content.ts";
import { repositoryFiles } from "./repository.ts";

const ROOT = new URL("../", import.meta.url);

/** Sources of the rules: the engine without its tables, its lists of names and its tests. */
async function rulesText(): Promise<string> {
  const paths = (await repositoryFiles(ROOT)).filter((path) =>
    /^engine\/(?!content\/|types\/|testkit).*\.ts$/.test(path) && !/_test\.ts$|\/_\w+\.ts$/.test(path)
  );
  return (await Promise.all(paths.map((path) => Deno.readTextFile(new URL(path, ROOT))))).join("\n");
}

Deno.test("every trait is read by a rule, and some monster has it", async () => {
  const text = await rulesText();
  const borne = new Set(Object.values(MONSTERS).flatMap((one) => one.traits));

  assertEquals(TRAITS.filter((one) => !new RegExp(`(hasTrait\\(\\w+, |traits\\.includes\\()"${one}"`).test(text)), []);
  assertEquals(TRAITS.filter((one) => !borne.has(one)), []);
});

Deno.test("every feature is read by a rule, and some class or lineage has it", async () => {
  const text = await rulesText();
  const borne = new Set([
    ...Object.values(CLASS_TABLE).flatMap((one) => one.features.flat()),
    ...Object.values(LINEAGE_TABLE).flatMap((one) => one.features),
  ]);
  // Read by way of the class's own record of slots and spells.
  const read = (one: string) => one === "spellcasting" || text.includes(`"${one}"`);

  assertEquals(FEATURES.filter((one) => !read(one)), []);
  assertEquals(FEATURES.filter((one) => !borne.has(one)), []);
  assertEquals([...borne].filter((one) => !FEATURES.some((known) => known === one)), []);
  for (const one of Object.values(CLASS_TABLE)) {
    assertEquals(one.features.flat().includes("spellcasting"), one.spellcasting !== undefined, one.id);
  }
});
