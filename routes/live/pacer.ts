import type { Clock } from "../../host/clock.ts";

/**
 * A queue that begins so many pieces of work in each turn of the event loop and leaves the rest of the turn to others.
 * Whatever the runtime hands over in one go is otherwise done in one go, and everybody else waits for the last of it.
 * While little comes nothing waits: a piece is begun at once, within the caller's own task.
 */
export class Pacer {
  readonly #clock: Pick<Clock, "soon">;
  readonly #atOnce: number;
  #queue: (() => void)[] = [];
  /** Where the queue begins: moving all of a long one up for each piece would cost more than the pieces. */
  #at = 0;
  #begun = 0;
  #planned = false;

  constructor(clock: Pick<Clock, "soon">, atOnce: number) {
    this.#clock = clock;
    this.#atOnce = atOnce;
  }

  /** Pieces that wait for their turn. */
  get waiting(): number {
    return this.#queue.length - this.#at;
  }

  /** Begins a piece of work now, or in one of the turns after, in the order in which they came. */
  run(begin: () => void): void {
    this.#plan();
    if (this.#begun < this.#atOnce && this.waiting === 0) {
      this.#begun++;
      begin();
    } else {
      this.#queue.push(begin);
    }
  }

  /** Resolves when it is one's turn. */
  turn(): Promise<void> {
    return new Promise((resolve) => this.run(resolve));
  }

  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    this.#clock.soon(() => this.#next());
  }

  #next(): void {
    this.#planned = false;
    this.#begun = 0;
    if (this.waiting > 0) this.#plan();
    while (this.#begun < this.#atOnce && this.waiting > 0) {
      const begin = this.#queue[this.#at++];
      this.#begun++;
      begin?.();
    }
    if (this.waiting > 0) return;
    this.#queue = [];
    this.#at = 0;
  }
}
