import type { Clock } from "./clock.ts";
import { faultText } from "./faults.ts";
import type { LiveWorld } from "./live_world.ts";
import type { Decided } from "./world_unit.ts";

/** Publishing goes on for this long before acknowledgements get their turn again; the clock is read now and then. */
const SLICE_MS = 4;
const CLOCK_EVERY = 8;

/**
 * Publishes durable commands in the order of each world's log, in tasks of its own: answers have left by then, and a
 * large fan-out cannot delay the next acknowledgement.
 */
export class Publisher {
  readonly #clock: Clock;
  #queue: (readonly [LiveWorld, Decided])[] = [];
  #at = 0;
  #planned = false;
  #idle: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(world: LiveWorld, decided: Decided): void {
    this.#queue.push([world, decided]);
    this.#plan();
  }

  /** Resolves when everything added so far is out. */
  idle(): Promise<void> {
    if (!this.#planned) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    this.#clock.soon(() => this.#run());
  }

  #run(): void {
    this.#planned = false;
    const until = this.#clock.monotonic() + SLICE_MS;
    while (this.#at < this.#queue.length) {
      const next = this.#queue[this.#at++];
      if (next !== undefined) publish(...next);
      if (this.#at % CLOCK_EVERY === 0 && this.#at < this.#queue.length && this.#clock.monotonic() >= until) {
        return this.#plan();
      }
    }
    this.#queue = [];
    this.#at = 0;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}

function publish(world: LiveWorld, { events: all, shown, before, after, job, view }: Decided): void {
  if (world.frozen) return;
  try {
    for (const [audience, events] of shown) {
      if (events.length === 0) continue;
      world.stream(audience).publish({
        seq: after.seq[audience],
        at: after.at,
        rid: job.rid,
        events,
        before: before.state,
        after: after.state,
        view: audience === "party" ? view : undefined,
      });
    }
    world.shop.told(world, all);
  } catch (fault) {
    world.freeze(faultText(fault));
  }
}
