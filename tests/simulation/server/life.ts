/** One server process as time and death see it: whatever it started ends with it, and nothing wakes it while it is stopped. */
import type { Clock } from "../../../host/clock.ts";
import type { Agenda } from "./agenda.ts";
import type { Chance } from "./chance.ts";

/** The machine's wall clock: it may jump. */
export interface WallClock {
  offset: number;
}

/** What the wall clock shows when a run begins. */
export const START = 1_795_334_400_000;

export class Life {
  readonly #agenda: Agenda;
  readonly #ended: (() => void)[] = [];
  #alive = true;
  #stoppedUntil = 0;

  constructor(agenda: Agenda) {
    this.#agenda = agenda;
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Calls back when it ends. */
  onEnd(run: () => void): void {
    this.#ended.push(run);
  }

  /** From here on nothing it does has any effect. */
  end(): void {
    if (!this.#alive) return;
    this.#alive = false;
    for (const run of this.#ended.splice(0)) run();
  }

  /** Stops it (SIGSTOP) for so long: it hears of nothing, and then of everything in order. */
  stopFor(ms: number): void {
    this.#stoppedUntil = Math.max(this.#stoppedUntil, this.#agenda.now + ms);
  }

  /** Runs something inside of it: now, when it goes on, or never. */
  enter(run: () => void): void {
    if (!this.#alive) return;
    const wait = this.#stoppedUntil - this.#agenda.now;
    if (wait > 0) this.#agenda.after(wait, () => this.enter(run));
    else run();
  }
}

/** Time as a process has it. `soon` keeps its order and comes at once, or `lag` ms later. */
export function clockOf(life: Life, agenda: Agenda, wall: WallClock, chance: Chance, lag: () => number): Clock {
  let soonAt = 0;
  return {
    now: () => START + agenda.now + wall.offset,
    monotonic: () => agenda.now,
    after(ms, run) {
      // What fell due while the process was stopped may still be taken back when it goes on.
      let wanted = true;
      const takeBack = agenda.after(ms, () => life.enter(() => wanted && run()));
      return () => {
        wanted = false;
        takeBack();
      };
    },
    soon(run) {
      soonAt = Math.max(soonAt, agenda.now + (chance.happens(0.1) ? lag() : 0));
      agenda.after(soonAt - agenda.now, () => life.enter(run));
    },
  };
}
