import { assertEquals } from "@std/assert";
import { repositoryFiles } from "./repository.ts";

const ROOT = new URL("../", import.meta.url);
const WORD_FILE = "tools/banned_words.txt";
const PUBLISHER = /wizards of the coast/i;

/** One pattern for all words: whole words only, plurals too, any kind of space or apostrophe. */
function wordPattern(words: readonly string[]): RegExp {
  const alternatives = words.map((word) =>
    word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(
      / +|-|'/g,
      (mark) => mark === "'" ? "['’]" : mark === "-" ? "[-\\s]?" : "[\\s_-]+",
    )
  );
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join("|")})s?(?![\\p{L}\\p{N}])`, "iu");
}

async function readWords(): Promise<string[]> {
  const text = await Deno.readTextFile(new URL(WORD_FILE, ROOT));
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

/** A file as text. Of an image that is what it says about itself: packed pixels spell anything by accident. */
async function readAsText(path: string): Promise<string> {
  const bytes = await Deno.readFile(new URL(path, ROOT));
  if (path.endsWith(".png")) return pngTexts(bytes);
  const text = new TextDecoder().decode(bytes);
  return text.includes("\0") ? new TextDecoder("latin1").decode(bytes) : text;
}

/** All chunks of a PNG (length, type, data, checksum) but the pixels, one character for each byte. */
function pngTexts(bytes: Uint8Array<ArrayBuffer>): string {
  const view = new DataView(bytes.buffer);
  const latin1 = new TextDecoder("latin1");
  let text = "";
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = latin1.decode(bytes.subarray(at + 4, at + 8));
    if (type !== "IDAT") text += `${type} ${latin1.decode(bytes.subarray(at + 8, at + 8 + view.getUint32(at)))}\n`;
  }
  return text;
}

/** The two statements of the source documents, which alone may name their publisher. */
async function statements(): Promise<string[]> {
  const notice = await Deno.readTextFile(new URL("NOTICE", ROOT));
  return notice.split("\n\n").filter((paragraph) => paragraph.startsWith("This work includes material"));
}

Deno.test("no file and no file name uses a name that belongs to others", async () => {
  const pattern = wordPattern(await readWords());
  const found: string[] = [];
  for (const path of await repositoryFiles(ROOT)) {
    if (path === WORD_FILE || path === "deno.lock") continue;
    const word = pattern.exec(path)?.[0] ?? pattern.exec(await readAsText(path))?.[0];
    if (word !== undefined) found.push(`${path}: ${word}`);
  }
  assertEquals(found, []);
});

Deno.test("the publisher of the source documents is named in the two required statements only", async () => {
  const [first, second, ...more] = await statements();
  assertEquals([first === undefined, second === undefined, more.length], [false, false, 0]);
  const found: string[] = [];
  for (const path of await repositoryFiles(ROOT)) {
    if (path === "tools/banned_words_test.ts") continue;
    const text = (await readAsText(path)).replace(first ?? "", "").replace(second ?? "", "");
    if (PUBLISHER.test(text)) found.push(path);
  }
  assertEquals(found, []);
});

Deno.test("the word pattern finds whole words in any case and nothing inside other words", () => {
  const pattern = wordPattern(["grey gnat", "zoog", "X&Y", "ab-cd", "ef'gh"]);

  const hits = ["a Grey Gnat", "grey_gnat", "ZOOGS", "(x&y)", "abcd", "ab-cd", "ef’gh"];
  const misses = ["grey gnatty", "zoogish", "max&you", "lab-cd"];

  assertEquals(hits.filter((text) => !pattern.test(text)), []);
  assertEquals(misses.filter((text) => pattern.test(text)), []);
});
