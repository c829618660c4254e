import type { WorldEvent } from "../engine/types/event.ts";
import type { WorldState } from "../engine/types/state.ts";
import type { EnginePort } from "../host/engine_port.ts";
import type { Json, LogEntry, Store } from "../kv/ports.ts";

/** Entries read at once: bounds what is in memory, whatever the length of the log. */
const CHUNK = 500;

export interface ReplayReport {
  readonly entries: number;
  /** Stored hashes and snapshots the fold was compared with. */
  readonly compared: number;
  /** Hash of the state after the last entry. */
  readonly hash: string;
  /** The first difference, as a sentence; undefined when there is none. */
  readonly fault?: string;
}

type Engine = Pick<EnginePort, "start" | "evolve" | "knows" | "hash">;

/**
 * Folds every entry of a world's log from its beginning, compares the state with each hash and snapshot stored on the way,
 * and stops at the first difference.
 */
export async function verifyWorld(store: Store, engine: Engine, world: string): Promise<ReplayReport> {
  const head = await store.readHead(world);
  if (head === undefined) return { entries: 0, compared: 0, hash: "", fault: "there is no such world in this store" };
  const marks = new Map((await store.readSnapshotMarks(world)).map((mark) => [mark.n, mark]));
  let state = engine.start(world);
  let compared = 0;

  for (let from = 1; from <= head.value.n; from += CHUNK) {
    for (const entry of await store.readEntries(world, from, Math.min(from + CHUNK - 1, head.value.n))) {
      const stop = (fault: string) => ({ entries: entry.n, compared, hash: engine.hash(state), fault });
      const unknown = entry.events.map(typeOf).find((type) => !engine.knows(type));
      if (unknown !== undefined) return stop(`entry ${entry.n} holds an event of unknown type "${unknown}"`);
      state = fold(engine, state, entry);

      if (entry.hash !== undefined) {
        compared += 1;
        const found = engine.hash(state);
        if (found !== entry.hash) {
          return stop(`after entry ${entry.n} the hash is ${found}, but ${entry.hash} is stored`);
        }
      }
      const mark = marks.get(entry.n);
      if (mark !== undefined) {
        compared += 1;
        const snapshot = await store.readSnapshot(world, mark);
        if (snapshot === undefined) return stop(`the snapshot after entry ${entry.n} is damaged`);
        // Read from disk: its shape is what the hash is about to tell.
        if (engine.hash(snapshot.state as unknown as WorldState) !== engine.hash(state)) {
          return stop(`the snapshot after entry ${entry.n} differs from the fold of the log`);
        }
      }
    }
  }
  return { entries: head.value.n, compared, hash: engine.hash(state) };
}

function fold(engine: Engine, state: WorldState, entry: LogEntry): WorldState {
  // `knows` has looked at each of them.
  return entry.events.reduce(
    (before: WorldState, event) => engine.evolve(before, event as unknown as WorldEvent),
    state,
  );
}

function typeOf(event: Json): string {
  if (typeof event !== "object" || event === null || !("type" in event)) return "";
  return typeof event.type === "string" ? event.type : "";
}
