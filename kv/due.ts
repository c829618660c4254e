import type { Cells } from "./cells.ts";
import { dueKey, dueMinuteKey, duePrefix, keyAfter } from "./keys.ts";
import type { DueWorld } from "./ports.ts";

/** Worlds whose timer is due before this minute, the longest due first; after the given one where there is one. */
export async function listDue(
  cells: Cells,
  before: number,
  after: DueWorld | undefined,
  limit: number,
): Promise<readonly DueWorld[]> {
  const start = after === undefined ? {} : { start: keyAfter(dueKey(after.minute, after.world)) };
  const found = await cells.list({ prefix: duePrefix, ...start, end: dueMinuteKey(before), limit });
  return found.map(({ key }) => ({ minute: Number(key[1]), world: String(key[2]) }));
}

/** Whether a world is noted as due in this minute. */
export async function isDue(cells: Cells, { minute, world }: DueWorld): Promise<boolean> {
  return await cells.get(dueKey(minute, world)) !== undefined;
}

/** Takes the note away: the world sleeps, its timer stands still. */
export async function clearDue(cells: Cells, { minute, world }: DueWorld): Promise<void> {
  await cells.commit([], [{ key: dueKey(minute, world), value: undefined }]);
}
