import { ExponentialBackoff, noJitterGenerator } from "cockatiel";
import type { CommitResult, Pack, Store } from "../kv/ports.ts";
import { DamagedRecord } from "../kv/ports.ts";
import { type Circuit, StoreHangs } from "./circuit.ts";
import { type Clock, pause } from "./clock.ts";
import type { HostMetrics } from "./metrics.ts";

/** Waits between attempts at a pack whose outcome is unknown; no chance in them, as nobody else sends it. */
const RETRY = { initialDelay: 100, maxDelay: 5_000, generator: noJitterGenerator };

/** What came of one pack after all that could be learned about it. */
export type Verdict =
  | { readonly type: "ours"; readonly stamp: string }
  | { readonly type: "conflict" }
  | { readonly type: "owner" }
  | { readonly type: "read_only" };

export interface SettlerOptions {
  readonly store: Store;
  /** Around the store: fails at once while there is no use in asking. */
  readonly circuit: Circuit;
  readonly clock: Clock;
  readonly metrics: HostMetrics;
  /** Writing fails though reading works: makes room where some was kept, and says whether trying again may help. */
  readonly relieve?: () => Promise<boolean>;
  readonly log: (event: string, fields: Readonly<Record<string, unknown>>) => void;
  /** No more retries: the process is about to end. */
  readonly stopped: () => boolean;
}

/** Sends packs until their outcome is known. Several may be under way at once. */
export class Settler {
  readonly #options: SettlerOptions;
  /** Room is made once for all packs that failed for want of it. */
  #relieving: Promise<boolean> | undefined;
  #relieved = 0;

  constructor(options: SettlerOptions) {
    this.#options = options;
  }

  /**
   * Sends a pack until its outcome is known: the same pack with the same id, so at most one attempt can win.
   * `unavailable` is called while the store does not answer.
   */
  async settle(pack: Pack, unavailable: () => void): Promise<Verdict> {
    const { clock, circuit, metrics, stopped } = this.#options;
    let backoff = new ExponentialBackoff(RETRY).next();
    for (let attempt = 1;; attempt++) {
      if (attempt > 1) metrics.storeRetries.inc();
      const relieved = this.#relieved;
      const result = await this.#attempt(pack);
      if (typeof result === "object") {
        if (result.ok) return { type: "ours", stamp: result.stamp };
        if (result.why === "owner") return { type: "owner" };
        if (attempt === 1) return { type: "conflict" };
      }
      const hung = result === "hung";
      if (hung) unavailable();
      const truth = await this.#truth(pack);
      if (truth?.type === "ours" || truth?.type === "conflict") return truth;
      if (attempt === 1) continue;
      if (stopped()) return { type: "read_only" };
      if (truth?.type === "unchanged" && !hung) {
        // Reading works and writing fails: nothing of this pack is or will be there.
        if (this.#relieved !== relieved || await this.#relieve()) continue;
        return { type: "read_only" };
      }
      unavailable();
      if (circuit.open) await circuit.whenClosed();
      else await pause(clock, backoff.duration);
      backoff = backoff.next(undefined);
    }
  }

  async #relieve(): Promise<boolean> {
    const { relieve } = this.#options;
    if (relieve === undefined) return false;
    this.#relieving ??= relieve().finally(() => this.#relieving = undefined);
    const helped = await this.#relieving;
    if (helped) this.#relieved++;
    return helped;
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
}
