import type { Json, LogEntry, Snapshot, Store } from "../kv/ports.ts";
import type { WorldFileHeader, WorldFileLine } from "../kv/world_file.ts";
import type { EnginePort } from "./engine_port.ts";
import { verifyWorld } from "./verify_copy.ts";

const CHUNK = 200;

/**
 * A world as the lines of a file: what it is, the state before its log where old entries were dropped, every entry, and
 * the state after them. The log is folded first, so a damaged world throws before the first line.
 */
export async function* exportWorld(
  store: Store,
  engine: EnginePort,
  world: string,
  more: Pick<WorldFileHeader, "exportedAt" | "version" | "store"> & { readonly pace: (ms: number) => Promise<void> },
): AsyncGenerator<WorldFileLine> {
  const { pace, ...from } = more;
  const head = (await store.readHead(world))?.value;
  if (head === undefined) throw new RangeError(`Cannot export world ${world} as there is none of that id`);
  const { first, position } = await verifyWorld(store, engine, world, pace);
  const { n, epoch } = head;
  yield { type: "world", format: 1, world, name: position.state.name, ...from, first, n, epoch };
  const base = first === 1 ? undefined : await store.readBase(world);
  if (base !== undefined) yield { type: "base", snapshot: base };
  for (let start = first; start <= n; start += CHUNK) {
    const began = performance.now();
    const entries: readonly LogEntry[] = await store.readEntries(world, start, Math.min(start + CHUNK - 1, n));
    for (const entry of entries) yield { type: "entry", entry };
    await pace(performance.now() - began);
  }
  const { at, seq, state } = position;
  const snapshot: Snapshot = { n, at, epoch, seq, state: stateJson(state) };
  yield { type: "state", snapshot };
}

/** States are plain records; the compiler cannot see that their members are JSON. */
export function stateJson(state: object): Json {
  return state as Json;
}
