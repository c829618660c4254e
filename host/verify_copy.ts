import type { Pace } from "../kv/pace.ts";
import type { LogEntry, Store } from "../kv/ports.ts";
import { DamagedRecord } from "../kv/ports.ts";
import type { EnginePort } from "./engine_port.ts";
import { inSlices } from "./in_slices.ts";
import { beginning, foldEntry, nearestSnapshot } from "./load_world.ts";
import { type Position, toSeqs } from "./position.ts";
import { hashAfter } from "./stored_forms.ts";

/** Entries read at once: bounds what is in memory, whatever the length of the log. */
const CHUNK = 32;
const WORLDS = 100;

/** A store with a list of its worlds. */
export interface WorldsToVerify {
  readonly store: Store;
  worlds(after: string | undefined, limit: number): Promise<readonly string[]>;
}

export interface CopyReport {
  readonly worlds: number;
  readonly entries: number;
  readonly snapshots: number;
  readonly damaged: readonly string[];
}

/**
 * Reads the whole log of every world and folds each from its oldest snapshot to its head, as a server would that had
 * lost the younger ones: every checksum, every number, every state hash, every snapshot on the way. A world that does
 * not is named; the others are looked at all the same. `pace` is called between slices with how long each took (ms).
 */
export async function verifyWorlds(
  copy: WorldsToVerify,
  engine: EnginePort,
  pace: Pace,
): Promise<CopyReport> {
  const damaged: string[] = [];
  const sum = { worlds: 0, entries: 0, snapshots: 0 };
  let after: string | undefined;
  for (;;) {
    const ids = await copy.worlds(after, WORLDS);
    for (const id of ids) {
      sum.worlds++;
      try {
        const { entries, snapshots } = await verifyWorld(copy.store, engine, id, pace);
        sum.entries += entries;
        sum.snapshots += snapshots;
      } catch (fault) {
        damaged.push(`world ${id}: ${fault instanceof Error ? fault.message : String(fault)}`);
      }
    }
    after = ids.at(-1);
    if (ids.length < WORLDS) return { ...sum, damaged };
  }
}

export interface VerifiedWorld {
  readonly entries: number;
  readonly snapshots: number;
  /** Number of the oldest entry that is kept. */
  readonly first: number;
  /** Where its log ends. */
  readonly position: Position;
}

/** One world; throws what is wrong with it. */
export async function verifyWorld(
  store: Store,
  engine: EnginePort,
  world: string,
  pace: Pace,
): Promise<VerifiedWorld> {
  const head = await store.readHead(world);
  if (head === undefined) throw new DamagedRecord(`w/${world}/head`, "it is missing");
  const { n, epoch, seq } = head.value;
  const marks = (await store.readSnapshotMarks(world)).filter((mark) => mark.n <= n).toSorted((a, b) => a.n - b.n);
  const known = new Map<number, Position>();
  for (const mark of marks) {
    const began = performance.now();
    const position = await nearestSnapshot(store, engine, world, (one) => one.n === mark.n, epoch);
    if (position.n === mark.n) known.set(mark.n, position);
    await pace(performance.now() - began);
  }
  let position = await nearestSnapshot(store, engine, world, (mark) => mark.n === marks[0]?.n, epoch);
  const first = (await beginning(store, engine, world)).n + 1;
  const mayRest = inSlices(pace);
  for (let from = first; from <= n; from += CHUNK) {
    for (const entry of await store.readEntries(world, from, Math.min(from + CHUNK - 1, n))) {
      if (entry.n <= position.n) continue;
      position = foldEntry(engine, position, entry);
      compare(engine, world, position, entry, known.get(entry.n));
      await mayRest();
    }
  }
  if (position.n !== n) throw new DamagedRecord(`w/${world}/head`, `the log ends at ${position.n} and not at ${n}`);
  for (const audience of engine.audiences) {
    if (position.seq[audience] !== toSeqs(seq)[audience]) {
      throw new DamagedRecord(`w/${world}/head`, `its ${audience} stream stands elsewhere than the log`);
    }
  }
  return { entries: Math.max(0, n - first + 1), snapshots: known.size, first, position };
}

function compare(engine: EnginePort, world: string, folded: Position, entry: LogEntry, snapshot: Position | undefined) {
  const hash = entry.hash === undefined ? undefined : hashAfter(engine, entry, folded.state);
  if (hash !== undefined && entry.hash !== hash) {
    throw new DamagedRecord(`w/${world}/ev/${entry.n}`, "its state hash differs from the fold of the log");
  }
  if (snapshot !== undefined && engine.hash(snapshot.state) !== engine.hash(folded.state)) {
    throw new DamagedRecord(`w/${world}/sn/${entry.n}`, "the snapshot differs from the fold of the log");
  }
}
