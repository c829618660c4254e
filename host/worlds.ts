import type { AccountId, SeatId, WorldId } from "../engine/types/ids.ts";
import type { WorldState } from "../engine/types/state.ts";
import { DamagedRecord } from "../kv/ports.ts";
import { refuse, type Refused } from "./answers.ts";
import { faultText } from "./faults.ts";
import { loadWorld } from "./load_world.ts";
import { LiveWorld, type WorldShop } from "./live_world.ts";
import { startPosition } from "./position.ts";
import { Presence } from "./presence.ts";
import { WorldTimer } from "./timers.ts";

/** A world that freezes again this soon after it was loaded once more stays frozen: what is stored brings the fault back. */
const THAW_MS = 60_000;
/** A frozen world nobody asks for is forgotten after this long. */
const FORGET_MS = 3_600_000;

/** When a frozen world left memory, and when it was loaded again (ms, monotonic). */
interface Thaw {
  readonly unloadedAt: number;
  readonly loadedAt?: number;
}

/** A live world with who is there and what time will do in it. */
export interface Room {
  readonly world: LiveWorld;
  readonly presence: Presence;
  readonly timer: WorldTimer;
}

export type Found = { readonly ok: true; readonly room: Room } | Refused;

/** The worlds in memory. They load on first use and are quarantined when their stored form is damaged. */
export class Worlds {
  readonly #shop: WorldShop;
  readonly #rooms = new Map<string, Room>();
  readonly #loading = new Map<string, Promise<Found>>();
  readonly #quarantined = new Map<string, string>();
  /** Worlds that were frozen lately. */
  readonly #thawed = new Map<string, Thaw>();
  readonly #unloaded: (world: string) => void;
  #closed = false;

  /** `unloaded` hears of each world that leaves memory. */
  constructor(shop: WorldShop, unloaded: (world: string) => void = () => {}) {
    this.#shop = shop;
    this.#unloaded = unloaded;
  }

  get rooms(): IterableIterator<Room> {
    return this.#rooms.values();
  }

  get quarantined(): ReadonlyMap<string, string> {
    return this.#quarantined;
  }

  /** Worlds remembered because they were frozen lately. */
  get thawed(): number {
    return this.#thawed.size;
  }

  live(id: string): Room | undefined {
    return this.#rooms.get(id);
  }

  /** The world, loaded where need be; refused when there is none or it is damaged. */
  find(id: string): Found | Promise<Found> {
    const room = this.#rooms.get(id);
    if (room !== undefined) return { ok: true, room };
    if (this.#closed) return refuse("server/going_away");
    if (this.#quarantined.has(id)) return refuse("world/quarantined");
    const loading = this.#loading.get(id);
    if (loading !== undefined) return loading;
    const found = this.#load(id).finally(() => this.#loading.delete(id));
    this.#loading.set(id, found);
    return found;
  }

  /** Loads no more worlds, not even those that are being read just now: the server stops. */
  close(): void {
    this.#closed = true;
  }

  /** A world that does not exist yet, with nothing stored. */
  create(id: WorldId): Room {
    const epoch = Math.max(1, Math.floor(this.#shop.deps.clock.now() / 1_000));
    const position = startPosition(this.#shop.deps.engine, id);
    return this.#adopt(new LiveWorld(id, this.#shop, { position, snapshot: 0, receipts: [], epoch, stamp: null }));
  }

  /** Out of memory; whoever asks again finds it in the store. */
  unload({ world, timer }: Room): void {
    timer.stop();
    world.mailbox.close();
    this.#rooms.delete(world.id);
    this.#unloaded(world.id);
    this.#shop.deps.metrics.worldsLive.set(this.#rooms.size);
  }

  /** Gives a frozen world one more chance: out of memory, so that the next use loads it as the store has it. */
  thaw(room: Room): void {
    const { world } = room;
    const { frozenAt } = world;
    if (frozenAt === undefined || !world.quiet) return;
    const { loadedAt } = this.#thawed.get(world.id) ?? {};
    if (loadedAt !== undefined && frozenAt - loadedAt < THAW_MS) return;
    this.#thawed.set(world.id, { unloadedAt: this.#shop.deps.clock.monotonic() });
    this.unload(room);
    this.#shop.deps.metrics.worldsFrozen.dec();
  }

  /** Forgets frozen worlds of long ago; one that froze again too soon is remembered for as long as it stays frozen. */
  forgetThaws(): void {
    const now = this.#shop.deps.clock.monotonic();
    for (const [id, { unloadedAt, loadedAt }] of this.#thawed) {
      const over = loadedAt === undefined ? now - unloadedAt >= FORGET_MS : now - loadedAt >= THAW_MS;
      if (over && this.#rooms.get(id)?.world.frozen !== true) this.#thawed.delete(id);
    }
  }

  async #load(id: string): Promise<Found> {
    const { store, deps } = this.#shop;
    const began = deps.clock.monotonic();
    try {
      const loaded = await loadWorld(store, deps.engine, id);
      if (loaded === undefined) return refuse("world/unknown");
      if (this.#closed) return refuse("server/going_away");
      const { head, ...rest } = loaded;
      this.#noteThaw(id);
      deps.metrics.loadSeconds.observe((deps.clock.monotonic() - began) / 1_000);
      return {
        ok: true,
        room: this.#adopt(new LiveWorld(id, this.#shop, { ...rest, epoch: head.epoch })),
      };
    } catch (fault) {
      if (!(fault instanceof DamagedRecord)) {
        deps.log("error", "world not loaded", { world: id, fault: faultText(fault) });
        return refuse("server/store_unavailable");
      }
      this.#quarantined.set(id, fault.message);
      deps.metrics.worldsQuarantined.set(this.#quarantined.size);
      deps.log("error", "world quarantined", { world: id, why: fault.message });
      return refuse("world/quarantined");
    }
  }

  /** A world that sleeps and wakes later is no second thaw. */
  #noteThaw(id: string): void {
    const thaw = this.#thawed.get(id);
    if (thaw === undefined || thaw.loadedAt !== undefined) return;
    const { clock, log, metrics } = this.#shop.deps;
    this.#thawed.set(id, { ...thaw, loadedAt: clock.monotonic() });
    metrics.worldsThawed.inc();
    log("warning", "frozen world loaded again", { world: id });
  }

  #adopt(world: LiveWorld): Room {
    const presence = new Presence(this.#shop.deps.clock);
    const room = { world, presence, timer: new WorldTimer(world, presence) };
    this.#rooms.set(world.id, room);
    this.#shop.deps.metrics.worldsLive.set(this.#rooms.size);
    return room;
  }
}

/** The seat an account has in a world now; one that was left does not count. */
export function seatOf(state: WorldState, account: AccountId): SeatId | undefined {
  for (const id in state.seats) {
    const seat = state.seats[id as SeatId];
    if (seat !== undefined && seat.account === account && !seat.left) return seat.id;
  }
  return undefined;
}
