import type { Json, Store } from "../kv/ports.ts";
import type { HostDeps, HostOptions } from "./deps.ts";
import { faultText } from "./faults.ts";
import type { LiveWorld } from "./live_world.ts";

/** Writes snapshots of committed states, one after another and off the command path. */
export class Snapshotter {
  readonly #store: Store;
  readonly #deps: HostDeps;
  readonly #options: HostOptions;
  readonly #wanted = new Set<LiveWorld>();
  #running: Promise<void> | undefined;

  constructor(store: Store, deps: HostDeps, options: HostOptions) {
    this.#store = store;
    this.#deps = deps;
    this.#options = options;
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
      if (written) world.unwritten.written(receipts);
      this.#deps.metrics.snapshots.inc({ outcome: written ? "written" : "refused" });
    } catch (fault) {
      // The log has everything; the next one is tried when as much again has been written.
      this.#deps.metrics.snapshots.inc({ outcome: "failed" });
      this.#deps.log("warning", "snapshot failed", { world: world.id, before, fault: faultText(fault) });
    }
  }

  /** Resolves when none is under way. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    for (const world of this.#wanted) {
      this.#wanted.delete(world);
      await this.write(world);
    }
    this.#running = undefined;
  }
}

/** States are plain records; the compiler cannot see that their members are JSON. */
function stateJson(state: object): Json {
  return state as Json;
}
