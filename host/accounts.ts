import type { AccountRecord, Store } from "../kv/ports.ts";
import { LiveAccount } from "./account.ts";
import type { Committer } from "./committer.ts";

/** Accounts kept in memory beyond those that are busy. */
const KEPT = 2_000;

/** The accounts in memory; they load on first use. */
export class Accounts {
  readonly #shop: { readonly store: Store; readonly committer: Committer };
  readonly #live = new Map<string, LiveAccount>();
  readonly #loading = new Map<string, Promise<LiveAccount | undefined>>();

  constructor(shop: { readonly store: Store; readonly committer: Committer }) {
    this.#shop = shop;
  }

  find(id: string): Promise<LiveAccount | undefined> {
    const known = this.#live.get(id);
    if (known !== undefined && known.party.moved !== true) return Promise.resolve(known);
    const loading = this.#loading.get(id) ?? this.#load(id).finally(() => this.#loading.delete(id));
    this.#loading.set(id, loading);
    return loading;
  }

  /** An account that does not exist yet, with nothing stored. */
  create(record: AccountRecord): LiveAccount {
    return this.#keep(new LiveAccount(this.#shop, record, null));
  }

  get live(): IterableIterator<LiveAccount> {
    return this.#live.values();
  }

  get size(): number {
    return this.#live.size;
  }

  /** Whether something is under way in an account. */
  busy(id: string): boolean {
    return this.#loading.has(id) || this.#live.get(id)?.idle === false;
  }

  /** Out of memory: what it holds may no longer be what is stored. */
  forget(id: string): void {
    this.#live.delete(id);
  }

  async #load(id: string): Promise<LiveAccount | undefined> {
    const found = await this.#shop.store.readAccount(id);
    return found && this.#keep(new LiveAccount(this.#shop, found.value, found.stamp));
  }

  #keep(account: LiveAccount): LiveAccount {
    for (const [id, old] of this.#live) {
      if (this.#live.size < KEPT) break;
      if (old.idle) this.#live.delete(id);
    }
    this.#live.set(account.record.id, account);
    return account;
  }
}
