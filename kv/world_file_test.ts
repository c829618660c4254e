import { assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { gunzipSync, gzipSync } from "node:zlib";
import { memoryCells } from "./memory_cells.ts";
import type { LogEntry } from "./ports.ts";
import { ensureSigningKey, readSigningKey } from "./signing_key.ts";
import { readWorldFile, type WorldFileLine, WorldFileUnusable, writeWorldFile } from "./world_file.ts";

const ENTRY: LogEntry = {
  n: 1,
  at: 1,
  rid: "r",
  actor: "s_1",
  session: "ses_1",
  lane: 0,
  cseq: 1,
  command: { type: "Step" },
  events: [{ type: "Stepped", text: "é".repeat(50) }],
  seq: { party: 1 },
  epoch: 1,
  view: 1,
};
const SNAPSHOT = { n: 40, at: 1, epoch: 1, seq: { party: 1 }, state: { v: 1 } };
const LINES: readonly WorldFileLine[] = [
  {
    type: "world",
    format: 1,
    world: "w_1",
    name: "Ash",
    exportedAt: 1,
    version: "0",
    store: "s",
    first: 1,
    n: 40,
    epoch: 1,
  },
  ...Array.from({ length: 40 }, (_, i) => ({ type: "entry", entry: { ...ENTRY, n: i + 1 } }) as const),
  { type: "state", snapshot: SNAPSHOT },
];

async function* each(lines: readonly WorldFileLine[]): AsyncGenerator<WorldFileLine> {
  for (const line of lines) yield await Promise.resolve(line);
}

async function newKey() {
  const cells = memoryCells();
  await ensureSigningKey(cells);
  const key = await readSigningKey(cells);
  if (key === undefined) throw new Error("There is no key");
  return key;
}

async function withFile(run: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "goldbox-world-" });
  try {
    await run(`${folder}/one.goldbox`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a world's file reads back line by line, and names the key that signed it", async () => {
  await withFile(async (path) => {
    const key = await newKey();
    await writeWorldFile(path, each(LINES), key);

    assertEquals(await Array.fromAsync(readWorldFile(path)), [...LINES, { type: "end", key: key.publicKey }]);
    await assertRejects(() => writeWorldFile(path, each(LINES), key), Deno.errors.AlreadyExists);
  });
});

Deno.test("the key of a store is made once and stays", async () => {
  const cells = memoryCells();
  await ensureSigningKey(cells);
  const first = await readSigningKey(cells);
  await ensureSigningKey(cells);
  assertEquals((await readSigningKey(cells))?.publicKey, first?.publicKey);
});

Deno.test("a file changed anywhere is refused: packed bytes, lines, order, signature, key", async () => {
  await withFile(async (path) => {
    await writeWorldFile(path, each(LINES), await newKey());
    const whole = await Deno.readFile(path);
    const lines = gunzipSync(whole).toString().trimEnd().split("\n");
    const repacked = (changed: readonly string[]) =>
      new Uint8Array(gzipSync(changed.map((line) => `${line}\n`).join("")));
    const [end = ""] = lines.slice(-1);
    const stranger = await newKey();
    const signature = await stranger.sign(new TextEncoder().encode("something else"));
    const tries = [
      repacked(lines.map((line, i) => i === 5 ? line.replace('"at":1', '"at":2') : line)),
      repacked([...lines.slice(0, 5), ...lines.slice(6)]),
      repacked([...lines.slice(0, 5), lines[6] ?? "", lines[5] ?? "", ...lines.slice(7)]),
      repacked(lines.slice(0, -1)),
      repacked([...lines, lines[1] ?? ""]),
      repacked([...lines.slice(1)]),
      repacked([...lines.slice(0, -1), end.replace(/"signature":"\w{4}/, '"signature":"0000')]),
      repacked([...lines.slice(0, -1), JSON.stringify({ ...JSON.parse(end), key: stranger.publicKey })]),
      repacked([...lines.slice(0, -1), JSON.stringify({ ...JSON.parse(end), key: stranger.publicKey, signature })]),
      repacked([...lines.slice(0, 3), '{"type":"entry","entry":{"__proto__":{}}}', ...lines.slice(3)]),
      repacked([...lines.slice(0, 3), "x".repeat(17 * 1_024 * 1_024), ...lines.slice(3)]),
      repacked([]),
      new Uint8Array(),
      whole.slice(0, whole.length - 1),
      whole.slice(0, 40),
    ];
    for (const [i, bytes] of tries.entries()) {
      await Deno.writeFile(path, bytes);
      await assertRejects(() => Array.fromAsync(readWorldFile(path)), WorldFileUnusable, undefined, `try ${i}`);
    }
    // A few bits of the packing mean nothing; whatever reads at all reads as it was written.
    await Deno.writeFile(path, whole);
    const good = await Array.fromAsync(readWorldFile(path));
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), fc.nat(7), async (at, bit) => {
      await Deno.writeFile(path, whole.map((byte, i) => i === at ? byte ^ (1 << bit) : byte));
      const read = await Array.fromAsync(readWorldFile(path)).catch((fault) => fault);
      if (!(read instanceof WorldFileUnusable)) assertEquals(read, good, `${at}/${bit}: ${read}`);
    }));
  });
});
