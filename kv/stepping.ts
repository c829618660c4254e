import type { Cells, Key } from "./cells.ts";
import { keyAfter } from "./keys.ts";

/**
 * The next text in the position behind a prefix, in their order: one listing of one cell, over all that is stored below
 * the one before. Undefined behind the last.
 */
export async function nextText(
  cells: Pick<Cells, "list">,
  prefix: Key,
  after: string | undefined,
): Promise<string | undefined> {
  const start = after === undefined ? {} : { start: keyAfter([...prefix, after]) };
  const [cell] = await cells.list({ prefix, ...start, limit: 1 });
  const text = cell?.key[prefix.length];
  return text === undefined ? undefined : String(text);
}
