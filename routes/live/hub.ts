/** All open sockets of this process: who has how many, who is silent, and the goodbye at the end. */
import type { Clock } from "../../host/clock.ts";
import type { Pressure } from "../../host/memory.ts";
import type { HostMetrics } from "../../host/metrics.ts";
import { LIMITS } from "../wire/limits.ts";
import type { Connection } from "./connection.ts";

const SWEEP_MS = 5_000;
/** A sweep that comes this late was held up by a pause of the process or the machine: nobody was silent through that. */
const LATE_MS = 2_000;
/** Share of the connections let go by each sweep while memory is nearly used up. */
const LET_GO = 0.25;
/** Codes that are counted by name: a peer may send any of some thousands, and must not make a series of each. */
const CLOSE_CODES: ReadonlySet<number> = new Set([
  ...[1000, 1001, 1003, 1005, 1006, 1008, 1009, 1011, 1012, 1013],
  ...[4000, 4008, 4029, 4401, 4403],
]);

export interface HubOptions {
  readonly clock: Clock;
  readonly metrics: HostMetrics;
  readonly random: () => number;
  readonly isTrusted: (address: string) => boolean;
  /** Whether addresses are limited at all. */
  readonly limited: boolean;
  /** Connections that fit into this process. */
  readonly most: number;
  readonly pressure: () => Pressure;
}

export class Hub {
  readonly #options: HubOptions;
  readonly #connections = new Map<string, Connection>();
  readonly #bySession = new Map<string, Set<Connection>>();
  readonly #perAddress = new Map<string, number>();
  readonly #strikes = new Map<string, { readonly count: number; readonly until: number }>();
  /** Newcomers that wait to be let in. */
  #coming = 0;
  #stopSweep: (() => void) | undefined;

  constructor(options: HubOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#connections.size;
  }

  /** Whether the process has no descriptor or no memory for one more. */
  get full(): boolean {
    return this.#connections.size + this.#coming >= this.#options.most || this.#options.pressure() === "critical";
  }

  /** Whether one more connection of this session from this address is fine. */
  hasRoom(session: string, address: string): boolean {
    if ((this.#bySession.get(session)?.size ?? 0) >= LIMITS.socketsPerSession) return false;
    return !this.#isLimited(address) || (this.#perAddress.get(address) ?? 0) < LIMITS.socketsPerAddress;
  }

  /** Whether an address sent so many monsters of frames that it has to wait; ms left, else 0. */
  bannedMs(address: string): number {
    const strikes = this.#strikes.get(address);
    if (strikes === undefined || strikes.count < LIMITS.strikes || !this.#isLimited(address)) return 0;
    return Math.max(0, strikes.until - this.#options.clock.monotonic());
  }

  strike(address: string): void {
    const now = this.#options.clock.monotonic();
    const before = this.#strikes.get(address);
    const count = before === undefined || before.until < now ? 1 : before.count + 1;
    this.#strikes.set(address, { count, until: now + LIMITS.strikeMs });
  }

  /** Counts a newcomer as one who is here until its turn has come. */
  async expect(turn: Promise<void>): Promise<void> {
    this.#coming++;
    await turn;
    this.#coming--;
  }

  add(connection: Connection): void {
    const { caller, address } = connection.options;
    this.#connections.set(connection.id, connection);
    const own = this.#bySession.get(caller.session) ?? new Set();
    own.add(connection);
    this.#bySession.set(caller.session, own);
    this.#perAddress.set(address, (this.#perAddress.get(address) ?? 0) + 1);
    this.#options.metrics.sockets.inc();
    if (this.#stopSweep === undefined) this.#planSweep();
  }

  remove(connection: Connection, code: number): void {
    if (!this.#connections.delete(connection.id)) return;
    const { caller, address } = connection.options;
    const own = this.#bySession.get(caller.session);
    own?.delete(connection);
    if (own?.size === 0) this.#bySession.delete(caller.session);
    const left = (this.#perAddress.get(address) ?? 1) - 1;
    if (left > 0) this.#perAddress.set(address, left);
    else this.#perAddress.delete(address);
    this.#options.metrics.sockets.dec();
    this.#options.metrics.socketCloses.inc({ code: CLOSE_CODES.has(code) ? String(code) : "other" });
    if (this.#connections.size === 0) {
      this.#stopSweep?.();
      this.#stopSweep = undefined;
    }
  }

  /** Closes all sockets of a session that has ended. */
  endSession(session: string): void {
    for (const connection of [...this.#bySession.get(session) ?? []]) connection.close(4401, "session ended");
  }

  /** Tells everybody to come back, each after a time of its own, and closes; resolves when all of them have heard it. */
  async stop(): Promise<void> {
    const connections = [...this.#connections.values()];
    await Promise.all(connections.map((connection) => connection.sayGoodbye(this.retryAfterMs())));
  }

  /** 200 to 1,500 ms, so that not all come back at once. */
  retryAfterMs(): number {
    return 200 + Math.floor(this.#options.random() * 1_301);
  }

  /** Who plays is let go last, and of those who do not the longest silent first. */
  #letGo(): void {
    const connections = [...this.#connections.values()];
    connections.sort((a, b) => Number(a.follows) - Number(b.follows) || a.heardAt - b.heardAt);
    for (const connection of connections.slice(0, Math.ceil(connections.length * LET_GO))) {
      connection.close(1013, "short of memory");
    }
  }

  #isLimited(address: string): boolean {
    return this.#options.limited && !this.#options.isTrusted(address);
  }

  #planSweep(): void {
    const due = this.#options.clock.monotonic() + SWEEP_MS;
    this.#stopSweep = this.#options.clock.after(SWEEP_MS, () => this.#sweep(this.#options.clock.monotonic() - due));
  }

  #sweep(late: number): void {
    this.#planSweep();
    const connections = [...this.#connections.values()];
    if (late > LATE_MS) { for (const connection of connections) connection.forgive(late); }
    for (const connection of connections) connection.sweep();
    if (this.#options.pressure() === "critical") this.#letGo();
    const now = this.#options.clock.monotonic();
    for (const [address, { until }] of this.#strikes) if (until < now) this.#strikes.delete(address);
  }
}
