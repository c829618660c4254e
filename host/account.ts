import type { AccountRecord, Change, Store } from "../kv/ports.ts";
import { refuse, type Refused } from "./answers.ts";
import type { Committer } from "./committer.ts";
import { Lane } from "./lane.ts";
import type { Party } from "./unit.ts";

/** Commands that may wait in one account. */
const MAILBOX = 16;

/** An account in memory. Its commands run one after another, each durable before the next is decided. */
export class LiveAccount {
  readonly party: Party;
  readonly #store: Store;
  readonly #committer: Committer;
  readonly #lanes = new Map<string, Lane>();
  #record: AccountRecord;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(
    shop: { readonly store: Store; readonly committer: Committer },
    record: AccountRecord,
    stamp: string | null,
  ) {
    this.#store = shop.store;
    this.#committer = shop.committer;
    this.#record = record;
    this.party = { owner: { type: "account", id: record.id }, stamp, queue: [], underWay: false };
  }

  get record(): AccountRecord {
    return this.#record;
  }

  get idle(): boolean {
    return this.#waiting === 0;
  }

  /** Runs one thing at a time, in the order asked; refuses when too much waits. */
  async turn<T>(run: () => Promise<T>): Promise<T | Refused> {
    if (this.#waiting >= MAILBOX) return refuse("server/busy");
    this.#waiting++;
    const before = this.#last;
    const mine = before.then(run, run);
    this.#last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      this.#waiting--;
    }
  }

  /** Lets lanes nobody uses leave memory, while nothing is under way that holds one; how many did. */
  forgetLanes(): number {
    if (!this.idle) return 0;
    const before = this.#lanes.size;
    for (const [key, lane] of this.#lanes) if (lane.rests()) this.#lanes.delete(key);
    return before - this.#lanes.size;
  }

  async lane(session: string, number: number): Promise<Lane> {
    const key = `${session}/${number}`;
    const known = this.#lanes.get(key);
    if (known !== undefined) return known;
    const lane = new Lane(await this.#store.readReceipts(this.party.owner, session, number));
    // Somebody else's reading may have ended first, and a command may be under way in its lane.
    const meanwhile = this.#lanes.get(key);
    if (meanwhile !== undefined) return meanwhile;
    this.#lanes.set(key, lane);
    return lane;
  }

  /** The record as the next commit writes it. */
  next(change: Partial<Pick<AccountRecord, "open" | "returnKey">> = {}): AccountRecord {
    return { ...this.#record, ...change, n: this.#record.n + 1 };
  }

  /** What a commit of this account has made true. */
  adopt(record: AccountRecord): void {
    this.#record = record;
  }

  /** Commits a change of this account alone. `unknown` is called while the store does not answer; the wait goes on. */
  commit(record: AccountRecord, changes: readonly Change[], unknown: () => void): Promise<boolean> {
    return new Promise((resolve) =>
      this.#committer.add(this.party, {
        heads: [{ party: this.party, type: "account", head: record }],
        changes: this.#store.prepare(changes),
        durable: () => {
          this.adopt(record);
          resolve(true);
        },
        dropped: () => resolve(false),
        unknown,
      })
    );
  }
}
