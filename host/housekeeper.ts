import type { Clock } from "./clock.ts";
import type { HostDeps } from "./deps.ts";
import { faultText } from "./faults.ts";
import { type Round, sweepStore } from "./sweep_store.ts";

/** Between two steps at least, and this many times as long as the last one took. */
const REST_MS = 50;
const REST_FACTOR = 12;
/** Until the store is asked again whether it takes writes. */
const HELD_UP_MS = 60_000;

export interface HousekeeperOptions extends Pick<Round, "busy" | "gone"> {
  readonly deps: HostDeps;
  /** Before the first round, and between two rounds. */
  readonly firstMs: number;
  readonly roundMs: number;
  /** Whether the store takes writes now; while it does not, a round waits. */
  readonly writable: () => boolean;
}

/** Sweeps the store now and then, a small step at a time: what play asks for comes before. */
export class Housekeeper {
  readonly #options: HousekeeperOptions;
  readonly #clock: Clock;
  #steps: AsyncGenerator<void, string | undefined> | undefined;
  /** Where the next round begins with the accounts. */
  #from: string | undefined;
  #step: Promise<void> = Promise.resolve();
  #cancel: () => void;
  #stopped = false;

  constructor(options: HousekeeperOptions) {
    this.#options = options;
    this.#clock = options.deps.clock;
    this.#cancel = this.#clock.after(options.firstMs, () => this.#next());
  }

  /** Resolves when no step is under way; the round is not ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#step;
  }

  #next(): void {
    this.#step = this.#take().then((rest) => {
      if (!this.#stopped) this.#cancel = this.#clock.after(rest, () => this.#next());
    });
  }

  /** One step; how long to rest after it. */
  async #take(): Promise<number> {
    const { deps: { store, metrics, log }, busy, gone, writable } = this.#options;
    if (!writable()) return HELD_UP_MS;
    const began = this.#clock.monotonic();
    this.#steps ??= sweepStore({
      store,
      clock: this.#clock,
      busy,
      gone,
      count: (what, howMany) => metrics.swept.inc({ what }, howMany),
    }, this.#from);
    try {
      const { done, value } = await this.#steps.next();
      if (done !== true) return Math.max(REST_MS, (this.#clock.monotonic() - began) * REST_FACTOR);
      this.#from = value;
    } catch (fault) {
      log("warning", "sweeping the store failed", { fault: faultText(fault) });
    }
    this.#steps = undefined;
    return this.#options.roundMs;
  }
}
