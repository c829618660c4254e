import { DamagedRecord, type Owner, type Store } from "../kv/ports.ts";
import type { Clock } from "./clock.ts";

const DAY_MS = 86_400_000;
/**
 * Sessions are removed this long after they expired, and guests not before they are this old. Whether a session still
 * holds is compared on every use; the day only keeps a clock that went wrong for an hour from removing what still does.
 */
const GRACE_MS = DAY_MS;
/** Records looked at in one step. */
const PAGE = 20;
/** Guests that one round may remove; the next round begins behind them. */
const CANDIDATES = 500;

/** What a round of sweeping removes. */
export type Swept = "session" | "receipt" | "guest";

export interface Round {
  readonly store: Store;
  readonly clock: Pick<Clock, "now">;
  /** Whether something is under way in an account just now. */
  readonly busy: (account: string) => boolean;
  /** An account is no longer stored. */
  readonly gone: (account: string) => void;
  readonly count: (what: Swept, howMany: number) => void;
}

/**
 * One walk over the store that removes what nobody can ask for any more: sessions that expired, receipts of sessions
 * that are gone, guests who never made anything and whose sessions are all over. It yields after every small step, for
 * its caller to rest as long as it likes; each removal checks in its own atomic that it is still right. Begins with the
 * accounts after `from`; returns from where the next walk is to begin.
 */
export async function* sweepStore(round: Round, from?: string): AsyncGenerator<void, string | undefined> {
  const guests = new Map<string, string>();
  const next = yield* findUnused(round, from, guests);
  yield* endSessions(round, guests);
  for (const [account, stamp] of guests) {
    if (!round.busy(account) && await round.store.removeAccount(account, stamp)) {
      round.gone(account);
      round.count("guest", 1);
    }
    yield;
  }
  yield* sweepReceipts(round, "world", (after) => round.store.listWorlds(after, PAGE));
  yield* sweepReceipts(round, "account", (after) => round.store.listAccounts(after, PAGE));
  return next;
}

/** Guests without seat, character and return key, old enough to have made one: with the stamps they were read at. */
async function* findUnused(
  { store, clock }: Round,
  from: string | undefined,
  guests: Map<string, string>,
): AsyncGenerator<void, string | undefined> {
  const until = clock.now() - GRACE_MS;
  for (let after = from;;) {
    const ids = await store.listAccounts(after, PAGE);
    for (const id of ids) {
      const found = await intact(() => store.readAccount(id));
      if (found === undefined || found.value.returnKey !== undefined || found.value.createdAt > until) continue;
      const seats = await intact(() => store.readSeats(id));
      const roster = await intact(() => store.readRoster(id));
      if (seats?.length === 0 && roster?.length === 0) guests.set(id, found.stamp);
    }
    after = ids.at(-1);
    if (ids.length < PAGE) return undefined;
    yield;
    if (guests.size >= CANDIDATES) return after;
  }
}

/** Removes expired sessions, and takes the accounts of all others out of `guests`. */
async function* endSessions({ store, clock, count }: Round, guests: Map<string, string>): AsyncGenerator<void> {
  let after: string | undefined;
  for (;;) {
    const found = await store.listSessions(after, PAGE);
    for (const { tokenHash, stamp, value } of found) {
      if (value === undefined) continue;
      const over = value.expiresAt + GRACE_MS <= clock.now();
      if (over && await store.removeSession(tokenHash, stamp, value.id)) count("session", 1);
      else guests.delete(value.account);
    }
    yield;
    after = found.at(-1)?.tokenHash;
    if (found.length < PAGE) return;
  }
}

/** Removes the receipts of sessions that are gone, in all worlds or all accounts. */
async function* sweepReceipts(
  { store, count }: Round,
  type: Owner["type"],
  list: (after: string | undefined) => Promise<readonly string[]>,
): AsyncGenerator<void> {
  let after: string | undefined;
  for (;;) {
    const ids = await list(after);
    for (const id of ids) {
      const owner: Owner = { type, id };
      let last: string | undefined;
      for (;;) {
        const sessions = await store.listReceiptSessions(owner, last, PAGE);
        for (const session of sessions) {
          // Looked at first, as most of them are there; the removal's own check is what counts.
          if (await store.hasSession(session)) continue;
          for (;;) {
            const removed = await store.removeReceipts(owner, session);
            if (removed === 0) break;
            count("receipt", removed);
            yield;
          }
        }
        last = sessions.at(-1);
        if (sessions.length < PAGE) break;
        yield;
      }
    }
    yield;
    after = ids.at(-1);
    if (ids.length < PAGE) return;
  }
}

/** What is read, or undefined where it is damaged: then it is somebody else's to find out, and nothing is removed for it. */
async function intact<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (fault) {
    if (fault instanceof DamagedRecord) return undefined;
    throw fault;
  }
}
