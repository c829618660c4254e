import { z } from "zod";
import type { LogEntry, Snapshot } from "./ports.ts";
import { logEntry, snapshot as snapshotShape } from "./records.ts";

/** A world on its way into the store: what was found whole under its new ids, waiting to be written. */
export type StoredLine<Imported> =
  | { readonly type: "base"; readonly snapshot: Snapshot }
  | { readonly type: "entry"; readonly entry: LogEntry }
  | { readonly type: "state"; readonly snapshot: Snapshot }
  | { readonly type: "done"; readonly imported: Imported };

const line = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("base"), snapshot: snapshotShape }),
  z.strictObject({ type: z.literal("entry"), entry: z.unknown() }),
  z.strictObject({ type: z.literal("state"), snapshot: snapshotShape }),
  z.strictObject({ type: z.literal("done"), imported: z.unknown() }),
]);

/** Writes lines into a new file and answers with the last one's matter. A file that is not finished is removed. */
export async function writeImportLines<Imported>(
  path: string,
  lines: AsyncIterable<StoredLine<Imported>>,
): Promise<Imported> {
  const utf8 = new TextEncoder();
  let imported: Imported | undefined;
  try {
    using file = await Deno.open(path, { write: true, createNew: true, mode: 0o600 });
    for await (const one of lines) {
      const bytes = utf8.encode(`${JSON.stringify(one)}\n`);
      for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
      if (one.type === "done") imported = one.imported;
    }
    if (imported === undefined) throw new TypeError("Cannot import a world as its lines have no end");
    return imported;
  } catch (fault) {
    await Deno.remove(path).catch(() => undefined);
    throw fault;
  }
}

/** The lines of such a file, in order. */
export async function* readImportLines<Imported>(
  path: string,
  shape: { parse(value: unknown): Imported },
): AsyncGenerator<StoredLine<Imported>> {
  const file = await Deno.open(path, { read: true });
  let rest = "";
  for await (const text of file.readable.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const one of lines) {
      const value = line.parse(JSON.parse(one));
      if (value.type === "entry") yield { type: "entry", entry: logEntry.parse(value.entry) };
      else if (value.type === "done") yield { type: "done", imported: shape.parse(value.imported) };
      else yield value;
    }
  }
}
