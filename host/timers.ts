import { refuse } from "./answers.ts";
import type { Answer } from "./api.ts";
import type { Clock } from "./clock.ts";
import type { Due } from "./engine_port.ts";
import type { LiveWorld } from "./live_world.ts";
import { ABSENT_MS, type Presence } from "./presence.ts";
import { systemJob } from "./system_job.ts";

/** A timer that comes this late was held up by a sleeping machine, not by play: nobody loses their turn to that. */
const LATE_MS = 2_000;
const SLICE_MS = 1_000;
/** What is left of a clock at least when players come back to it. */
const GRACE_MS = 5_000;
/** The same after a restart, in the middle of which nobody could look. */
const RESTART_GRACE_MS = 20_000;
const RETRY_LEAST_MS = 1_000;
/** No turn lasts longer than its clock and this much. */
const RETRY_MOST_MS = 5_000;

/**
 * The one timer of a live world: whatever the rules say is due next is submitted as a command when its time comes. The
 * clock stands still while nobody has been there for a minute, and after a restart until somebody comes; see `due.ts`
 * for what goes on without anybody.
 */
export class WorldTimer {
  readonly #world: LiveWorld;
  readonly #presence: Presence;
  readonly #clock: Clock;
  #key = "";
  #due: Due | undefined;
  /** Ms added to the due time by pauses and late ticks. */
  #shift = 0;
  #cancel: (() => void) | undefined;
  #paused = true;
  #pausedAt: number | undefined;
  #failures = 0;
  #stopped = false;
  /** What is due was found in the store: it was going on when the world left memory. */
  #found = false;
  /** Until when the AI goes on with nobody there (ms, monotonic). */
  #aloneUntil = 0;

  constructor(world: LiveWorld, presence: Presence) {
    this.#world = world;
    this.#presence = presence;
    this.#clock = world.shop.deps.clock;
    // Found in the store: the time it was away for does not count.
    const due = world.shop.deps.engine.due(world.committed.state);
    if (due !== undefined) {
      this.#set(due);
      this.#found = true;
      this.#shift = this.#clock.now() - world.committed.at;
      this.#pausedAt = this.#clock.now();
    }
  }

  /** Looks at what is due now; after every durable command and whenever somebody comes. */
  update(): void {
    if (this.#stopped || this.#world.frozen) return this.stop();
    const due = this.#world.shop.deps.engine.due(this.#world.committed.state);
    if (due === undefined) {
      this.#disarm();
      this.#key = "";
      this.#due = undefined;
      return;
    }
    const changed = this.#set(due);
    if (this.#paused && this.#runs) this.#resume();
    if (changed || this.#cancel === undefined) this.#arm(this.#wait());
  }

  /** The world was being played when the server ended: for a minute its players count as still there to the AI. */
  goOn(): void {
    this.#aloneUntil = this.#clock.monotonic() + ABSENT_MS;
    this.update();
  }

  stop(): void {
    this.#stopped = true;
    this.#disarm();
  }

  /** Whether time counts now. */
  get #runs(): boolean {
    if (this.#presence.anyone) return true;
    return this.#due?.intent.type === "AiTurn" && this.#clock.monotonic() < this.#aloneUntil;
  }

  #set(due: Due): boolean {
    const key = keyOf(due);
    if (key === this.#key) return false;
    this.#key = key;
    this.#due = due;
    // After the wall clock was set back stamps stand still ahead of it, and with them the times that are due.
    this.#shift = Math.min(0, this.#clock.now() - this.#world.committed.at);
    this.#pausedAt = undefined;
    this.#failures = 0;
    return true;
  }

  #wait(): number {
    return this.#due === undefined ? 0 : this.#due.at + this.#shift - this.#clock.now();
  }

  /** Waits in slices, so that a machine that slept in the middle of a turn is noticed. */
  #arm(ms: number): void {
    this.#disarm();
    if (this.#paused) return;
    const slice = Math.min(Math.max(0, ms), SLICE_MS);
    const began = { wall: this.#clock.now(), steady: this.#clock.monotonic() };
    this.#cancel = this.#clock.after(slice, () => {
      this.#cancel = undefined;
      const wall = this.#clock.now() - began.wall - slice;
      const steady = this.#clock.monotonic() - began.steady - slice;
      // A jump of the wall clock counts as it is, forward or back, since due times are on the wall clock.
      this.#tick(Math.abs(wall) > LATE_MS ? wall : steady);
    });
  }

  #disarm(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #tick(late: number): void {
    if (this.#stopped || this.#due === undefined) return;
    if (!this.#runs) return this.#pause();
    if (Math.abs(late) > LATE_MS) this.#shift += Math.ceil(late);
    if (this.#wait() > 0) return this.#arm(this.#wait());
    const key = this.#key;
    const { engine } = this.#world.shop.deps;
    const job = systemJob(this.#due.intent, (answer) => this.#answered(answer, key));
    this.#world.submit({
      ...job,
      notBefore: this.#due.at,
      // The same end may be on its way to disk already, and what follows it has a time of its own.
      prepare: (state) => keyOf(engine.due(state)) === key ? job.prepare(state) : refuse("command/stale"),
    });
  }

  /** The clock stood still from the moment the last player had been gone for a minute. */
  #pause(): void {
    const ago = this.#clock.monotonic() - (this.#presence.emptySince ?? this.#clock.monotonic());
    this.#shift += Math.max(0, Math.ceil(ago));
    this.#pausedAt = this.#clock.now();
    this.#paused = true;
  }

  #resume(): void {
    this.#paused = false;
    if (this.#pausedAt !== undefined) this.#shift += this.#clock.now() - this.#pausedAt;
    this.#pausedAt = undefined;
    const { intent } = this.#due ?? {};
    // The AI needs no time to look around; people do.
    const grace = intent?.type === "AiTurn" ? 0 : this.#found ? RESTART_GRACE_MS : GRACE_MS;
    this.#found = false;
    const short = grace - this.#wait();
    if (short > 0) this.#shift += short;
    this.#disarm();
  }

  #answered(answer: Answer, key: string): void {
    // An accepted command has changed what is due, or somebody else's has; the refused one is tried again, ever later.
    if (answer.ok || this.#stopped || key !== this.#key) return;
    const wait = Math.min(RETRY_LEAST_MS * 2 ** this.#failures++, RETRY_MOST_MS);
    const { deps } = this.#world.shop;
    deps.log("warning", "timer refused", {
      world: this.#world.id,
      code: answer.refusal.code,
      due: this.#due?.intent.type,
    });
    this.#shift += wait - this.#wait();
    this.#arm(wait);
  }
}

/** What tells one thing that is due from every other. */
function keyOf(due: Due | undefined): string {
  return due === undefined ? "" : `${due.at}/${JSON.stringify(due.intent)}`;
}
