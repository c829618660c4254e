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

/** Packed old entries (the place is kept; nothing is packed yet). */
export function packedEntriesKey(world: string, n: number, part: number): Key {
  return ["w", world, "old", n, part];
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

/** Token hash of a session, by its id. */
export function sessionIdKey(session: string): Key {
  return ["sid", session];
}

/** Account of a return key, by the SHA-256 of the key: the key itself is stored nowhere. */
export function returnKeyKey(keyHash: string): Key {
  return ["rk", keyHash];
}

/** Next timer of a world, found by every node (the place is kept for remote stores). */
export function dueKey(minute: number, world: string): Key {
  return ["due", minute, world];
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
