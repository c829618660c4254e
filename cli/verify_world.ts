import type { EnginePort } from "../host/engine_port.ts";
import type { Store } from "../kv/ports.ts";
import { baseOf, createLogCheck, type ReplayReport } from "./log_check.ts";

/** Entries read at once: bounds what is in memory, whatever the length of the log. */
const CHUNK = 500;

/**
 * Decides every command of a world's log again from the seed, compares the events with those stored and the state with each
 * hash and snapshot on the way, and stops at the first difference. Begins at the first entry that is kept.
 */
export async function verifyWorld(store: Store, engine: EnginePort, world: string): Promise<ReplayReport> {
  const head = await store.readHead(world);
  if (head === undefined) return createLogCheck(engine, world).report("there is no such world in this store");
  const first = (await store.readLogState(world))?.first ?? 1;
  const stored = first === 1 ? undefined : await store.readBase(world);
  const base = stored && baseOf(engine, stored);
  const check = createLogCheck(engine, world, base);
  if (first > 1 && base?.n !== first - 1) {
    return check.report(`the state before its first entry ${first} is damaged`);
  }
  const marks = new Map((await store.readSnapshotMarks(world)).map((mark) => [mark.n, mark]));

  for (let from = first; from <= head.value.n; from += CHUNK) {
    for (const entry of await store.readEntries(world, from, Math.min(from + CHUNK - 1, head.value.n))) {
      const fault = check.take(entry);
      if (fault !== undefined) return check.report(fault);
      const mark = marks.get(entry.n);
      if (mark === undefined) continue;
      const snapshot = await store.readSnapshot(world, mark);
      if (snapshot === undefined) return check.report(`the snapshot after entry ${entry.n} is damaged`);
      const differs = check.compare(snapshot);
      if (differs !== undefined) return check.report(differs);
    }
  }
  return check.report();
}
