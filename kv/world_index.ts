import type { Cells, Key } from "./cells.ts";
import { headKey, worldIndexKey, worldIndexPrefix, worldOfIndexKey, worldsPrefix } from "./keys.ts";

/** Ids of the worlds of a store in the order of their ids, read from the index that every new head writes along. */
export async function listWorlds(cells: Cells, after: string | undefined, limit: number): Promise<readonly string[]> {
  const most = Math.min(limit, cells.limits.list);
  const found = await cells.list({
    prefix: worldIndexPrefix,
    ...(after === undefined ? {} : { start: beyond(worldIndexKey(after)) }),
    limit: most,
  });
  return found.map(({ key }) => worldOfIndexKey(key));
}

/**
 * The same without the index, for a store from before there was one: steps from world to world over everything that is
 * stored of each. A world counts once it has a head.
 */
export async function findWorlds(
  cells: Pick<Cells, "get" | "list">,
  after: string | undefined,
  limit: number,
): Promise<readonly string[]> {
  const found: string[] = [];
  let last = after;
  while (found.length < limit) {
    const start = last === undefined ? undefined : beyond([...worldsPrefix, last]);
    const [cell] = await cells.list({ prefix: worldsPrefix, ...(start === undefined ? {} : { start }), limit: 1 });
    const id = cell?.key[worldsPrefix.length];
    if (id === undefined) break;
    last = String(id);
    if (await cells.get(headKey({ type: "world", id: last })) !== undefined) found.push(last);
  }
  return found;
}

/** The smallest key above everything that begins with this one: its last text with the least character behind it. */
function beyond(key: Key): Key {
  return [...key.slice(0, -1), `${key.at(-1)}\0`];
}
