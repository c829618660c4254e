import type { Pack, Store, Subject } from "../kv/ports.ts";
import type { HeadWrite, Party, Unit } from "./unit.ts";

/** Share of each limit that a pack uses, so that a byte counted differently never refuses one. */
const USED = 0.9;

export interface Packed {
  readonly units: readonly Unit[];
  /** The newest head of each party in the pack. */
  readonly heads: ReadonlyMap<Party, HeadWrite>;
}

/** How many parties a pack can have at most. One check is for the owner record. */
export function partiesInPack({ limits }: Store): number {
  return Math.floor(limits.checks * USED) - 1;
}

/**
 * Takes whole units until a limit would be passed: parties in the order they became ready, one unit of each in turn,
 * oldest first. `ready` keeps whoever still has units waiting. A unit that changes a party whose pack is on its way waits.
 */
export function takePack(ready: Set<Party>, store: Store): Packed {
  const { limits, headBytes, headKeyBytes } = store;
  const room = {
    checks: partiesInPack(store),
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

  let open: Party[] = [...ready];
  while (open.length > 0) {
    const left: Party[] = [];
    for (const party of open) {
      const unit = party.queue[0];
      if (unit === undefined) {
        ready.delete(party);
        continue;
      }
      if (unit.heads.some((head) => head.party.underWay)) continue;
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

/** A pack of what was taken, under an id of its own. */
export function toPack(id: string, { units, heads }: Packed): Pack {
  return { id, subjects: [...heads.values()].map(toSubject), changes: units.map((unit) => unit.changes) };
}

function toSubject(write: HeadWrite): Subject {
  const { party } = write;
  const { id } = party.owner;
  return write.type === "world"
    ? { owner: { type: "world", id }, stamp: party.stamp, head: write.head }
    : { owner: { type: "account", id }, stamp: party.stamp, head: write.head };
}

/** The newest head of each party of some units. */
export function newestHeads(units: readonly Unit[]): Map<Party, HeadWrite> {
  const heads = new Map<Party, HeadWrite>();
  for (const unit of units) for (const head of unit.heads) heads.set(head.party, head);
  return heads;
}

/** Units in order, those of one party together; a unit with two parties goes with the first. */
export function groupByParty(units: readonly Unit[]): readonly (readonly Unit[])[] {
  const groups = new Map<Party, Unit[]>();
  for (const unit of units) {
    const party = unit.heads[0]?.party;
    if (party === undefined) continue;
    const group = groups.get(party);
    if (group === undefined) groups.set(party, [unit]);
    else group.push(unit);
  }
  return [...groups.values()];
}
