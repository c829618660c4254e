import type { Cells } from "./cells.ts";
import { headKey, keyAfter, worldIndexKey, worldIndexPrefix, worldOfIndexKey, worldsPrefix } from "./keys.ts";
import { nextText } from "./stepping.ts";

/** Ids of the worlds of a store in the order of their ids, read from the index that every new head writes along. */
export async function listWorlds(cells: Cells, after: string | undefined, limit: number): Promise<readonly string[]> {
  const most = Math.min(limit, cells.limits.list);
  const found = await cells.list({
    prefix: worldIndexPrefix,
    ...(after === undefined ? {} : { start: keyAfter(worldIndexKey(after)) }),
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
    last = await nextText(cells, worldsPrefix, last);
    if (last === undefined) break;
    if (await cells.get(headKey({ type: "world", id: last })) !== undefined) found.push(last);
  }
  return found;
}
