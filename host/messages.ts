import type { WorldEvent } from "../engine/types/event.ts";
import type { Audience } from "../engine/types/names.ts";
import type { WorldState } from "../engine/types/state.ts";
import type { View } from "../engine/types/view.ts";
import type { StreamFrame } from "./api.ts";
import type { EnginePort, ViewEvent } from "./engine_port.ts";
import { AssertionFailed } from "./faults.ts";

/** What a message is made of; the same parts always give the same bytes. */
export interface MessageParts {
  readonly world: string;
  readonly audience: Audience;
  readonly epoch: number;
  readonly seq: number;
  readonly at: number;
  readonly rid: string;
  readonly events: readonly ViewEvent[];
  readonly before: View;
  readonly after: View;
}

/** Events as an audience may know them; empty: the command takes no number in its stream. */
export function redactAll(
  engine: EnginePort,
  events: readonly WorldEvent[],
  audience: Audience,
  after: WorldState,
): readonly ViewEvent[] {
  return events.flatMap((event) => engine.redact(after, event, audience) ?? []);
}

/** The one place that writes a message: once when it is published, again, byte for byte, when a gap is filled. */
export function messageFrame(engine: EnginePort, parts: MessageParts, check: boolean): StreamFrame {
  const { world, audience, epoch, seq, at, rid, events, before, after } = parts;
  const patch = engine.diff(before, after);
  const hash = engine.hash(after);
  if (check && engine.hash(engine.apply(before, patch)) !== hash) {
    throw new AssertionFailed(`old view + patch = new view (${world} ${audience} ${seq})`);
  }
  return frame("message", epoch, seq, { world, audience, epoch, seq, at, rid, events, patch, hash });
}

export interface SnapshotParts {
  readonly world: string;
  readonly audience: Audience;
  readonly epoch: number;
  readonly seq: number;
  readonly view: View;
  readonly hash: string;
}

export function snapshotFrame(parts: SnapshotParts): StreamFrame {
  return frame("snapshot", parts.epoch, parts.seq, parts);
}

export function resumedFrame(world: string, audience: Audience, epoch: number, seq: number): StreamFrame {
  return frame("resumed", epoch, seq, { world, audience, epoch, seq });
}

function frame(kind: StreamFrame["kind"], epoch: number, seq: number, params: unknown): StreamFrame {
  return {
    kind,
    epoch,
    seq,
    text: `{"jsonrpc":"2.0","method":"v1.stream.${kind}","params":${JSON.stringify(params)}}`,
  };
}
