import { z } from "zod";
import { BACKUP_REASONS } from "../kv/backup_manifest.ts";

/**
 * What the store's worker is asked to do, off the thread that plays. It opens files for reading only, and writes only
 * new ones. Paths are whole.
 */
export const storeJob = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("backup"),
    store: z.string(),
    directory: z.string(),
    reason: z.enum(BACKUP_REASONS),
    version: z.string(),
  }),
  z.strictObject({
    type: z.literal("export"),
    store: z.string(),
    world: z.string(),
    file: z.string(),
    version: z.string(),
    now: z.int(),
  }),
  z.strictObject({
    type: z.literal("import"),
    file: z.string(),
    out: z.string(),
    world: z.string(),
    invite: z.string(),
  }),
]);
export type StoreJob = z.infer<typeof storeJob>;

/** What it answers: a job's result, or one sentence why there is none. */
export const storeAnswer = z.discriminatedUnion("ok", [
  z.strictObject({ ok: z.literal(true), result: z.unknown() }),
  z.strictObject({ ok: z.literal(false), why: z.string() }),
]);
export type StoreAnswer = z.infer<typeof storeAnswer>;
