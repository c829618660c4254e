import type { SessionRecord, Stamped, Store } from "../kv/ports.ts";
import type { Accounts } from "./accounts.ts";
import { accept, refuse } from "./answers.ts";
import type { Answer, Caller, SignedIn } from "./api.ts";
import { base62, freshId, type HostDeps } from "./deps.ts";
import { callerOf, hashOf, LONGEST_MS, newSession, SLIDE_MS, TOKEN_BYTES } from "./session.ts";

const DAY_MS = 86_400_000;
/** An expiry is moved on when at least this much is gained, so that a call rarely writes. */
const SLIDE_STEP_MS = DAY_MS;
const TICKET_MS = 30_000;
const CACHED = 20_000;

interface Ticket {
  readonly caller: Caller;
  readonly until: number;
}

/** Guest accounts, sessions and tickets. A token is 256 random bits; only its SHA-256 is stored. */
export class Identity {
  readonly #deps: HostDeps;
  readonly #store: Store;
  readonly #accounts: Accounts;
  readonly #known = new Map<string, Stamped<SessionRecord>>();
  readonly #tickets = new Map<string, Ticket>();
  /** Sessions whose new expiry is on its way to disk. */
  readonly #sliding = new Set<string>();

  constructor(deps: HostDeps, accounts: Accounts) {
    this.#deps = deps;
    this.#store = deps.store;
    this.#accounts = accounts;
  }

  /** A new account without a password, and its first session, in one commit. */
  async guest({ name, lang }: { readonly name: string; readonly lang: string }): Promise<Answer<SignedIn>> {
    const { clock, randomBytes } = this.#deps;
    const now = clock.now();
    const record = {
      id: freshId("a", randomBytes),
      name,
      tier: "guest",
      createdAt: now,
      n: 0,
      commit: "",
      seed: hex(randomBytes(16)),
      open: {},
    } as const;
    const { token, tokenHash, session } = newSession(this.#deps, record, lang);
    const account = this.#accounts.create(record);
    const late = Promise.withResolvers<"late">();
    const stored = await Promise.race([
      account.commit(account.next(), [{ type: "session", tokenHash, value: session }], () => late.resolve("late")),
      late.promise,
    ]);
    if (stored !== true) {
      this.#accounts.forget(record.id);
      return refuse(stored === "late" ? "server/store_unavailable" : "server/read_only");
    }
    return accept({ token, caller: callerOf(session), expiresAt: session.expiresAt });
  }

  /** The caller of a token, sliding its expiry; undefined when unknown, ended or expired. */
  async authenticate(token: string): Promise<Caller | undefined> {
    const tokenHash = hashOf(token);
    const found = this.#known.get(tokenHash) ?? await this.#store.readSession(tokenHash);
    if (found === undefined) return undefined;
    const now = this.#deps.clock.now();
    // The store's own expiry would come late, so the time is compared here.
    if (found.value.expiresAt <= now) return undefined;
    const expiresAt = Math.min(found.value.createdAt + LONGEST_MS, now + SLIDE_MS);
    this.#remember(tokenHash, found);
    // Nobody waits for it: a store that does not write now keeps nobody out.
    if (expiresAt - found.value.expiresAt >= SLIDE_STEP_MS) void this.#slide(tokenHash, found, expiresAt);
    return callerOf(found.value);
  }

  async end({ session }: Caller): Promise<void> {
    this.#forget(session);
    await this.#store.endSession(session);
    // A call of the same moment may have read it while it still stood there.
    this.#forget(session);
  }

  /** Single use, 30 s: for doors that can set no header. */
  ticket(caller: Caller): string {
    const now = this.#deps.clock.monotonic();
    const ticket = base62(this.#deps.randomBytes(TOKEN_BYTES));
    this.#tickets.set(hashOf(ticket), { caller, until: now + TICKET_MS });
    return ticket;
  }

  redeem(ticket: string): Caller | undefined {
    const hash = hashOf(ticket);
    const found = this.#tickets.get(hash);
    this.#tickets.delete(hash);
    return found !== undefined && found.until > this.#deps.clock.monotonic() ? found.caller : undefined;
  }

  /** Sessions and tickets in memory. */
  get held(): { readonly sessions: number; readonly tickets: number } {
    return { sessions: this.#known.size, tickets: this.#tickets.size };
  }

  /** Forgets tickets that were not used in time and sessions that expired; how many tickets there were. */
  sweep(): number {
    const { clock } = this.#deps;
    const before = this.#tickets.size;
    for (const [ticket, { until }] of this.#tickets) if (until <= clock.monotonic()) this.#tickets.delete(ticket);
    for (const [hash, { value }] of this.#known) if (value.expiresAt <= clock.now()) this.#known.delete(hash);
    return before - this.#tickets.size;
  }

  /** Ended meanwhile, the write finds the session gone and does nothing. */
  async #slide(tokenHash: string, found: Stamped<SessionRecord>, expiresAt: number): Promise<void> {
    if (this.#sliding.has(tokenHash)) return;
    this.#sliding.add(tokenHash);
    await this.#store.writeSession(tokenHash, found.stamp, { ...found.value, expiresAt }).catch(() => false);
    this.#sliding.delete(tokenHash);
    // What is stored now is read with the next call.
    this.#known.delete(tokenHash);
  }

  #forget(session: string): void {
    for (const [tokenHash, { value }] of this.#known) if (value.id === session) this.#known.delete(tokenHash);
    for (const [ticket, { caller }] of this.#tickets) if (caller.session === session) this.#tickets.delete(ticket);
  }

  #remember(tokenHash: string, found: Stamped<SessionRecord>): void {
    if (this.#known.has(tokenHash)) return;
    const oldest = this.#known.size >= CACHED ? this.#known.keys().next().value : undefined;
    if (oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(tokenHash, found);
  }
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
