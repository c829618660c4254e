import type { Cells } from "./cells.ts";
import { StoreLost } from "./errors.ts";
import { metaOwnerKey } from "./keys.ts";

/**
 * Cells whose every write checks the owner record too, so that a process that has lost its store writes nothing to it:
 * no session, no snapshot, no probe. Throws {@link StoreLost} then; undefined still means that some other check failed.
 */
export function ownedCells(cells: Cells, ownerStamp: string | undefined): Cells {
  if (ownerStamp === undefined) return cells;
  return {
    limits: cells.limits,
    get: (key) => cells.get(key),
    getMany: (keys) => cells.getMany(keys),
    list: (range) => cells.list(range),
    async commit(checks, mutations) {
      const stamp = await cells.commit([{ key: metaOwnerKey, stamp: ownerStamp }, ...checks], mutations);
      if (stamp !== undefined) return stamp;
      if ((await cells.get(metaOwnerKey))?.stamp !== ownerStamp) throw new StoreLost();
      return undefined;
    },
    watch: (keys, signal) => cells.watch(keys, signal),
    close: () => cells.close(),
  };
}
