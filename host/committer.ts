import { type Pack, type Store, StoreLost } from "../kv/ports.ts";
import type { Circuit } from "./circuit.ts";
import type { Clock } from "./clock.ts";
import { faultText } from "./faults.ts";
import type { HostMetrics } from "./metrics.ts";
import { groupByParty, newestHeads, type Packed, partiesInPack, takePack, toPack } from "./packer.ts";
import { Settler, type Verdict } from "./settler.ts";
import type { DropReason, Party, Unit } from "./unit.ts";

const PROBE_MS = 2_000;
/** Packs on their way to disk at once: one being written, others ready the moment it is. */
const FLIGHTS = 3;
/** Beside others a pack leaves that is filled to this share: a smaller one gains more by waiting for company. */
const WORTH = 0.25;

/** How the store takes writes: normally, not at all (full or read-only disk), or without answering. */
export type StoreMode = "ok" | "read_only" | "unavailable";

export interface CommitterOptions {
  readonly store: Store;
  /** Around the store: fails at once while there is no use in asking. */
  readonly circuit: Circuit;
  readonly clock: Clock;
  readonly metrics: HostMetrics;
  readonly id: () => string;
  /** Writing fails though reading works: makes room where some was kept, and says whether trying again may help. */
  readonly relieve?: () => Promise<boolean>;
  /** Another process owns the store: this one has to stop. */
  readonly ownerLost: () => void;
  /** Something here threw that nothing foresaw: nothing more is written, and the process has to stop. */
  readonly failed: () => void;
  readonly log: (event: string, fields: Readonly<Record<string, unknown>>) => void;
}

/**
 * The one committer of a process: packs the outcomes of many worlds into one atomic after another. While one is on its
 * way to disk the next fills by itself, so there is no waiting timer; one with many worlds does not wait either. Each
 * world and account is in one pack at a time, so its commits reach the disk in the order they were decided.
 */
export class Committer {
  readonly #options: CommitterOptions;
  readonly #settler: Settler;
  readonly #worth: number;
  /** Parties with units that could be packed now, in the order they came to have some. */
  readonly #ready = new Set<Party>();
  /** Parties with units that wait for their party's pack. */
  readonly #behind = new Set<Party>();
  /** Packs on their way, oldest first: when they were taken up (ms, monotonic), until the store has answered. */
  readonly #flights = new Map<Packed, number | undefined>();
  #planned = false;
  #mode: StoreMode = "ok";
  #idle: (() => void)[] = [];
  #stopped = false;
  #held = false;

  constructor(options: CommitterOptions) {
    this.#options = options;
    this.#settler = new Settler({ ...options, stopped: () => this.#stopped });
    this.#worth = Math.ceil(partiesInPack(options.store) * WORTH);
    options.metrics.storeWrites.set(1);
  }

  get mode(): StoreMode {
    if (this.#mode !== "ok") return this.#mode;
    return this.#held ? "read_only" : this.#options.circuit.open ? "unavailable" : "ok";
  }

  /** How long the oldest pack on its way has been under way (ms); 0 when there is none. */
  get waitingMs(): number {
    const since = this.#flights.values().find((at) => at !== undefined);
    return since === undefined ? 0 : this.#options.clock.monotonic() - since;
  }

  /** Takes a decided unit. It is settled by exactly one of `durable` and `dropped`. */
  add(party: Party, unit: Unit): void {
    // Worlds have asked for the mode before they decided; accounts learn it here.
    if (this.#held && party.owner.type === "account") return unit.dropped("read_only");
    party.queue.push(unit);
    (party.underWay ? this.#behind : this.#ready).add(party);
    this.#plan();
  }

  /** Resolves when nothing waits and nothing is on its way. */
  idle(): Promise<void> {
    if (!this.#planned && this.#flights.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** No more retries or probes: the process is about to end. */
  stop(): void {
    this.#stopped = true;
    this.#options.circuit.stop();
  }

  /** Takes no more commands while held, and drops what waits: the disk has too little room to write on. */
  hold(on: boolean): void {
    this.#held = on;
    this.#turn(this.#mode);
    if (on) this.#dropWaiting("read_only");
  }

  /** Whatever else this task decides goes into the same pack. */
  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      this.#fill();
    });
  }

  /** Sends what waits: alone on its way whatever there is, beside others only what is worth a pack. */
  #fill(): void {
    try {
      while (!this.#stopped && this.#flights.size < FLIGHTS) {
        if (this.#ready.size < (this.#flights.size === 0 ? 1 : this.#worth)) break;
        const packed = takePack(this.#ready, this.#options.store);
        if (packed.units.length === 0) break;
        this.#send(packed);
      }
      // Nobody will come for what still waits.
      if (this.#stopped) this.#dropWaiting("owner_lost");
    } catch (fault) {
      this.#fail(fault);
    }
    if (this.#flights.size > 0 || this.#planned) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #send(packed: Packed): void {
    const began = this.#options.clock.monotonic();
    this.#flights.set(packed, began);
    for (const party of packed.heads.keys()) {
      party.underWay = true;
      this.#ready.delete(party);
      if (party.queue.length > 0) this.#behind.add(party);
    }
    this.#commit(packed, began).catch((fault) => this.#fail(fault)).finally(() => this.#land(packed));
  }

  /** Its worlds may go on their way again, and do when something of theirs waits. Safe to call again. */
  #land(packed: Packed): void {
    if (!this.#flights.delete(packed)) return;
    for (const party of packed.heads.keys()) {
      party.underWay = false;
      if (this.#behind.delete(party)) this.#ready.add(party);
    }
    this.#fill();
  }

  /** What is on disk stays true; what was under way is answered as unknown, what waited as not done; nothing follows. */
  #fail(fault: unknown): void {
    const { log, metrics, failed } = this.#options;
    this.#stopped = true;
    this.#turn("unavailable");
    log("committing failed, the server has to stop", { fault: faultText(fault) });
    metrics.faults.inc({ kind: "committer" });
    for (const { units } of this.#flights.keys()) for (const unit of units) quietly(() => unit.unknown());
    quietly(() => this.#dropWaiting("owner_lost"));
    failed();
  }

  async #commit(packed: Packed, began: number): Promise<void> {
    const { clock, metrics } = this.#options;
    const pack = toPack(this.#options.id(), packed);
    const verdict = await this.#settle(pack, packed.units);
    this.#flights.set(packed, undefined);
    metrics.commitSeconds.observe((clock.monotonic() - began) / 1_000);
    metrics.commitSize.observe(packed.units.length);
    metrics.commits.inc({ outcome: verdict.type });
    // The store answers again, whatever it said.
    if (verdict.type === "ours" || verdict.type === "conflict") this.#turn("ok");
    switch (verdict.type) {
      case "ours":
        for (const party of packed.heads.keys()) party.stamp = verdict.stamp;
        // The disk writes on while these are acknowledged.
        this.#land(packed);
        for (const unit of packed.units) unit.durable();
        return;
      case "owner":
        this.#stopped = true;
        this.#options.ownerLost();
        this.#drop(packed.units, "owner_lost");
        return;
      case "read_only":
        this.#drop(packed.units, "read_only");
        this.#enterReadOnly();
        return;
      case "conflict":
        await this.#singly(packed);
        return;
    }
  }

  #settle(pack: Pack, units: readonly Unit[]): Promise<Verdict> {
    return this.#settler.settle(pack, () => this.#shed(units));
  }

  /** Commands are answered at once while the store does not; what is under way stays. */
  #shed(units: readonly Unit[]): void {
    if (this.#mode !== "unavailable") this.#options.log("store unavailable", { commands: units.length });
    this.#turn("unavailable");
    for (const unit of units) unit.unknown();
  }

  /** Some check of the pack failed: each party again in an atomic of its own, so that only those that moved are rebased. */
  async #singly(packed: Packed): Promise<void> {
    const { id, metrics, log } = this.#options;
    metrics.conflicts.inc();
    log("commit conflict", { worlds: packed.heads.size });
    for (const units of groupByParty(packed.units)) {
      const part = { units, heads: newestHeads(units) };
      const verdict = await this.#settle(toPack(id(), part), units);
      // A conflict is an answer as well.
      if (verdict.type === "ours" || verdict.type === "conflict") this.#turn("ok");
      if (verdict.type === "ours") {
        for (const party of part.heads.keys()) party.stamp = verdict.stamp;
        for (const unit of units) unit.durable();
      } else {
        if (verdict.type === "owner") {
          this.#stopped = true;
          this.#options.ownerLost();
        }
        if (verdict.type === "read_only") this.#enterReadOnly();
        this.#drop(units, verdict.type === "owner" ? "owner_lost" : verdict.type);
      }
    }
  }

  /** Takes units back, and with them whatever was decided on top of them. */
  #drop(units: readonly Unit[], reason: DropReason): void {
    const parties = new Set(units.flatMap((unit) => unit.heads.map(({ party }) => party)));
    const waiting: Unit[] = [];
    for (const party of parties) {
      if (reason === "conflict") party.moved = true;
      waiting.push(...party.queue.splice(0));
      this.#ready.delete(party);
      this.#behind.delete(party);
    }
    for (const unit of [...units, ...waiting]) unit.dropped(reason);
  }

  #enterReadOnly(): void {
    if (this.#mode !== "read_only") this.#options.log("store is read only", {});
    this.#turn("read_only");
    this.#dropWaiting("read_only");
    this.#probeLater();
  }

  #turn(mode: StoreMode): void {
    const { metrics, log } = this.#options;
    if (mode === "ok" && this.#mode !== "ok") log("store takes writes again", {});
    this.#mode = mode;
    metrics.storeWrites.set(this.mode === "ok" ? 1 : 0);
  }

  #dropWaiting(reason: DropReason): void {
    for (const party of [...this.#ready, ...this.#behind]) this.#drop(party.queue.splice(0), reason);
  }

  #probeLater(): void {
    this.#options.clock.after(PROBE_MS, async () => {
      if (this.#stopped || this.#mode !== "read_only") return;
      try {
        await this.#options.store.probe();
        this.#turn("ok");
      } catch (fault) {
        if (!(fault instanceof StoreLost)) return this.#probeLater();
        this.#stopped = true;
        this.#options.ownerLost();
      }
    });
  }
}

/** For the last words of a committer that has failed: one that throws must not keep the others from theirs. */
function quietly(say: () => void): void {
  try {
    say();
  } catch {
    // The first fault is the one that was logged.
  }
}
