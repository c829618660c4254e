import { z } from "zod";
import type { DataPaths } from "./directory.ts";

const startsFile = z.object({
  /** Ms of the newest starts, oldest first, each with whether it ended cleanly. */
  starts: z.array(z.object({ at: z.int(), clean: z.boolean() })),
});
type Starts = z.infer<typeof startsFile>;

const KEPT = 5;
const LOOP_STARTS = 3;
const LOOP_MS = 60_000;
/** Above this the check would delay a start too long (some 6 ms per MiB); a loop of unclean ones is checked whatever the size. */
const CHECK_BELOW_BYTES = 64 * 1_024 * 1_024;

/** Counts this start, as unclean until it says otherwise. Returns the starts before it. */
export async function countStart({ starts }: DataPaths, now: number): Promise<Starts["starts"]> {
  const before = await readStarts(starts);
  await writeStarts(starts, [...before, { at: now, clean: false }].slice(-KEPT));
  return before;
}

/** Notes that this start ended well. Where that cannot be written, the next start checks the file: slower, and no harm. */
export async function markClean({ starts }: DataPaths): Promise<void> {
  const all = await readStarts(starts);
  const last = all.at(-1);
  if (last === undefined) return;
  try {
    await writeStarts(starts, [...all.slice(0, -1), { ...last, clean: true }]);
  } catch {
    // A full disk most often: what was acknowledged is in the store all the same.
  }
}

/**
 * Whether the file must be read whole before it is opened: the runtime ends the process on a corrupt page, and a
 * supervisor would start it again for ever. After a clean stop too: a bit flipped since then in the tree of pages hides
 * whole rows, and nothing that reads them could tell.
 */
export function needsCheck(before: Starts["starts"], fileBytes: number, now: number): boolean {
  const newest = before.slice(-LOOP_STARTS);
  const looping = newest.length === LOOP_STARTS && newest.every((start) => !start.clean && now - start.at < LOOP_MS);
  return looping || fileBytes < CHECK_BELOW_BYTES;
}

/** The newest starts, oldest first; none where there were none. */
export async function readStarts(path: string): Promise<Starts["starts"]> {
  try {
    return startsFile.parse(JSON.parse(await Deno.readTextFile(path))).starts;
  } catch (fault) {
    if (fault instanceof Deno.errors.NotFound) return [];
    // Torn by a power cut: as an unclean stop, so that the store is checked.
    return [{ at: 0, clean: false }];
  }
}

/** By rename, so that a reader finds the old list or the new one. */
async function writeStarts(path: string, starts: Starts["starts"]): Promise<void> {
  await Deno.writeTextFile(`${path}.new`, JSON.stringify({ starts }));
  await Deno.rename(`${path}.new`, path);
}
