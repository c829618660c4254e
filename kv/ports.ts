/**
 * What the server asks of its store. The rest of the house programs against these shapes; Deno KV stands in none of
 * them, so a test can pass a store that fails.
 */
import type { StoreLimits } from "./cells.ts";
import type { Json } from "./json.ts";
import type { Owner } from "./keys.ts";
import type { Upkeep } from "./upkeep_port.ts";

export type { Json, Owner, StoreLimits };
export type { DueWorld, FoundSession, LogState, OldestPacked, Upkeep } from "./upkeep_port.ts";
export { DamagedRecord, EntriesDropped, StoreLost } from "./errors.ts";

/** Newest number of each audience's stream, by audience. */
export type Seqs = Readonly<Record<string, number>>;

/** Where a world stands. Rewritten by every pack that extends the world, and what its check looks at. */
export interface WorldHead {
  /** Newest log number; 0 before the first entry. */
  readonly n: number;
  readonly epoch: number;
  /** Id of the pack that wrote this head: tells after a throw whether it was ours. */
  readonly commit: string;
  readonly seq: Seqs;
  /** Form of the state, and of the views, that wrote this. */
  readonly state: number;
  readonly view: number;
  /** Minute (since 1970) under which the world's next timer is noted; absent: it has none. */
  readonly due?: number;
}

/** One command's entry in the log of its world. */
export interface LogEntry {
  readonly n: number;
  /** Ms since 1970, never falling within a world. */
  readonly at: number;
  readonly rid: string;
  /** Seat id, or `system`. */
  readonly actor: string;
  /** Session that asked; empty for the server's own commands, which have lane and cseq 0. */
  readonly session: string;
  readonly lane: number;
  readonly cseq: number;
  readonly command: Json;
  readonly events: readonly Json[];
  /** Streams' numbers after this entry. */
  readonly seq: Seqs;
  readonly epoch: number;
  readonly view: number;
  /** Version of the rules that decided it; absent in entries from before they named it. */
  readonly rules?: number;
  /** Form of the events; absent in entries from before they named it, which have the first. */
  readonly form?: number;
  /** Hash of the state after this entry, in one entry of a hundred ... */
  readonly hash?: string;
  /** ... and the form of the state it was made of; absent: the first. */
  readonly hashForm?: number;
  /**
   * The receipt of a numbered command, in one value with what it answers for. It moves to a key of its own with the next
   * snapshot, before entries are no longer read at loading.
   */
  readonly receipt?: EntryReceipt;
}

/** A receipt without what its entry already says. */
export type EntryReceipt = Pick<Receipt, "fingerprint" | "method" | "answer">;

/** The stored answer to a command, given again member by member. */
export interface Receipt {
  readonly cseq: number;
  readonly fingerprint: string;
  readonly method: string;
  /** Log number of the world (or number of the account's record) it belongs to. */
  readonly n: number;
  readonly answer: { readonly [member: string]: Json };
}

/** A receipt and the lane it belongs to. */
export interface LaneReceipt {
  readonly session: string;
  readonly lane: number;
  readonly receipt: Receipt;
}

export interface AccountRecord {
  readonly id: string;
  readonly name: string;
  readonly tier: "guest";
  readonly createdAt: number;
  /** Number of the newest commit to this account. */
  readonly n: number;
  readonly commit: string;
  /** Secret of the account's own dice (creation rolls), 32 hex digits. */
  readonly seed: string;
  /** Open matters of the account, such as rolls that wait to be used. */
  readonly open: Readonly<Record<string, Json>>;
  /** SHA-256 of the one return key that is good; absent: there is none. */
  readonly returnKey?: string;
}

export interface SessionRecord {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly lang: string;
  readonly createdAt: number;
  /** Ms; slides with use. */
  readonly expiresAt: number;
}

/** A seat of an account, as its world list shows it. */
export interface SeatRecord {
  readonly world: string;
  readonly seat: string;
  readonly name: string;
  readonly createdAt: number;
  readonly roles: readonly string[];
}

export interface RosterRecord {
  readonly id: string;
  /** The sheet as the engine made it. */
  readonly sheet: Json;
  /** World the character is away in. */
  readonly away?: string;
}

export interface Stamped<T> {
  readonly value: T;
  readonly stamp: string;
}

/** Something to write besides heads. */
export type Change =
  | { readonly type: "entry"; readonly world: string; readonly entry: LogEntry }
  | { readonly type: "receipt"; readonly owner: Owner } & LaneReceipt
  | { readonly type: "character"; readonly account: string; readonly id: string; readonly value?: RosterRecord }
  | { readonly type: "seat"; readonly account: string; readonly world: string; readonly value?: SeatRecord }
  /** Notes the minute of a world's next timer, or takes the note away. */
  | { readonly type: "due"; readonly world: string; readonly minute: number; readonly on: boolean }
  | { readonly type: "session"; readonly tokenHash: string; readonly value: SessionRecord }
  /** Account a return key leads to; without one the key leads nowhere any more. */
  | { readonly type: "returnKey"; readonly keyHash: string; readonly account?: string };

/** Changes encoded once, with what they take of an atomic. Only the store that made it can read it. */
export interface Prepared {
  readonly mutations: number;
  readonly bytes: number;
  readonly keyBytes: number;
}

/** A world or an account in a pack: its precondition and its new head. */
export type Subject =
  | { readonly owner: Owner & { readonly type: "world" }; readonly stamp: string | null; readonly head: WorldHead }
  | {
    readonly owner: Owner & { readonly type: "account" };
    readonly stamp: string | null;
    readonly head: AccountRecord;
  };

/** One atomic: all of it or nothing of it becomes true. */
export interface Pack {
  /** Written into each head. The same pack may be sent again after a throw, unchanged. */
  readonly id: string;
  readonly subjects: readonly Subject[];
  readonly changes: readonly Prepared[];
}

export type CommitResult =
  /** Durable; `stamp` is the new stamp of every head in the pack. */
  | { readonly ok: true; readonly stamp: string }
  /** Some subject moved on; nothing was written. */
  | { readonly ok: false; readonly why: "conflict" }
  /** Another process owns the store now: this one has to stop. */
  | { readonly ok: false; readonly why: "owner" };

/** A complete snapshot of a world, as its pointer lists it. */
export interface SnapshotMark {
  readonly n: number;
  readonly parts: number;
  readonly length: number;
  readonly sha256: string;
}

/** Everything a snapshot holds: the state after entry n and where the streams stood. */
export interface Snapshot {
  readonly n: number;
  /** Stamp of entry n. */
  readonly at: number;
  readonly epoch: number;
  readonly seq: Seqs;
  readonly state: Json;
}

export interface Store extends Upkeep {
  readonly limits: StoreLimits;
  /** What the head of a world or an account may take of an atomic, key included: never less than it does. */
  readonly headBytes: Readonly<Record<Owner["type"], number>>;
  readonly headKeyBytes: number;

  prepare(changes: readonly Change[]): Prepared;
  /** A throw leaves the outcome unknown: send the same pack again, then read the heads. */
  commit(pack: Pack): Promise<CommitResult>;

  /** Ids of all worlds after this one, in their order, at most `limit` (1,000 at the most). */
  listWorlds(after: string | undefined, limit: number): Promise<readonly string[]>;
  /** Undefined: there is no such world. One that is listed and has no head is a {@link DamagedRecord}. */
  readHead(world: string): Promise<Stamped<WorldHead> | undefined>;
  /** Entries `from` to `to` (inclusive) in order; a hole or a damaged record is a {@link DamagedRecord}. */
  readEntries(world: string, from: number, to: number): Promise<readonly LogEntry[]>;
  /** Whether some entry stands alone behind the n-th. */
  hasEntriesAfter(world: string, n: number): Promise<boolean>;
  readReceipts(owner: Owner, session: string, lane: number): Promise<readonly Receipt[]>;
  /** Newest first. */
  readSnapshotMarks(world: string): Promise<readonly SnapshotMark[]>;
  /** Undefined when the snapshot is damaged: the one before and a longer fold take its place. */
  readSnapshot(world: string, mark: SnapshotMark): Promise<Snapshot | undefined>;
  /**
   * Writes receipts and snapshot, reads the snapshot back, compares, then sets the pointer; keeps the last three. False:
   * it did not come back as written.
   */
  writeSnapshot(world: string, snapshot: Snapshot, receipts: readonly LaneReceipt[]): Promise<boolean>;

  readAccount(account: string): Promise<Stamped<AccountRecord> | undefined>;
  readRoster(account: string): Promise<readonly RosterRecord[]>;
  readSeats(account: string): Promise<readonly SeatRecord[]>;
  readSession(tokenHash: string): Promise<Stamped<SessionRecord> | undefined>;
  /** The token hash of a session known by its id. */
  readSessionHash(session: string): Promise<string | undefined>;
  /** False: it changed meanwhile. */
  writeSession(tokenHash: string, stamp: string | null, value: SessionRecord): Promise<boolean>;
  endSession(session: string): Promise<void>;
  /** Id of the account a return key leads to. Whether the key is still good stands in the account's record. */
  readReturnKey(keyHash: string): Promise<string | undefined>;

  /** Writes and removes one small cell, to see whether writing works again. */
  probe(): Promise<void>;
  /** Yields when one of the worlds may have been extended by another process: a hint, never a truth. */
  watchWorlds(worlds: readonly string[], signal: AbortSignal): AsyncIterable<void>;
  close(): void;
}
