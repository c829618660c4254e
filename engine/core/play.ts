/** The workbench of one command: rules emit events, each is folded at once, and the next rule sees the result. */
import type { By, Intent } from "../types/command.ts";
import type { WorldEvent } from "../types/event.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";
import type { Dice, Rng } from "./rng.ts";

export interface Play {
  /** State after everything emitted so far. */
  readonly state: WorldState;
  readonly events: readonly WorldEvent[];
  readonly by: By;
  /** Ms stamped by the host. */
  readonly at: number;
  /** Says that something happened: stored, and folded into `state`. */
  emit(event: WorldEvent): void;
  /** Dice of one purpose; within a command the same purpose goes on in the same stream. */
  dice(purpose: string): Dice;
  /** A fresh id made in this world, such as `e_12`. Derived from events emitted so far: no chance, no clock. */
  id<T extends string>(prefix: string): T;
  /** Does a further intent on this play through the rules' front door, as the AI does. Permission is the caller's. */
  perform(intent: Intent): Rejection | undefined;
}

export interface PlayInput {
  readonly state: WorldState;
  readonly by: By;
  readonly at: number;
  readonly rng: Rng;
  readonly evolve: (state: WorldState, event: WorldEvent) => WorldState;
  /** The rules' front door, handed in so that no rule imports the table it stands in. */
  readonly perform?: (play: Play, intent: Intent) => Rejection | undefined;
}

export function createPlay(input: PlayInput): Play {
  const events: WorldEvent[] = [];
  const streams = new Map<string, Dice>();
  let state = input.state;
  let ids = 0;
  const play: Play = {
    get state() {
      return state;
    },
    events,
    by: input.by,
    at: input.at,
    emit(event) {
      events.push(event);
      state = input.evolve(state, event);
    },
    dice(purpose) {
      const known = streams.get(purpose);
      if (known) return known;
      const dice = input.rng.fork(purpose).dice();
      streams.set(purpose, dice);
      return dice;
    },
    id<T extends string>(prefix: string): T {
      ids += 1;
      return `${prefix}_${input.state.made.toString(36)}_${ids.toString(36)}` as T;
    },
    perform(intent) {
      if (!input.perform) throw new RangeError(`Cannot perform as a play must have its rules: got ${intent.type}`);
      return input.perform(play, intent);
    },
  };
  return play;
}
