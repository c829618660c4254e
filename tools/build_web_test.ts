import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { buildIfStale, type BuiltFile } from "./build_web.ts";

const OUTPUT = new URL("../dist/web/", import.meta.url);
/** What a player downloads before the first screen, packed, without fonts, pictures and tables. */
const SCRIPT_BUDGET = 60 * 1_024;
/** The engine, for those who check their dice. */
const DICE_BUDGET = 160 * 1_024;
const ICON_BUDGET = 400 * 1_024;

function read(name: string): Promise<string> {
  return Deno.readTextFile(new URL(name, OUTPUT));
}

async function built(): Promise<readonly (readonly [string, BuiltFile])[]> {
  await buildIfStale();
  const manifest: { readonly files: Readonly<Record<string, BuiltFile>> } = JSON.parse(await read("manifest.json"));
  return Object.entries(manifest.files);
}

Deno.test("the built page names its script and stylesheet, and holds neither inline", async () => {
  await built();
  const html = await read("index.html");

  assertMatch(html, /<script type="module" src="\/assets\/main-[0-9a-f]{10}\.js"><\/script>/);
  assertMatch(html, /<link rel="stylesheet" href="\/assets\/style-[0-9a-f]{10}\.css">/);
  assertEquals(html.match(/<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=/g), null);
});

Deno.test("every built file is as long as its manifest says, and what is packed unpacks", async () => {
  for (const [name, { bytes, brotli }] of await built()) {
    assertEquals([name, (await Deno.stat(new URL(name, OUTPUT))).size], [name, bytes]);
    if (brotli !== undefined) {
      assertEquals([name, (await Deno.stat(new URL(`${name}.br`, OUTPUT))).size], [name, brotli]);
    }
  }
});

Deno.test("the client stays within its budget: page, script and style packed, icons raw", async () => {
  const files = await built();
  const sum = (pattern: RegExp, size: (file: BuiltFile) => number) =>
    files.filter(([name]) => pattern.test(name)).reduce((total, [, file]) => total + size(file), 0);

  const packed = sum(/^(?!assets\/dice-).*\.(html|js|css)$/, (file) => file.brotli ?? file.bytes);
  const dice = sum(/^assets\/dice-.*\.js$/, (file) => file.brotli ?? file.bytes);
  const icons = sum(/icons-/, (file) => file.bytes);

  assert(packed <= SCRIPT_BUDGET, `${packed} bytes`);
  assert(dice > 0 && dice <= DICE_BUDGET, `${dice} bytes of the dice worker`);
  assert(icons <= ICON_BUDGET, `${icons} bytes`);
});

Deno.test("the credits of a build name an artist for every icon in it", async () => {
  const files = await built();
  const icons = files.map(([name]) => name).find((name) => /icons-/.test(name)) ?? "";
  const credits = await read("ICON-CREDITS.txt");

  assertStringIncludes(credits, "Creative Commons Attribution 3.0");
  for (const name of Object.keys(JSON.parse(await read(icons)))) assertMatch(credits, new RegExp(`[ ,]${name}(,|\\n)`));
});
