/** Upkeep as the host asks for it: packing, dropping, sweeping, and what time will do. Types only. */
import type { Owner } from "./keys.ts";
import type { SessionRecord, Snapshot, SnapshotMark } from "./ports.ts";

/** What of a world's log is packed, and from where on it is kept. A world without this record has all of it as written. */
export interface LogState {
  /** First entry that is kept: 1, unless older ones were dropped. */
  readonly first: number;
  /** Newest entry that is packed. */
  readonly packed: number;
  /** Stored size of all packed parts. */
  readonly bytes: number;
  /** The state before the first entry, where older ones were dropped. */
  readonly base?: SnapshotMark;
}

/** Numbers of the entries of the oldest packed value. */
export interface OldestPacked {
  readonly first: number;
  readonly last: number;
}

/** A session as a walk over all of them finds it. */
export interface FoundSession {
  readonly tokenHash: string;
  readonly stamp: string;
  /** Undefined when the record is damaged. */
  readonly value: SessionRecord | undefined;
}

/** A world with a timer, and the minute since 1970 in which it is due. */
export interface DueWorld {
  readonly minute: number;
  readonly world: string;
}

/** What keeps the store small and finds what time will do: all of it in small steps, off the way of commands. */
export interface Upkeep {
  /** What of a world's log is packed, and from where on it is kept; undefined while all of it stands as written. */
  readLogState(world: string): Promise<LogState | undefined>;
  /** Packs some of the entries older than the third snapshot. False: there were not enough of them. */
  packEntries(world: string): Promise<boolean>;
  readOldestPacked(world: string): Promise<OldestPacked | undefined>;
  /** Drops the oldest packed entries; `base` is the state after them. False: it was not done, and nothing is lost. */
  dropOldest(world: string, base: Snapshot): Promise<boolean>;
  /** Makes a world that is being imported begin after `base`. False: it did not come back as written. */
  writeBase(world: string, base: Snapshot): Promise<boolean>;
  /** The state before the first entry that is kept, where older ones were dropped; undefined where it is damaged. */
  readBase(world: string): Promise<Snapshot | undefined>;

  listSessions(after: string | undefined, limit: number): Promise<readonly FoundSession[]>;
  /** False: the session changed since it was read. */
  removeSession(tokenHash: string, stamp: string, session: string): Promise<boolean>;
  /** Whether a session is stored, by its id: what it says is not read. */
  hasSession(session: string): Promise<boolean>;
  listAccounts(after: string | undefined, limit: number): Promise<readonly string[]>;
  /** False: the account has more than its record and receipts, or changed since it was read. */
  removeAccount(account: string, stamp: string): Promise<boolean>;
  listReceiptSessions(owner: Owner, after: string | undefined, limit: number): Promise<readonly string[]>;
  /** Removes some receipts of a session that is gone; 0 when none is left, or the session is there. */
  removeReceipts(owner: Owner, session: string): Promise<number>;

  /** Worlds with a timer that is due before a minute (since 1970), the longest due first. */
  listDue(before: number, after: DueWorld | undefined, limit: number): Promise<readonly DueWorld[]>;
  isDue(due: DueWorld): Promise<boolean>;
  clearDue(due: DueWorld): Promise<void>;
}
