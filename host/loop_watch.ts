import type { HealthCheck } from "./api.ts";
import type { Clock } from "./clock.ts";
import type { HostMetrics } from "./metrics.ts";

const LOOK_MS = 500;
/** The worst of the last minute is told, in steps of ten seconds. */
const STEP_MS = 10_000;
const STEPS = 6;
/** Everybody's answers wait at least this long now and then. */
const WARN_MS = 500;

/** How late timers come: work that does not let go of the process keeps every answer waiting for as long. */
export class LoopWatch {
  readonly #clock: Clock;
  readonly #metrics: Pick<HostMetrics, "loopLag">;
  /** Worst of each step, oldest first. */
  #worst: number[] = [0];
  #step = 0;
  #cancel = () => {};

  constructor(clock: Clock, metrics: Pick<HostMetrics, "loopLag">) {
    this.#clock = clock;
    this.#metrics = metrics;
    this.#step = clock.monotonic();
    this.#plan();
  }

  /** Ms by which a timer of the last minute was late at worst. */
  get worstMs(): number {
    return Math.max(...this.#worst);
  }

  check(): HealthCheck {
    const late = Math.round(this.worstMs);
    return { name: "loop", status: late < WARN_MS ? "ok" : "warn", note: `up to ${late} ms late in the last minute` };
  }

  stop(): void {
    this.#cancel();
  }

  #plan(): void {
    const due = this.#clock.monotonic() + LOOK_MS;
    this.#cancel = this.#clock.after(LOOK_MS, () => {
      const now = this.#clock.monotonic();
      for (; now - this.#step >= STEP_MS; this.#step += STEP_MS) this.#worst = [...this.#worst, 0].slice(-STEPS);
      const newest = this.#worst.length - 1;
      this.#worst[newest] = Math.max(this.#worst[newest] ?? 0, now - due);
      this.#metrics.loopLag.set(this.worstMs / 1_000);
      this.#plan();
    });
  }
}
