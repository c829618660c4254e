import type { Pack, Store } from "../kv/ports.ts";
import type { Refused } from "./answers.ts";
import type { Clock } from "./clock.ts";
import type { HostMetrics } from "./metrics.ts";

/** What is turned away under load, first what nobody has begun yet. Spectators will stand before guests. */
const ORDER = ["guest", "session", "query", "command"] as const;
export type Sheddable = typeof ORDER[number];

/** Ms of expected wait, beyond the commit that is on its way, from which on each is turned away. */
const BOUND_MS: Readonly<Record<Sheddable, number>> = { guest: 60, session: 90, query: 120, command: 150 };
/** Commands one pack holds at least, when so many wait. */
const PACK_LEAST = 88;
/** With so many under way each is still let in, however slow the disk: one pack being written, and part of the next. */
const LEAST: Readonly<Record<Sheddable, number>> = { guest: 88, session: 110, query: 140, command: 176 };
/** A commit that takes this much longer than the last ones did: nobody knows when the store answers again. */
const STUCK_MS = 2_000;
/** How many questions one look at the clock serves. */
const CLOCK_EVERY = 16;
/** Weight of the newest commit in what is known of the last ones. */
const NEWEST = 0.1;
/** One commit that takes long is no slow disk: it counts as so many times the last ones at most. */
const OUTLIER = 3;
const RETRY_LEAST_MS = 200;
const RETRY_MOST_MS = 5_000;
/** Clients turned away together must not come back together. */
const SPREAD_MS = 300;

/**
 * Answers overload instead of queueing it. It knows how many commands are under way and how fast the store has lately
 * taken them, and so how long a new one would wait; above a bound that is answered `server/busy` with a time to wait.
 *
 * A pack takes whatever waits while those before are written, so what counts is a command's share of the time between
 * two commits, however many are on their way at once: a slow disk alone is no overload. Asking costs one comparison; the
 * bounds are counted anew once per commit.
 */
export class Admission {
  readonly #clock: Pick<Clock, "monotonic">;
  readonly #shed: Readonly<Record<Sheddable, { inc(): void }>>;
  /** Commands under way from which on each is turned away. */
  readonly #bounds: Record<Sheddable, number> = {
    guest: Infinity,
    session: Infinity,
    query: Infinity,
    command: Infinity,
  };
  readonly #left = () => {
    if (--this.#inside === 0) this.#endedBusy = undefined;
  };
  #inside = 0;
  /** Moving times: of one commit, and of one command's share of what lies between the ends of two. */
  #commitMs = 0;
  #shareMs = 0;
  /** When the commits on their way began (ms, monotonic), oldest first. */
  #under: readonly number[] = [];
  /** When the last one ended; undefined when nobody has waited since. */
  #endedBusy: number | undefined;
  #stuck = false;
  #asked = 0;
  #turnedAway = 0;

  constructor(clock: Pick<Clock, "monotonic">, metrics: Pick<HostMetrics, "shed">) {
    this.#clock = clock;
    const { shed } = metrics;
    this.#shed = {
      guest: shed.labels("guest"),
      session: shed.labels("session"),
      query: shed.labels("query"),
      command: shed.labels("command"),
    };
  }

  /** Ms a command that comes now would wait before its own commit begins. */
  get expectedMs(): number {
    const queue = this.#inside * this.#shareMs;
    return this.#stuck ? Math.max(queue, this.#age - this.#commitMs) : queue;
  }

  /** The same store; its commits are timed. */
  watch(store: Store): Store {
    return Object.create(store, { commit: { value: (pack: Pack) => this.#timed(store, pack) } });
  }

  /** The refusal for what must not come in now; undefined: there is room. */
  refusal(what: Sheddable): Refused | undefined {
    return this.sheds(what) ? this.turnAway(what) : undefined;
  }

  /** Whether there is no room. */
  sheds(what: Sheddable): boolean {
    const over = this.#inside >= this.#bounds[what];
    // What only reads needs no store: while that hangs, views stay.
    return what === "query" ? over && !this.#isStuck() : over || (this.#inside > 0 && this.#isStuck());
  }

  /** Counts one that is turned away, and tells it when to come back. */
  turnAway(what: Sheddable): Refused {
    this.#shed[what].inc();
    const wait = Math.min(RETRY_MOST_MS, Math.max(RETRY_LEAST_MS, this.expectedMs));
    const retryAfterMs = Math.round(wait) + (++this.#turnedAway * 97) % SPREAD_MS;
    return { ok: false, refusal: { code: "server/busy", retryAfterMs } };
  }

  /** Counts a command until it is answered; gives back the same promise. */
  admit<T>(answer: Promise<T>): Promise<T> {
    this.#inside++;
    answer.then(this.#left, this.#left);
    return answer;
  }

  get #age(): number {
    const [oldest] = this.#under;
    return oldest === undefined ? 0 : this.#clock.monotonic() - oldest;
  }

  /** With many commands a second the clock is not read for each of them. */
  #isStuck(): boolean {
    if (this.#inside < CLOCK_EVERY || ++this.#asked % CLOCK_EVERY === 0) {
      this.#stuck = this.#age > this.#commitMs + STUCK_MS;
    }
    return this.#stuck;
  }

  async #timed(store: Store, pack: Pack) {
    const began = this.#clock.monotonic();
    this.#under = [...this.#under, began];
    const size = pack.changes.length;
    // With few under way a small pack says nothing about how many it could have held.
    const room = this.#inside >= LEAST.command ? size : Math.max(size, PACK_LEAST);
    try {
      const result = await store.commit(pack);
      if (result.ok) this.#learn(began, room);
      return result;
    } finally {
      // One given up as hanging may still end, long after others have.
      this.#under = this.#under.filter((other) => other > began);
      this.#stuck = false;
      this.#endedBusy = this.#inside > size ? this.#clock.monotonic() : undefined;
    }
  }

  #learn(began: number, room: number): void {
    const now = this.#clock.monotonic();
    this.#commitMs += (now - began - this.#commitMs) * NEWEST;
    // While commands wait, what lies between two commits is part of what the next one has to wait for.
    const share = (now - (this.#endedBusy ?? began)) / Math.max(1, room);
    const most = this.#shareMs === 0 ? share : this.#shareMs * OUTLIER;
    this.#shareMs += (Math.min(share, most) - this.#shareMs) * NEWEST;
    for (const what of ORDER) this.#bounds[what] = Math.max(LEAST[what], BOUND_MS[what] / this.#shareMs);
  }
}
