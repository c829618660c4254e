import { circuitBreaker, type CircuitBreakerPolicy, CircuitState, ConsecutiveBreaker, handleWhen } from "cockatiel";
import { DamagedRecord, EntriesDropped } from "../kv/ports.ts";
import type { Clock } from "./clock.ts";
import { faultText } from "./faults.ts";
import type { HostMetrics } from "./metrics.ts";

/** Failures in a row after which nobody waits for the store any more. */
const FAILURES = 5;
/** How often a store that failed so often is tried again. */
const PROBE_MS = 1_000;
/** A store that has not answered by now is taken for one that fails. */
export const HANG_MS = 30_000;

/** The store cannot be asked: it fails, it does not answer, or it did so too often to be tried again just now. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";

  constructor(why: string, options?: ErrorOptions) {
    super(`Cannot reach the store as ${why}`, options);
  }
}

/** The store took longer than {@link HANG_MS}: what it was asked for may still happen. */
export class StoreHangs extends StoreUnavailable {
  constructor() {
    super(`it has not answered for ${HANG_MS / 1_000} s`);
  }
}

export interface CircuitOptions {
  readonly clock: Clock;
  readonly metrics: HostMetrics;
  /** Asks the store for something small, to see whether it answers. */
  readonly probe: () => Promise<unknown>;
  readonly log: (event: string, fields: Readonly<Record<string, unknown>>) => void;
}

/**
 * The circuit breaker around the store. After five failures in a row it opens: calls fail at once, and one probe each
 * second looks whether the store is back. The states are those of `cockatiel`; every wait goes by our own clock, so that
 * a simulation decides what time it is.
 */
export class Circuit {
  readonly #options: CircuitOptions;
  readonly #policy: CircuitBreakerPolicy;
  #cancelProbe = () => {};
  #stopped = false;
  #closed = Promise.withResolvers<void>();

  constructor(options: CircuitOptions) {
    this.#options = options;
    this.#closed.resolve();
    this.#policy = circuitBreaker(handleWhen(isOutage), {
      breaker: new ConsecutiveBreaker(FAILURES),
      // When to try again is decided here, by our clock: whoever is let through to an open circuit is the probe.
      halfOpenAfter: -Infinity,
    });
    this.#policy.onStateChange((state) => this.#changed(state));
  }

  get open(): boolean {
    return this.#policy.state !== CircuitState.Closed;
  }

  /** Asks the store. Rejects with {@link StoreUnavailable}, at once while the circuit is open; a damaged record travels on. */
  async run<T>(call: "commit" | "read", ask: () => Promise<T>): Promise<T> {
    if (this.open) throw new StoreUnavailable("its circuit is open");
    return await this.#through(call, ask);
  }

  /** Resolves once calls go through (again), or when nobody is to wait any more. */
  whenClosed(): Promise<void> {
    return this.#closed.promise;
  }

  /** No more probes; whoever waits is let go. */
  stop(): void {
    this.#stopped = true;
    this.#cancelProbe();
    this.#closed.resolve();
  }

  async #through<T>(call: "commit" | "read" | "probe", ask: () => Promise<T>): Promise<T> {
    try {
      return await this.#policy.execute(() => this.#inTime(ask));
    } catch (fault) {
      if (!isOutage(fault)) throw fault;
      this.#options.metrics.storeFailures.inc({ call });
      throw fault instanceof StoreUnavailable ? fault : new StoreUnavailable(faultText(fault), { cause: fault });
    }
  }

  async #inTime<T>(ask: () => Promise<T>): Promise<T> {
    const late = Promise.withResolvers<never>();
    const cancel = this.#options.clock.after(HANG_MS, () => late.reject(new StoreHangs()));
    try {
      const answer = ask();
      // When the wait is over first, a late failure must not go unhandled.
      answer.catch(() => undefined);
      return await Promise.race([answer, late.promise]);
    } finally {
      cancel();
    }
  }

  #changed(state: CircuitState): void {
    const { metrics, log } = this.#options;
    metrics.storeCircuit.set(state === CircuitState.Closed ? 0 : state === CircuitState.HalfOpen ? 1 : 2);
    if (state === CircuitState.Closed) {
      log("store answers again", {});
      this.#closed.resolve();
    } else if (state === CircuitState.Open && !this.#stopped) {
      this.#closed.resolve();
      this.#closed = Promise.withResolvers();
      this.#probeLater();
    }
  }

  #probeLater(): void {
    this.#cancelProbe();
    this.#cancelProbe = this.#options.clock.after(PROBE_MS, () => {
      // A failure opens the circuit again, which plans the next one.
      this.#through("probe", this.#options.probe).catch(() => undefined);
    });
  }
}

/** Whether a fault says something about the store as a whole, and not about one record in it. */
function isOutage(fault: unknown): boolean {
  return !(fault instanceof DamagedRecord || fault instanceof EntriesDropped);
}
