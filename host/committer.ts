import { ExponentialBackoff, noJitterGenerator } from "cockatiel";
import type { CommitResult, Pack, Store } from "../kv/ports.ts";
import { DamagedRecord, StoreLost } from "../kv/ports.ts";
import { type Circuit, StoreHangs } from "./circuit.ts";
import { type Clock, pause } from "./clock.ts";
import { faultText } from "./faults.ts";
import type { HostMetrics } from "./metrics.ts";
import { groupByParty, newestHeads, type Packed, takePack, toPack } from "./packer.ts";
import type { Party, Unit } from "./unit.ts";

/** Waits between attempts at a pack whose outcome is unknown; no chance in them, as there is one committer. */
const RETRY = { initialDelay: 100, maxDelay: 5_000, generator: noJitterGenerator };
const PROBE_MS = 2_000;

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

/** What came of one pack after all that could be learned about it. */
type Verdict =
  | { readonly type: "ours"; readonly stamp: string }
  | { readonly type: "conflict" }
  | { readonly type: "owner" }
  | { readonly type: "read_only" };

/**
 * The one committer of a process: packs the outcomes of many worlds into one atomic after another. While one is on its
 * way to disk the next fills by itself, so there is no waiting timer.
 */
export class Committer {
  readonly #options: CommitterOptions;
  readonly #dirty = new Set<Party>();
  #running = false;
  #mode: StoreMode = "ok";
  #idle = Promise.withResolvers<void>();
  #stopped = false;
  #held = false;
  /** When the pack on its way was taken up (ms, monotonic). */
  #since: number | undefined;

  constructor(options: CommitterOptions) {
    this.#options = options;
    this.#idle.resolve();
    options.metrics.storeWrites.set(1);
  }

  get mode(): StoreMode {
    if (this.#mode !== "ok") return this.#mode;
    return this.#held ? "read_only" : this.#options.circuit.open ? "unavailable" : "ok";
  }

  /** How long the pack on its way has been under way (ms); 0 when there is none. */
  get waitingMs(): number {
    return this.#since === undefined ? 0 : this.#options.clock.monotonic() - this.#since;
  }

  /** Takes a decided unit. It is settled by exactly one of `durable` and `dropped`. */
  add(party: Party, unit: Unit): void {
    // Worlds have asked for the mode before they decided; accounts learn it here.
    if (this.#held && party.owner.type === "account") return unit.dropped("read_only");
    party.queue.push(unit);
    this.#dirty.add(party);
    if (!this.#running) void this.#run();
  }

  /** Resolves when nothing waits and nothing is on its way. */
  idle(): Promise<void> {
    return this.#running ? this.#idle.promise : Promise.resolve();
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
    if (on) this.#dropWaiting();
  }

  async #run(): Promise<void> {
    this.#running = true;
    this.#idle = Promise.withResolvers<void>();
    // Whatever else this task decides goes into the same pack.
    await Promise.resolve();
    let under: readonly Unit[] = [];
    try {
      while (this.#dirty.size > 0 && !this.#stopped) {
        under = [];
        const packed = takePack(this.#dirty, this.#options.store);
        under = packed.units;
        if (packed.units.length > 0) await this.#commit(packed);
      }
      // Nobody will come for what still waits.
      for (const party of [...this.#dirty]) this.#drop(party.queue.splice(0), "owner_lost");
    } catch (fault) {
      this.#fail(fault, under);
    } finally {
      this.#running = false;
      this.#idle.resolve();
    }
  }

  /** What is on disk stays true; what was under way is answered as unknown, what waited as not done; nothing follows. */
  #fail(fault: unknown, under: readonly Unit[]): void {
    const { log, metrics, failed } = this.#options;
    this.#stopped = true;
    this.#turn("unavailable");
    log("committing failed, the server has to stop", { fault: faultText(fault) });
    metrics.faults.inc({ kind: "committer" });
    for (const unit of under) quietly(() => unit.unknown());
    for (const party of [...this.#dirty]) quietly(() => this.#drop(party.queue.splice(0), "owner_lost"));
    failed();
  }

  async #commit(packed: Packed): Promise<void> {
    const { clock, metrics } = this.#options;
    const pack = toPack(this.#options.id(), packed);
    const began = clock.monotonic();
    this.#since = began;
    const verdict = await this.#settle(pack, packed.units);
    this.#since = undefined;
    metrics.commitSeconds.observe((clock.monotonic() - began) / 1_000);
    metrics.commitSize.observe(packed.units.length);
    metrics.commits.inc({ outcome: verdict.type });
    // The store answers again, whatever it said.
    if (verdict.type === "ours" || verdict.type === "conflict") this.#turn("ok");
    switch (verdict.type) {
      case "ours":
        for (const party of packed.heads.keys()) party.stamp = verdict.stamp;
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

  /** Sends a pack until its outcome is known. The same pack with the same id: at most one attempt can win. */
  async #settle(pack: Pack, units: readonly Unit[]): Promise<Verdict> {
    const { clock, circuit, metrics, relieve } = this.#options;
    let backoff = new ExponentialBackoff(RETRY).next();
    for (let attempt = 1;; attempt++) {
      if (attempt > 1) metrics.storeRetries.inc();
      const result = await this.#attempt(pack);
      if (typeof result === "object") {
        if (result.ok) return { type: "ours", stamp: result.stamp };
        if (result.why === "owner") return { type: "owner" };
        if (attempt === 1) return { type: "conflict" };
      }
      const hung = result === "hung";
      if (hung) this.#shed(units);
      const truth = await this.#truth(pack);
      if (truth?.type === "ours" || truth?.type === "conflict") return truth;
      if (attempt === 1) continue;
      if (this.#stopped) return { type: "read_only" };
      if (truth?.type === "unchanged" && !hung) {
        // Reading works and writing fails: nothing of this pack is or will be there.
        if (await relieve?.() === true) continue;
        return { type: "read_only" };
      }
      this.#shed(units);
      if (circuit.open) await circuit.whenClosed();
      else await pause(clock, backoff.duration);
      backoff = backoff.next(undefined);
    }
  }

  /** Commands are answered at once while the store does not; what is under way stays. */
  #shed(units: readonly Unit[]): void {
    if (this.#mode !== "unavailable") this.#options.log("store unavailable", { commands: units.length });
    this.#turn("unavailable");
    for (const unit of units) unit.unknown();
  }

  /** The store's answer, or how it failed to give one: then the outcome is unknown. */
  async #attempt(pack: Pack): Promise<CommitResult | "threw" | "hung"> {
    const { store, circuit, log } = this.#options;
    try {
      return await circuit.run("commit", () => store.commit(pack));
    } catch (fault) {
      log("commit failed", { pack: pack.id, fault: fault instanceof Error ? fault.message : String(fault) });
      return fault instanceof StoreHangs ? "hung" : "threw";
    }
  }

  /** What the store shows of a pack whose outcome is unknown; undefined when it cannot be read. */
  async #truth(pack: Pack): Promise<Verdict | { readonly type: "unchanged" } | undefined> {
    const subject = pack.subjects[0];
    if (subject === undefined) return { type: "conflict" };
    const { store } = this.#options;
    try {
      const found = subject.owner.type === "world"
        ? await store.readHead(subject.owner.id)
        : await store.readAccount(subject.owner.id);
      if (found?.value.commit === pack.id) return { type: "ours", stamp: found.stamp };
      return (found?.stamp ?? null) === subject.stamp ? { type: "unchanged" } : { type: "conflict" };
    } catch (fault) {
      // It cannot be told by this one: each by itself is, and what turns out to be stored is found by its rebase.
      return fault instanceof DamagedRecord ? { type: "conflict" } : undefined;
    }
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
  #drop(units: readonly Unit[], reason: "conflict" | "read_only" | "owner_lost"): void {
    const parties = new Set(units.flatMap((unit) => unit.heads.map(({ party }) => party)));
    const waiting: Unit[] = [];
    for (const party of parties) {
      if (reason === "conflict") party.moved = true;
      waiting.push(...party.queue.splice(0));
      this.#dirty.delete(party);
    }
    for (const unit of [...units, ...waiting]) unit.dropped(reason);
  }

  #enterReadOnly(): void {
    if (this.#mode !== "read_only") this.#options.log("store is read only", {});
    this.#turn("read_only");
    this.#dropWaiting();
    this.#probeLater();
  }

  #turn(mode: StoreMode): void {
    const { metrics, log } = this.#options;
    if (mode === "ok" && this.#mode !== "ok") log("store takes writes again", {});
    this.#mode = mode;
    metrics.storeWrites.set(this.mode === "ok" ? 1 : 0);
  }

  #dropWaiting(): void {
    for (const party of [...this.#dirty]) this.#drop(party.queue.splice(0), "read_only");
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
