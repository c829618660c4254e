import type { Json, Store } from "../kv/ports.ts";
import type { Clock } from "./clock.ts";
import type { HostDeps, HostOptions } from "./deps.ts";
import type { EnginePort } from "./engine_port.ts";
import { faultText } from "./faults.ts";
import { beginning, foldEntry } from "./load_world.ts";
import type { HostMetrics } from "./metrics.ts";

/** After each step the next one waits this many times as long as it took: play has the store to itself most of the time. */
const REST_FACTOR = 12;

/**
 * Keeps the logs of worlds small. Once a world has a new snapshot, entries older than its third are packed; where the
 * packed ones take more than the limit, the oldest of them are dropped and the state after them is kept, so that the
 * world can be replayed from there. One world after another, one small atomic at a time, off the way of commands.
 */
export class LogKeeper {
  readonly #store: Store;
  readonly #engine: EnginePort;
  readonly #clock: Clock;
  readonly #metrics: HostMetrics;
  readonly #log: HostDeps["log"];
  readonly #limit: number;
  readonly #writable: () => boolean;
  readonly #wanted = new Set<string>();
  #running: Promise<void> | undefined;
  #wake: (() => void) | undefined;
  #stopped = false;

  /** `writable`: whether the store takes writes now; while it does not, nothing is tried. */
  constructor(deps: HostDeps, options: HostOptions, writable: () => boolean) {
    this.#store = deps.store;
    this.#engine = deps.engine;
    this.#clock = deps.clock;
    this.#metrics = deps.metrics;
    this.#log = deps.log;
    this.#limit = options.worldLogLimit;
    this.#writable = writable;
  }

  /** A world has a new snapshot: its older entries may be packed. */
  add(world: string): void {
    if (this.#stopped) return;
    this.#wanted.add(world);
    this.#running ??= this.#run();
  }

  /** Resolves when no step is under way; what is left is done after the next snapshot. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wanted.clear();
    this.#wake?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    // Whoever starts it notes that it runs before it may have ended.
    await Promise.resolve();
    for (const world of this.#wanted) {
      this.#wanted.delete(world);
      try {
        while (this.#goes() && await this.#rested(() => this.#pack(world)));
        while (this.#goes() && await this.#rested(() => this.#drop(world)));
      } catch (fault) {
        // The log is as it was. A damaged entry is named, and found again whenever the world's log is read.
        this.#metrics.logUpkeep.inc({ outcome: "failed" });
        this.#log("error", "log not packed", { world, fault: faultText(fault) });
      }
    }
    this.#running = undefined;
  }

  #goes(): boolean {
    return !this.#stopped && this.#writable();
  }

  async #pack(world: string): Promise<boolean> {
    const packed = await this.#store.packEntries(world);
    if (packed) this.#metrics.logUpkeep.inc({ outcome: "packed" });
    return packed;
  }

  async #drop(world: string): Promise<boolean> {
    const state = await this.#store.readLogState(world);
    if (state === undefined || state.bytes <= this.#limit) return false;
    const dropped = await dropOldest(this.#store, this.#engine, world);
    if (dropped) {
      this.#metrics.logUpkeep.inc({ outcome: "dropped" });
      this.#log("info", "oldest entries dropped", { world, before: state.first, bytes: state.bytes });
    }
    return dropped;
  }

  async #rested(step: () => Promise<boolean>): Promise<boolean> {
    const began = this.#clock.monotonic();
    const more = await step();
    if (more && !this.#stopped) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const takeBack = this.#clock.after((this.#clock.monotonic() - began) * REST_FACTOR, resolve);
      this.#wake = resolve;
      await promise;
      takeBack();
      this.#wake = undefined;
    }
    return more;
  }
}

/** Drops the oldest packed entries of a world, folding them first: the state after them is where its log begins then. */
export async function dropOldest(store: Store, engine: EnginePort, world: string): Promise<boolean> {
  const oldest = await store.readOldestPacked(world);
  if (oldest === undefined) return false;
  let position = await beginning(store, engine, world);
  let epoch = 0;
  for (const entry of await store.readEntries(world, oldest.first, oldest.last)) {
    position = foldEntry(engine, position, entry);
    epoch = entry.epoch;
  }
  const { n, at, seq, state } = position;
  // States are plain records; the compiler cannot see that their members are JSON.
  return await store.dropOldest(world, { n, at, epoch, seq, state: state as object as Json });
}
