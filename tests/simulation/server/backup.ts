/** Backups of the simulated disk, and disks made of them. */
import type { Cell, Cells, Key } from "../../../kv/cells.ts";
import { decodeValue, encodeValue } from "../../../kv/codec.ts";
import {
  accountsPrefix,
  duePrefix,
  headKey,
  sessionsPrefix,
  worldIndexPrefix,
  worldOfIndexKey,
  worldsPrefix,
} from "../../../kv/keys.ts";
import { raisedEpoch } from "../../../kv/raise_epochs.ts";
import { worldHead } from "../../../kv/records.ts";
import type { Head } from "./truth.ts";

export type Backup = readonly Cell[];

/** Rooms of the store, so that each is read whole in one go. */
const ROOMS: readonly Key[] = [
  ["meta"],
  worldIndexPrefix,
  accountsPrefix,
  sessionsPrefix,
  ["sid"],
  ["rk"],
  duePrefix,
];
const MOST = 1_000;
const WRITTEN_AT_ONCE = 100;

/** Everything there is at this moment: nothing can come between reads that are asked for in one go. */
export async function backUp(cells: Cells, worlds: readonly string[]): Promise<Backup> {
  const prefixes = [...ROOMS, ...worlds.map((world) => [...worldsPrefix, world])];
  const found = await Promise.all(prefixes.map((prefix) => cells.list({ prefix, limit: MOST })));
  if (found.some((room) => room.length === MOST)) throw new RangeError("Cannot back up a room of so many cells");
  return found.flat();
}

/** Writes a backup to an empty disk with new epochs, as `kv/raise_epochs.ts` gives them; tells where the worlds stand. */
export async function putBack(
  { backup, old, fresh, now, raise }: {
    readonly backup: Backup;
    /** The disk that is being replaced, and the empty one. */
    readonly old: Cells;
    readonly fresh: Cells;
    readonly now: number;
    readonly raise: typeof raisedEpoch;
  },
): Promise<ReadonlyMap<string, Head>> {
  const heads = new Map<string, Head>();
  const mutations = new Map(backup.map(({ key, value }) => [key.join("/"), { key, value }]));
  for (const cell of backup) {
    if (cell.key[0] !== worldIndexPrefix[0]) continue;
    const world = worldOfIndexKey(cell.key);
    const key = headKey({ type: "world", id: world });
    const stored = mutations.get(key.join("/"));
    if (stored === undefined) continue;
    const head = worldHead.parse(decodeValue(stored.value));
    const other = await old.get(key);
    const epoch = raise(head.epoch, other && worldHead.parse(decodeValue(other.value)).epoch, now);
    mutations.set(key.join("/"), { key, value: encodeValue({ ...head, epoch }) });
    heads.set(world, { n: head.n, epoch });
  }
  await copyTo(fresh, [...mutations.values()]);
  return heads;
}

/** Writes cells to an empty disk. */
export async function copyTo(fresh: Cells, all: readonly Pick<Cell, "key" | "value">[]): Promise<void> {
  for (let at = 0; at < all.length; at += WRITTEN_AT_ONCE) await fresh.commit([], all.slice(at, at + WRITTEN_AT_ONCE));
}
