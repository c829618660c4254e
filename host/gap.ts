import type { Audience } from "../engine/types/names.ts";
import type { Store } from "../kv/ports.ts";
import type { StreamFrame } from "./api.ts";
import type { EnginePort } from "./engine_port.ts";
import { foldEntry, nearestSnapshot } from "./load_world.ts";
import { messageFrame, redactAll } from "./messages.ts";
import { eventsOf } from "./stored_forms.ts";

/** A longer gap is answered by a snapshot. */
export const GAP_MESSAGES = 500;
const GAP_CHARS = 1_048_576;
/** Entries that may have to be folded to reach the gap's beginning. */
const FOLD_ENTRIES = 5_000;

export interface GapRequest {
  readonly world: string;
  readonly audience: Audience;
  readonly epoch: number;
  /** Last message the client has. */
  readonly after: number;
  /** Newest message wanted, and the log number it belongs to or one later. */
  readonly head: number;
  readonly n: number;
}

/**
 * Messages `after + 1` to `head` of a stream, made again from the nearest older snapshot and the log, equal byte for
 * byte to what was sent. Undefined when they cannot be made exactly so, or would be too many: the client gets a
 * snapshot instead, never a part.
 */
export async function makeGap(
  store: Store,
  engine: EnginePort,
  request: GapRequest,
): Promise<readonly StreamFrame[] | undefined> {
  const { world, audience, epoch, after, head, n } = request;
  if (head - after > GAP_MESSAGES) return undefined;
  let position = await positionBefore(store, engine, request);
  if (position === undefined || n - position.n > FOLD_ENTRIES) return undefined;
  const frames: StreamFrame[] = [];
  let chars = 0;
  for (const entry of await store.readEntries(world, position.n + 1, n)) {
    const before = position;
    position = foldEntry(engine, before, entry);
    const seq = position.seq[audience];
    if (seq === before.seq[audience] || seq <= after) continue;
    if (entry.view !== engine.viewVersion || entry.epoch !== epoch) return undefined;
    const events = redactAll(engine, eventsOf(engine, entry), audience, position.state);
    const views = { before: engine.view(before.state, audience), after: engine.view(position.state, audience) };
    const frame = messageFrame(
      engine,
      { world, audience, epoch, seq, at: entry.at, rid: entry.rid, events, ...views },
      false,
    );
    chars += frame.text.length;
    if (chars > GAP_CHARS) return undefined;
    frames.push(frame);
  }
  return frames.length === head - after ? frames : undefined;
}

/** The newest snapshot not past the message the client has. */
async function positionBefore(store: Store, engine: EnginePort, { world, audience, epoch, after, n }: GapRequest) {
  let accepted = (mark: { readonly n: number }) => mark.n <= n;
  for (;;) {
    const position = await nearestSnapshot(store, engine, world, accepted, epoch);
    if (position.seq[audience] <= after) return position;
    const tooNew = position.n;
    // Older entries were dropped: the messages before cannot be made again.
    if (!accepted({ n: tooNew })) return undefined;
    accepted = (mark) => mark.n < tooNew;
  }
}
