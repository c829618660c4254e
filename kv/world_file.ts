import { createHash } from "node:crypto";
import { z } from "zod";
import type { LogEntry, Snapshot } from "./ports.ts";
import { logEntry, snapshot as snapshotShape } from "./records.ts";
import { isSigned, type SigningKey } from "./signing_key.ts";

/**
 * A world as one file that can be carried to another server: lines of JSON, packed by gzip. First what it is, then the
 * state before its log where old entries were dropped, the entries in order, the state after them, and last a
 * signature over everything before. docs/BACKUP.md describes the format.
 */
export const WORLD_FORMAT = 1;
/** What a file may be at most: packed, unpacked, one line of it. */
const FILE_BYTES = 512 * 1_024 * 1_024;
const UNPACKED_BYTES = 4 * 1_024 * 1_024 * 1_024;
const LINE_BYTES = 16 * 1_024 * 1_024;
const NEWLINE = 10;
/** What is signed begins with this, so that the key's signature can mean nothing else. */
const PURPOSE = "goldbox world file 1\n";

const count = z.int().min(0);
const header = z.strictObject({
  type: z.literal("world"),
  format: z.literal(WORLD_FORMAT),
  world: z.string().regex(/^w_[A-Za-z0-9_-]{1,40}$/),
  name: z.string().max(200),
  exportedAt: count,
  /** Version of the program that wrote it. */
  version: z.string().max(100),
  /** Id of the store it comes from. */
  store: z.string().max(100),
  /** Numbers of its oldest and newest entry. */
  first: count.min(1),
  n: count.min(1),
  epoch: count,
});
export type WorldFileHeader = z.infer<typeof header>;

const end = z.strictObject({
  type: z.literal("end"),
  lines: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  key: z.string().regex(/^[0-9a-f]{64}$/),
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});

export type WorldFileLine =
  | WorldFileHeader
  | { readonly type: "base"; readonly snapshot: Snapshot }
  | { readonly type: "entry"; readonly entry: LogEntry }
  | { readonly type: "state"; readonly snapshot: Snapshot };

/** The last line a reader gets: everything before it is as the holder of this key signed it. */
export interface WorldFileEnd {
  readonly type: "end";
  /** Public key of the store that signed, as hex digits. */
  readonly key: string;
}

/** A file that is no whole, unchanged world. The message is one plain sentence for the operator. */
export class WorldFileUnusable extends Error {
  override readonly name = "WorldFileUnusable";

  constructor(why: string, options?: ErrorOptions) {
    super(`Cannot use the file of this world as ${why}`, options);
  }
}

/** Writes a world's lines and their signature into a new file. A file that could not be finished is removed. */
export async function writeWorldFile(
  path: string,
  lines: AsyncIterable<WorldFileLine>,
  key: SigningKey,
): Promise<void> {
  try {
    using file = await Deno.open(path, { write: true, createNew: true, mode: 0o600 });
    const packed = ReadableStream.from(signedBytes(lines, key)).pipeThrough(new CompressionStream("gzip"));
    for await (const bytes of packed) {
      for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    }
    await file.sync();
  } catch (fault) {
    if (!(fault instanceof Deno.errors.AlreadyExists)) await Deno.remove(path).catch(() => undefined);
    throw fault;
  }
}

async function* signedBytes(
  lines: AsyncIterable<WorldFileLine>,
  key: SigningKey,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const utf8 = new TextEncoder();
  const hash = createHash("sha256");
  let written = 0;
  for await (const line of lines) {
    const bytes = utf8.encode(`${JSON.stringify(line)}\n`);
    hash.update(bytes);
    written++;
    yield bytes;
  }
  const sha256 = hash.digest("hex");
  const signature = await key.sign(utf8.encode(`${PURPOSE}${sha256}`));
  yield utf8.encode(`${JSON.stringify({ type: "end", lines: written, sha256, key: key.publicKey, signature })}\n`);
}

/**
 * Reads a file line by line. Nothing of it may be believed before the last line has come, which says that all of them
 * are as they were signed. Throws {@link WorldFileUnusable}.
 */
export async function* readWorldFile(path: string): AsyncGenerator<WorldFileLine | WorldFileEnd> {
  const hash = createHash("sha256");
  let lines = 0;
  let ended = false;
  for await (const bytes of unpackedLines(path)) {
    if (ended) throw new WorldFileUnusable("something follows its signature");
    const line = parseLine(bytes);
    if (line.type !== "end") {
      if ((line.type === "world") !== (lines === 0)) throw new WorldFileUnusable("its lines are not in their order");
      hash.update(bytes);
      lines++;
      yield line;
      continue;
    }
    ended = true;
    const { key: publicKey, signature } = line;
    const sha256 = hash.digest("hex");
    const signed = new TextEncoder().encode(`${PURPOSE}${sha256}`);
    if (line.lines !== lines || line.sha256 !== sha256 || !await isSigned(signed, { publicKey, signature })) {
      throw new WorldFileUnusable("it was changed after it had been signed");
    }
    yield { type: "end", key: publicKey };
  }
  if (!ended) throw new WorldFileUnusable("it has no signature: it was cut short, or is no file of a world");
}

/**
 * Reads a file to its signature and keeps nothing of it, so that whoever reads it once more has lines as they were
 * signed from the first one on. `mayRest` is called after each. Throws {@link WorldFileUnusable}.
 */
export async function checkWorldFile(path: string, mayRest: () => Promise<void>): Promise<void> {
  for await (const _line of readWorldFile(path)) await mayRest();
}

function parseLine(bytes: Uint8Array): WorldFileLine | z.infer<typeof end> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (text.includes('"__proto__"')) throw new TypeError("a member has a name that none of ours has");
    const value: unknown = JSON.parse(text);
    const type = typeof value === "object" && value !== null && "type" in value ? value.type : undefined;
    switch (type) {
      case "world":
        return header.parse(value);
      case "base":
      case "state": {
        const { snapshot } = z.strictObject({ type: z.literal(type), snapshot: snapshotShape }).parse(value);
        return { type, snapshot };
      }
      case "entry": {
        const { entry } = z.strictObject({ type: z.literal(type), entry: z.unknown() }).parse(value);
        return { type, entry: logEntry.parse(entry) };
      }
      default:
        return end.parse(value);
    }
  } catch (cause) {
    throw new WorldFileUnusable("a line of it has not the shape this version knows", { cause });
  }
}

/** Lines with their ends, unpacked as they are asked for. */
async function* unpackedLines(path: string): AsyncGenerator<Uint8Array> {
  const { size } = await Deno.stat(path);
  if (size > FILE_BYTES) throw new WorldFileUnusable(`it must have <= ${FILE_BYTES} bytes: current value is ${size}`);
  const file = await Deno.open(path, { read: true });
  let pieces: Uint8Array[] = [];
  let held = 0;
  let total = 0;
  try {
    for await (const chunk of file.readable.pipeThrough(new DecompressionStream("gzip"))) {
      total += chunk.length;
      if (total > UNPACKED_BYTES) throw new WorldFileUnusable("it unpacks to more than any world has");
      let from = 0;
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
        pieces.push(chunk.subarray(from, at + 1));
        yield joined(pieces);
        pieces = [];
        held = 0;
        from = at + 1;
      }
      if (from === chunk.length) continue;
      pieces.push(chunk.slice(from));
      held += chunk.length - from;
      if (held > LINE_BYTES) throw new WorldFileUnusable("a line of it is longer than any of ours");
    }
    if (pieces.length > 0) throw new WorldFileUnusable("it was cut short");
  } catch (fault) {
    // What the unpacking throws says nothing to the operator.
    if (fault instanceof TypeError) {
      throw new WorldFileUnusable("it is damaged, or no file of a world", { cause: fault });
    }
    throw fault;
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
