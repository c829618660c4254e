import type { Pack, Store } from "../kv/ports.ts";
import type { Refused } from "./answers.ts";
import type { Clock } from "./clock.ts";
import type { HostMetrics } from "./metrics.ts";

/** What is turned away under load, first what nobody has begun yet. Spectators will stand before guests. */
const ORDER = ["guest", "session", "query", "command"] as const;
export type Sheddable = typeof ORDER[number];

/** Ms of expected wait, beyond the commit that is on its way, from which on each is turned away. */
const BOUND_MS: Readonly<Record<Sheddable, number>> = { guest: 100, session: 150, query: 200, command: 250 };
/** Commands one pack holds at least, when so many wait. */
const PACK_LEAST = 64;
/** With so many under way each is still let in, however slow the disk: one pack being written, and part of the next. */
const LEAST: Readonly<Record<Sheddable, number>> = { guest: 64, session: 80, query: 96, command: 128 };
/** A commit that takes this much longer than the last ones did: nobody knows when the store answers again. */
const STUCK_MS = 1_000;
/** Weight of the newest commit in the moving time of one. */
const NEWEST = 0.2;
const FORGET = 0.02;
const RETRY_LEAST_MS = 200;
const RETRY_MOST_MS = 5_000;
/** Clients turned away together must not come back together. */
const SPREAD_MS = 300;

/**
 * Answers overload instead of queueing it. It knows how many commands are under way and how fast the store has lately
 * taken them, and so how long a new one would wait; above a bound that is answered `server/busy` with a time to wait.
 *
 * A pack takes whatever waits while the one before is written, so the wait is counted in packs: a slow disk alone is no
 * overload. Asking costs one comparison; the bounds are counted anew once per commit.
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
  readonly #left = () => void this.#inside--;
  #inside = 0;
  #cycleMs = 0;
  #perPack = PACK_LEAST;
  /** When the commit on its way began (ms, monotonic). */
  #began: number | undefined;
  #endedBusy: number | undefined;
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
    const queue = (this.#inside / this.#perPack) * this.#cycleMs;
    return this.#stuck ? Math.max(queue, this.#age - this.#cycleMs) : queue;
  }

  /** The same store; its commits are timed. */
  watch(store: Store): Store {
    return Object.create(store, { commit: { value: (pack: Pack) => this.#timed(store, pack) } });
  }

  /** The refusal for what must not come in now; undefined: there is room. */
  refusal(what: Sheddable): Refused | undefined {
    const over = this.#inside >= this.#bounds[what];
    // What only reads needs no store: while that hangs, views stay.
    if (what === "query" ? !over || this.#stuck : !over && (this.#inside === 0 || !this.#stuck)) return undefined;
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
    return this.#began === undefined ? 0 : this.#clock.monotonic() - this.#began;
  }

  get #stuck(): boolean {
    return this.#age > this.#cycleMs + STUCK_MS;
  }

  async #timed(store: Store, pack: Pack) {
    const began = this.#clock.monotonic();
    // While commands wait, what lies between two commits is part of what the next one has to wait for.
    const from = this.#endedBusy ?? began;
    this.#began = began;
    try {
      const result = await store.commit(pack);
      if (result.ok) this.#learn(this.#clock.monotonic() - from, pack.changes.length);
      return result;
    } finally {
      // One given up as hanging may still end, long after the next began.
      if (this.#began === began) this.#began = undefined;
      this.#endedBusy = this.#inside > pack.changes.length ? this.#clock.monotonic() : undefined;
    }
  }

  #learn(ms: number, size: number): void {
    this.#cycleMs += (ms - this.#cycleMs) * NEWEST;
    const forgotten = this.#perPack + (size - this.#perPack) * FORGET;
    this.#perPack = Math.max(PACK_LEAST, size, forgotten);
    const perMs = this.#perPack / this.#cycleMs;
    for (const what of ORDER) this.#bounds[what] = Math.max(LEAST[what], BOUND_MS[what] * perMs);
  }
}
