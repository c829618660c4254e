import type { LaneReceipt, LogEntry, SnapshotMark, Stamped, Store, WorldHead } from "../kv/ports.ts";
import { DamagedRecord } from "../kv/ports.ts";
import type { EnginePort } from "./engine_port.ts";
import { type Position, startPosition, toSeqs } from "./position.ts";
import { eventsOf, hashAfter, stateOf } from "./stored_forms.ts";
import { UnwrittenReceipts } from "./unwritten_receipts.ts";

export { eventsOf };

/** Entries read at once: without a readable snapshot it may be the whole log. */
const CHUNK = 500;

/** A world as the store has it, folded up to its head. */
export interface LoadedWorld {
  readonly head: WorldHead;
  readonly stamp: string;
  readonly position: Position;
  /** Log number of the snapshot it was loaded from; 0 for none. */
  readonly snapshot: number;
  /** Receipts that so far stand in entries only. */
  readonly receipts: readonly LaneReceipt[];
}

/**
 * Reads head, newest good snapshot and the entries after it, and folds them. Numbers, checksums, event types and state
 * hashes are checked on the way: a mismatch is a DamagedRecord, which quarantines this world.
 */
export async function loadWorld(store: Store, engine: EnginePort, world: string): Promise<LoadedWorld | undefined> {
  const head = await store.readHead(world);
  if (head === undefined) return undefined;
  const { n, epoch, seq } = head.value;
  const start = await nearestSnapshot(store, engine, world, (mark) => mark.n <= n, epoch);
  let position = start;
  const receipts = new UnwrittenReceipts();
  for (let from = start.n + 1; from <= n; from += CHUNK) {
    for (const entry of await store.readEntries(world, from, Math.min(from + CHUNK - 1, n))) {
      position = foldEntry(engine, position, entry);
      for (const receipt of receiptsOf(entry)) receipts.add(receipt);
      const hash = entry.hash === undefined ? undefined : hashAfter(engine, entry, position.state);
      if (hash !== undefined && entry.hash !== hash) {
        throw new DamagedRecord(`w/${world}/ev/${entry.n}`, "its state hash differs from the fold of the log");
      }
    }
  }
  for (const audience of engine.audiences) {
    if (position.seq[audience] !== toSeqs(seq)[audience]) {
      throw new DamagedRecord(`w/${world}/head`, `its ${audience} stream stands elsewhere than the log`);
    }
  }
  await checkHeadIsNewest(store, world, head);
  const due = await notedDue(store, world, head.value);
  return {
    head: head.value,
    stamp: head.stamp,
    position: { ...position, due },
    snapshot: start.n,
    receipts: receipts.all(),
  };
}

/** Entries and head are written together: an older head has forgotten what was acknowledged. */
async function checkHeadIsNewest(store: Store, world: string, { value, stamp }: Stamped<WorldHead>): Promise<void> {
  if (!await store.hasEntriesAfter(world, value.n)) return;
  // Another process may have extended the world since its head was read here.
  if ((await store.readHead(world))?.stamp !== stamp) return;
  throw new DamagedRecord(`w/${world}/head`, `it stands at ${value.n}, but the log goes on`);
}

/** The minute a world's timer is noted under, unless the note was taken away when the world went to sleep. */
export async function notedDue(store: Store, world: string, { due }: WorldHead): Promise<number | undefined> {
  return due !== undefined && await store.isDue({ minute: due, world }) ? due : undefined;
}

/**
 * The newest readable snapshot that a filter accepts, or where the world's log begins. Damaged ones are passed over: the
 * one before and a longer fold take their place.
 */
export async function nearestSnapshot(
  store: Store,
  engine: EnginePort,
  world: string,
  accepts: (mark: SnapshotMark) => boolean,
  epoch: number,
): Promise<Position> {
  for (const mark of await store.readSnapshotMarks(world)) {
    if (!accepts(mark)) continue;
    const found = await store.readSnapshot(world, mark);
    // An older epoch's is of this history too, from before it was restored or imported; a younger one's would not be.
    if (found === undefined || found.epoch > epoch) continue;
    const state = stateOf(engine, found.state);
    if (state !== undefined) return { n: found.n, at: found.at, seq: toSeqs(found.seq), state };
  }
  return await beginning(store, engine, world);
}

/** Where a world's log begins: with entry 1, or after the newest entry that was dropped. */
export async function beginning(store: Store, engine: EnginePort, world: string): Promise<Position> {
  const { first = 1 } = await store.readLogState(world) ?? {};
  if (first === 1) return startPosition(engine, world);
  const base = await store.readBase(world);
  const state = base && stateOf(engine, base.state);
  if (base === undefined || state === undefined) {
    throw new DamagedRecord(`w/${world}/base/${first - 1}`, "the state before the first entry that is kept is damaged");
  }
  return { n: base.n, at: base.at, seq: toSeqs(base.seq), state };
}

/** The position after one stored entry. */
export function foldEntry(engine: EnginePort, before: Position, entry: LogEntry): Position {
  if (entry.n !== before.n + 1) {
    throw new DamagedRecord(`entry ${entry.n}`, `the log stands at ${before.n} before it`);
  }
  const state = eventsOf(engine, entry).reduce((folded, event) => engine.evolve(folded, event), before.state);
  return { n: entry.n, at: entry.at, seq: toSeqs(entry.seq), state };
}

/** The receipt inside an entry, as its lane keeps it. */
export function receiptsOf({ n, session, lane, cseq, receipt }: LogEntry): readonly LaneReceipt[] {
  return receipt === undefined ? [] : [{ session, lane, receipt: { cseq, n, ...receipt } }];
}
