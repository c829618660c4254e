import { z } from "zod";
import { freshId } from "../host/deps.ts";
import type { EnginePort } from "../host/engine_port.ts";
import { exportWorld } from "../host/export_world.ts";
import { type ImportedWorld, importWorld, type NewIds } from "../host/import_world.ts";
import { inSlices } from "../host/in_slices.ts";
import type { Pace } from "../kv/pace.ts";
import { writeImportLines } from "../kv/import_lines.ts";
import type { Json } from "../kv/ports.ts";
import { openStoreCopy } from "../kv/store_copy.ts";
import { checkWorldFile, readWorldFile, writeWorldFile } from "../kv/world_file.ts";

export interface ExportRequest {
  /** The store's file, live or not. */
  readonly store: string;
  readonly world: string;
  /** The new file. */
  readonly file: string;
  readonly version: string;
  readonly now: number;
}

/** Writes a world of a store into a signed file. */
export async function exportToFile(
  { store, world, file, version, now }: ExportRequest,
  engine: EnginePort,
  pace: Pace,
): Promise<void> {
  const copy = await openStoreCopy(store, { whole: false });
  try {
    const key = await copy.signingKey();
    if (key === undefined) throw new TypeError("Cannot export as the store has no key yet: start the server once");
    const more = { exportedAt: now, version, store: copy.meta.id, pace };
    await writeWorldFile(file, exportWorld(copy.store, engine, world, more), key);
  } finally {
    copy.close();
  }
}

export interface ImportRequest {
  /** The file somebody brought. */
  readonly file: string;
  /** Where what was found whole is written, under new ids. */
  readonly out: string;
  /** The world's new id, and the secret of its new invitation. */
  readonly world: string;
  readonly invite: string;
}

/**
 * Reads, checks and replays a file; nothing of it is in the store yet. Throws what is wrong with it: of a file that was
 * changed only that it was, since what its lines say is not what anybody signed.
 */
export async function prepareImport(request: ImportRequest, engine: EnginePort, pace: Pace): Promise<ImportedWorld> {
  const { file, out, world, invite } = request;
  const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
  const ids: NewIds = { world, invite, account: () => freshId("a", randomBytes) };
  await checkWorldFile(file, inSlices(pace));
  return await writeImportLines(out, importWorld(readWorldFile(file), engine, ids, pace));
}

const count = z.int().min(0);
const text = z.string();

/** What {@link prepareImport} found, as it comes back from the worker and from the file of lines. */
export const importedWorld = z.strictObject({
  world: text,
  name: text,
  createdAt: count,
  n: count,
  epoch: count,
  seq: z.record(text, count),
  entries: count,
  seats: z.array(z.strictObject({
    seat: text,
    name: text,
    account: text,
    roles: z.array(text),
    characters: z.array(z.strictObject({ id: text, sheet: z.custom<Json>((value) => value !== undefined) })),
  })),
  store: text,
  key: text,
}) satisfies z.ZodType<ImportedWorld>;
