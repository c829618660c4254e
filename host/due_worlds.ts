import type { DueWorld } from "../kv/ports.ts";
import { pause } from "./clock.ts";
import type { HostDeps } from "./deps.ts";
import { minuteOf } from "./due.ts";
import { faultText } from "./faults.ts";
import type { MemoryWatch } from "./memory.ts";
import type { Worlds } from "./worlds.ts";

/** Worlds one look loads at most; the next goes on behind them. */
const LOADED = 200;
const PAGE = 50;
/** After each world the next waits this many times as long: those who come back are served meanwhile. */
const REST_FACTOR = 4;

/** Loads the worlds whose timers are due, when the server starts and every minute, so that their timers go on. */
export class DueWorlds {
  readonly #deps: HostDeps;
  readonly #worlds: Worlds;
  readonly #memory: MemoryWatch;
  #after: DueWorld | undefined;
  #looking = false;
  #stopped = false;

  constructor(shop: { readonly deps: HostDeps; readonly worlds: Worlds; readonly memory: MemoryWatch }) {
    this.#deps = shop.deps;
    this.#worlds = shop.worlds;
    this.#memory = shop.memory;
  }

  stop(): void {
    this.#stopped = true;
  }

  /** One look; none while the last one is still under way. */
  async look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    await this.#look();
    this.#looking = false;
  }

  async #look(): Promise<void> {
    const { store, clock, log } = this.#deps;
    const before = minuteOf(clock.now()) + 1;
    let loaded = 0;
    try {
      while (this.#goes() && loaded < LOADED) {
        const found = await store.listDue(before, this.#after, PAGE);
        for (const due of found) {
          if (!this.#goes()) return;
          this.#after = due;
          if (this.#worlds.live(due.world) !== undefined) continue;
          const began = clock.monotonic();
          await this.#load(due);
          loaded++;
          await pause(clock, (clock.monotonic() - began) * REST_FACTOR);
        }
        if (found.length < PAGE) {
          this.#after = undefined;
          break;
        }
      }
      if (loaded > 0) log("info", "worlds with timers loaded", { worlds: loaded });
    } catch (fault) {
      log("warning", "looking for timers failed", { fault: faultText(fault) });
    }
  }

  async #load(due: DueWorld): Promise<void> {
    const found = await this.#worlds.find(due.world);
    if (found.ok) found.room.timer.goOn();
    else if (found.refusal.code === "world/unknown") await this.#deps.store.clearDue(due);
  }

  #goes(): boolean {
    return !this.#stopped && this.#memory.pressure === "none";
  }
}
