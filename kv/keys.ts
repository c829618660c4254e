import type { Key } from "./cells.ts";

/**
 * Every key of the store, and nothing else builds one. Each position has one type: numbers for log numbers, parts,
 * lanes and slots, strings for all else.
 */

/** Receipts kept per lane; a newer one takes the slot of the one this far below it. */
export const RECEIPTS_PER_LANE = 64;

/** What has a log or a record of its own, with receipts and a stamp its commits check. */
export type Owner = { readonly type: "world"; readonly id: string } | { readonly type: "account"; readonly id: string };

const room = (owner: Owner) => owner.type === "world" ? "w" : "a";

export const metaStoreKey: Key = ["meta", "store"];
export const metaOwnerKey: Key = ["meta", "owner"];
/** The key by which this store signs the worlds it gives away. */
export const metaSigningKey: Key = ["meta", "signing"];

/** Before everything that is stored of worlds. */
export const worldsPrefix: Key = ["w"];
export const worldIndexPrefix: Key = ["wi"];

/** The index of all worlds: written with a world's first head, so it holds exactly those that have one. */
export function worldIndexKey(world: string): Key {
  return ["wi", world];
}

export function worldOfIndexKey(key: Key): string {
  return String(key[1]);
}

/** Head of a world, record of an account: the key whose stamp every commit checks. */
export function headKey(owner: Owner): Key {
  return [room(owner), owner.id, "head"];
}

export function entryKey(world: string, n: number): Key {
  return ["w", world, "ev", n];
}

export function entriesPrefix(world: string): Key {
  return ["w", world, "ev"];
}

export function receiptKey(owner: Owner, session: string, lane: number, cseq: number): Key {
  return [room(owner), owner.id, "rc", session, lane, cseq % RECEIPTS_PER_LANE];
}

export function receiptsPrefix(owner: Owner): Key {
  return [room(owner), owner.id, "rc"];
}

export function sessionReceiptsPrefix(owner: Owner, session: string): Key {
  return [room(owner), owner.id, "rc", session];
}

export function lanePrefix(owner: Owner, session: string, lane: number): Key {
  return [room(owner), owner.id, "rc", session, lane];
}

export function snapshotPartKey(world: string, n: number, part: number): Key {
  return ["w", world, "sn", n, part];
}

/** Which snapshots of a world are complete. */
export function snapshotsKey(world: string): Key {
  return ["w", world, "snap"];
}

/** Packed old entries, under the number of the first of them. */
export function packedEntriesKey(world: string, n: number, part: number): Key {
  return ["w", world, "old", n, part];
}

/** Before the parts of the packed entries that begin with number n. */
export function packedEntriesAt(world: string, n: number): Key {
  return ["w", world, "old", n];
}

export function packedEntriesPrefix(world: string): Key {
  return ["w", world, "old"];
}

/** What of a world's log is packed and what was dropped. */
export function logStateKey(world: string): Key {
  return ["w", world, "log"];
}

/** The state before the first entry that is kept, where older ones were dropped. */
export function basePartKey(world: string, n: number, part: number): Key {
  return ["w", world, "base", n, part];
}

/** Before everything that is stored of accounts. */
export const accountsPrefix: Key = ["a"];

/** Before everything that is stored of one account. */
export function accountPrefix(account: string): Key {
  return ["a", account];
}

export function characterKey(account: string, character: string): Key {
  return ["a", account, "ch", character];
}

export function charactersPrefix(account: string): Key {
  return ["a", account, "ch"];
}

/** A world this account has a seat in. */
export function seatKey(account: string, world: string): Key {
  return ["a", account, "seat", world];
}

export function seatsPrefix(account: string): Key {
  return ["a", account, "seat"];
}

/** A session, by the SHA-256 of its token: the token itself is stored nowhere. */
export function sessionKey(tokenHash: string): Key {
  return ["s", tokenHash];
}

export const sessionsPrefix: Key = ["s"];

/** Token hash of a session, by its id. */
export function sessionIdKey(session: string): Key {
  return ["sid", session];
}

/** Account of a return key, by the SHA-256 of the key: the key itself is stored nowhere. */
export function returnKeyKey(keyHash: string): Key {
  return ["rk", keyHash];
}

/** Next timer of a world: the minute it falls into, counted from 1970. Found by every process that starts. */
export function dueKey(minute: number, world: string): Key {
  return ["due", minute, world];
}

export const duePrefix: Key = ["due"];

/** Before the timers of one minute. */
export function dueMinuteKey(minute: number): Key {
  return ["due", minute];
}

/** The smallest key above all keys that begin with this one, whose last position is a text. */
export function keyAfter(key: Key): Key {
  return [...key.slice(0, -1), `${key.at(-1)}\0`];
}

/** Wake-up for other nodes: a hint, never read as truth (the place is kept for remote stores). */
export function noticeKey(bucket: number): Key {
  return ["notice", bucket];
}

/** A multi-part value stands under its key with one number behind it. */
export function partKey(key: Key, part: number): Key {
  return [...key, part];
}

/** How a key is written in messages and logs. */
export function showKey(key: Key): string {
  return key.join("/");
}
