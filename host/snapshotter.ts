import type { Json, Store } from "../kv/ports.ts";
import type { HostDeps, HostOptions } from "./deps.ts";
import { faultText } from "./faults.ts";
import type { LiveWorld } from "./live_world.ts";

/** After a snapshot the next one waits this many times as long as it took: worlds that came due together do not stall play. */
const REST_FACTOR = 12;

/** Writes snapshots of committed states, one after another and off the command path. */
export class Snapshotter {
  readonly #store: Store;
  readonly #deps: HostDeps;
  readonly #options: HostOptions;
  readonly #written: (world: string) => void;
  readonly #wanted = new Set<LiveWorld>();
  #running: Promise<void> | undefined;
  #wake: (() => void) | undefined;

  /** `written` hears of each world that has a new snapshot. */
  constructor(store: Store, deps: HostDeps, options: HostOptions, written: (world: string) => void = () => {}) {
    this.#store = store;
    this.#deps = deps;
    this.#options = options;
    this.#written = written;
  }

  /** Plans a snapshot once enough has been written since the last one. */
  advanced(world: LiveWorld): void {
    const { snapshotEvery, snapshotBytes } = this.#options;
    const commands = world.committed.n - world.snapshot;
    if (commands < snapshotEvery && (world.bytesSinceSnapshot < snapshotBytes || commands === 0)) return;
    this.#wanted.add(world);
    this.#running ??= this.#run();
  }

  /** A snapshot now, where anything has changed since the last. */
  async write(world: LiveWorld): Promise<void> {
    const { n, at, seq, state } = world.committed;
    if (n === world.snapshot || n === 0 || world.frozen) return;
    world.bytesSinceSnapshot = 0;
    const before = world.snapshot;
    world.snapshot = n;
    try {
      const snapshot = { n, at, epoch: world.epoch, seq, state: stateJson(state) };
      const receipts = world.unwritten.all();
      const written = await this.#store.writeSnapshot(world.id, snapshot, receipts);
      if (written) {
        world.unwritten.written(receipts);
        this.#written(world.id);
      }
      this.#deps.metrics.snapshots.inc({ outcome: written ? "written" : "refused" });
    } catch (fault) {
      // The log has everything; the next one is tried when as much again has been written.
      this.#deps.metrics.snapshots.inc({ outcome: "failed" });
      this.#deps.log("warning", "snapshot failed", { world: world.id, before, fault: faultText(fault) });
    }
  }

  /**
   * The last ones before a stop, begun within so many ms: of the worlds whose next start they spare the most folding.
   * What gets none has its log.
   */
  async finish(worlds: readonly LiveWorld[], forMs: number): Promise<void> {
    const { clock } = this.#deps;
    const until = clock.monotonic() + forMs;
    this.#wanted.clear();
    this.#wake?.();
    await this.#running;
    const behind = ({ committed, snapshot }: LiveWorld) => committed.n - snapshot;
    for (const world of worlds.toSorted((a, b) => behind(b) - behind(a))) {
      if (clock.monotonic() >= until) return;
      await this.write(world);
    }
  }

  async #run(): Promise<void> {
    const { clock } = this.#deps;
    for (const world of this.#wanted) {
      this.#wanted.delete(world);
      const began = clock.monotonic();
      await this.write(world);
      if (this.#wanted.size > 0) await this.#rest((clock.monotonic() - began) * REST_FACTOR);
    }
    this.#running = undefined;
  }

  /** Cut short by whoever waits for the last one. */
  async #rest(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const takeBack = this.#deps.clock.after(ms, resolve);
    this.#wake = resolve;
    await promise;
    takeBack();
    this.#wake = undefined;
  }
}

/** States are plain records; the compiler cannot see that their members are JSON. */
function stateJson(state: object): Json {
  return state as Json;
}
