import type { Change } from "../kv/ports.ts";
import type { LiveAccount } from "./account.ts";
import type { Accounts } from "./accounts.ts";
import { accept, refuse, type Refused } from "./answers.ts";
import type { Answer, Caller, SignedIn } from "./api.ts";
import type { Committer } from "./committer.ts";
import type { HostDeps } from "./deps.ts";
import { newReturnKey, readReturnKey } from "./return_key_text.ts";
import { callerOf, hashOf, newSession } from "./session.ts";

interface Shop {
  readonly deps: HostDeps;
  readonly accounts: Accounts;
  readonly committer: Committer;
}

/**
 * Return keys: by one a guest comes back from another browser. Each account has at most one, stored as its SHA-256; both
 * uses run in the account's turn and are checked against its record, so that a key replaced meanwhile opens nothing.
 */
export class ReturnKeys {
  readonly #shop: Shop;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  /** Makes the key of the caller's account, as text to show; the key before it is worth nothing from here on. */
  async make({ account: id }: Caller): Promise<Answer<{ readonly key: string }>> {
    const { accounts, deps } = this.#shop;
    const account = await accounts.find(id);
    if (account === undefined) return refuse("auth/ended");
    return await account.turn(async () => {
      const key = newReturnKey(deps.randomBytes);
      const keyHash = hashOf(readReturnKey(key) ?? key);
      const old = account.record.returnKey;
      const refused = await this.#store(account, keyHash, [
        { type: "returnKey", keyHash, account: id },
        ...(old === undefined ? [] : [{ type: "returnKey", keyHash: old } as const]),
      ]);
      return refused ?? accept({ key });
    });
  }

  /** A new session of the account a key leads to; its other sessions stay. `key` is as somebody typed it. */
  async use({ key, lang }: { readonly key: string; readonly lang: string }): Promise<Answer<SignedIn>> {
    const { accounts, deps } = this.#shop;
    const letters = readReturnKey(key);
    if (letters === undefined) return refuse("auth/wrong_credentials");
    const keyHash = hashOf(letters);
    const id = await deps.store.readReturnKey(keyHash);
    const account = id === undefined ? undefined : await accounts.find(id);
    if (account === undefined) return refuse("auth/wrong_credentials");
    return await account.turn(async () => {
      if (account.record.returnKey !== keyHash) return refuse("auth/wrong_credentials");
      const { token, tokenHash, session } = newSession(deps, account.record, lang);
      const refused = await this.#store(account, keyHash, [{ type: "session", tokenHash, value: session }]);
      return refused ?? accept({ token, caller: callerOf(session), expiresAt: session.expiresAt });
    });
  }

  /** Commits changes together with the account's record; nothing when they are stored. */
  async #store(account: LiveAccount, returnKey: string, changes: readonly Change[]): Promise<Refused | undefined> {
    const { mode } = this.#shop.committer;
    if (mode !== "ok") return refuse(mode === "read_only" ? "server/read_only" : "server/store_unavailable");
    const late = Promise.withResolvers<"late">();
    const stored = await Promise.race([
      account.commit(account.next({ returnKey }), changes, () => late.resolve("late")),
      late.promise,
    ]);
    if (stored === true) return undefined;
    return refuse(stored === "late" ? "server/store_unavailable" : "server/read_only");
  }
}
