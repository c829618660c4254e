import { assertEquals } from "@std/assert";
import { bundleOf, t, wordsOf } from "./text.ts";

const WEB = new URL("../", import.meta.url);

async function sources(folder: URL): Promise<string[]> {
  const texts: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (entry.isDirectory) texts.push(...await sources(new URL(`${entry.name}/`, folder)));
    else if (/\.tsx?$/.test(entry.name) && !/_test\.ts$/.test(entry.name)) {
      texts.push(await Deno.readTextFile(new URL(entry.name, folder)));
    }
  }
  return texts;
}

Deno.test("every text the client names is in the English file, and no placeholder starts a family that is empty", async () => {
  const ids = new Set<string>();
  const families = new Set<string>();
  for (const text of await sources(WEB)) {
    for (const match of text.matchAll(/\bt\(\s*"([a-z][\w-]*)"/g)) ids.add(match[1] ?? "");
    for (const match of text.matchAll(/\bt\([^")]*\? "([\w-]+)" : "([\w-]+)"/g)) {
      ids.add(match[1] ?? "").add(match[2] ?? "");
    }
    for (const match of text.matchAll(/\bline\(\s*"[a-z]+",\s*"([\w-]+)"/g)) ids.add(match[1] ?? "");
    for (const match of text.matchAll(/\bt\(`([a-z][\w-]*-)\$\{/g)) families.add(match[1] ?? "");
  }
  const file = await Deno.readTextFile(new URL("../locales/en/client.ftl", WEB));
  const bundle = bundleOf(file);

  assertEquals([...ids].filter((id) => !bundle.hasMessage(id)), []);
  assertEquals([...families].filter((family) => !file.includes(`\n${family}`)), []);
});

Deno.test("t() shows the id of a text that is missing", () => {
  assertEquals(t("no-such-text"), "no-such-text");
});

Deno.test("wordsOf() reads an id as words", () => {
  assertEquals(wordsOf("chainMail"), "Chain mail");
});
