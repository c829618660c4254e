import type { Store } from "../kv/ports.ts";
import type { HeadWrite, Party, Unit } from "./unit.ts";

/** Share of each limit that a pack uses, so that a byte counted differently never refuses one. */
const USED = 0.9;

export interface Packed {
  readonly units: readonly Unit[];
  /** The newest head of each party in the pack. */
  readonly heads: ReadonlyMap<Party, HeadWrite>;
}

/**
 * Takes whole units until a limit would be passed: parties in the order they became dirty, one unit of each in turn,
 * oldest first. `dirty` keeps whoever still has units waiting.
 */
export function takePack(dirty: Set<Party>, store: Store): Packed {
  const { limits, headBytes, headKeyBytes } = store;
  const room = {
    // One check is for the owner record.
    checks: Math.floor(limits.checks * USED) - 1,
    mutations: Math.floor(limits.mutations * USED),
    bytes: Math.floor(limits.bytes * USED),
    keyBytes: Math.floor(limits.keyBytes * USED),
  };
  const units: Unit[] = [];
  const heads = new Map<Party, HeadWrite>();

  function fits(unit: Unit): boolean {
    const fresh = unit.heads.filter(({ party }) => !heads.has(party));
    const bytes = fresh.reduce((sum, { party }) => sum + headBytes[party.owner.type], unit.changes.bytes);
    const keys = unit.changes.keyBytes + fresh.length * headKeyBytes;
    const mutations = unit.changes.mutations + fresh.length;
    // A unit of its own is always taken: it is below the store's limits, if not below our share of them.
    const first = units.length === 0;
    if (
      !first &&
      (room.checks < fresh.length || room.mutations < mutations || room.bytes < bytes || room.keyBytes < keys)
    ) {
      return false;
    }
    room.checks -= fresh.length;
    room.mutations -= mutations;
    room.bytes -= bytes;
    room.keyBytes -= keys;
    return true;
  }

  let open: Party[] = [...dirty];
  while (open.length > 0) {
    const left: Party[] = [];
    for (const party of open) {
      const unit = party.queue[0];
      if (unit === undefined) {
        dirty.delete(party);
        continue;
      }
      if (!fits(unit)) return { units, heads };
      party.queue.shift();
      units.push(unit);
      for (const head of unit.heads) heads.set(head.party, head);
      left.push(party);
    }
    open = left;
  }
  return { units, heads };
}
