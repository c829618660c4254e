interface Letter {
  readonly ready: () => Promise<unknown> | undefined;
  readonly run: () => void;
  readonly failed: (fault: unknown) => void;
}

/**
 * One queue per world: turns run one after another, each whole. A turn may first wait for something to be read; most
 * do not, and then run at once in the caller's own task.
 */
export class Mailbox {
  readonly #letters: Letter[] = [];
  readonly #broken: (fault: unknown) => void;
  #busy = false;
  #closed = false;
  #held = 0;

  /** `broken` hears of a turn that threw. */
  constructor(broken: (fault: unknown) => void) {
    this.#broken = broken;
  }

  get size(): number {
    return this.#letters.length + (this.#busy ? 1 : 0);
  }

  /**
   * `ready` may give a promise to wait for, `run` is the turn itself, `failed` is called instead when the wait fails
   * (with the fault) or the mailbox is closed (with undefined).
   */
  put(ready: Letter["ready"], run: Letter["run"], failed: Letter["failed"]): void {
    if (this.#closed) return failed(undefined);
    this.#letters.push({ ready, run, failed });
    if (!this.#busy && this.#held === 0) void this.#drain();
  }

  /**
   * A turn of its own that gives a value; for readers that must see one moment. Rejects with {@link MailboxClosed} when
   * there will be no turn any more.
   */
  turn<T>(run: () => T): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.put(() => undefined, () => {
      try {
        resolve(run());
      } catch (fault) {
        reject(fault);
      }
    }, (fault) => reject(fault ?? new MailboxClosed()));
    return promise;
  }

  /** Puts several turns before everything that waits; `put` inside of `fill` appends to them in order. */
  first(fill: () => void): void {
    const later = this.#letters.splice(0);
    fill();
    this.#letters.push(...later);
  }

  /** Runs no turn until the returned function is called; what is under way ends first. */
  hold(): () => void {
    this.#held++;
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      this.#held--;
      if (this.#held === 0 && !this.#busy) void this.#drain();
    };
  }

  close(): void {
    this.#closed = true;
    for (const letter of this.#letters.splice(0)) letter.failed(undefined);
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    while (this.#held === 0) {
      const letter = this.#letters.shift();
      if (letter === undefined) break;
      try {
        const wait = letter.ready();
        if (wait !== undefined) await wait;
      } catch (fault) {
        letter.failed(fault);
        continue;
      }
      try {
        letter.run();
      } catch (fault) {
        this.#broken(fault);
      }
    }
    this.#busy = false;
  }
}

/** The world went to sleep or the server is stopping: ask again. */
export class MailboxClosed extends Error {
  override readonly name = "MailboxClosed";
}
