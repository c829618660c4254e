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
  /**
   * A fresh id made in this world, such as `e_0k3f9zb41xq2`. Keyed by the seed and the number of events so far, so that nobody
   * who sees two ids learns how much happened between them out of sight.
   */
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

/** Largest of the two numbers in an id: 31 bits each. */
const ID_WORD = 0x7fff_ffff;

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
      const dice = input.rng.fork(`id/${input.state.made}/${ids}`).dice();
      const word = () => dice.int(0, ID_WORD).toString(36).padStart(6, "0");
      return `${prefix}_${word()}${word()}` as T;
    },
    perform(intent) {
      if (!input.perform) throw new RangeError(`Cannot perform as a play must have its rules: got ${intent.type}`);
      return input.perform(play, intent);
    },
  };
  return play;
}
