import type { Audience } from "../engine/types/names.ts";
import type { WorldState } from "../engine/types/state.ts";
import type { EnginePort } from "./engine_port.ts";

/** Newest number of each audience's stream. */
export type StreamSeqs = Readonly<Record<Audience, number>>;

/** A world after its entry n: the state and where log and streams stand. */
export interface Position {
  readonly n: number;
  /** Ms of the newest entry: stamps never fall within a world. */
  readonly at: number;
  readonly seq: StreamSeqs;
  readonly state: WorldState;
  /** Minute (since 1970) under which the next timer is noted in the store; undefined: nothing is noted. */
  readonly due?: number | undefined;
}

export const NO_SEQS: StreamSeqs = { "party": 0, "party.talk": 0 };

export function startPosition(engine: EnginePort, world: string): Position {
  return { n: 0, at: 0, seq: NO_SEQS, state: engine.start(world) };
}

/** Stored numbers as stream numbers; an audience the entry does not name has none yet. */
export function toSeqs(stored: Readonly<Record<string, number>>): StreamSeqs {
  return { "party": stored["party"] ?? 0, "party.talk": stored["party.talk"] ?? 0 };
}
