/** A session as it is made, and who it stands for. */
import { createHash } from "node:crypto";
import type { AccountId, SessionId } from "../engine/types/ids.ts";
import type { AccountRecord, SessionRecord } from "../kv/ports.ts";
import type { Caller } from "./api.ts";
import { base62, freshId, type HostDeps } from "./deps.ts";

const DAY_MS = 86_400_000;
/** A session not used for this long ends. */
export const SLIDE_MS = 30 * DAY_MS;
/** However much it is used, a session ends this long after it was made. */
export const LONGEST_MS = 180 * DAY_MS;
export const TOKEN_BYTES = 32;

export interface NewSession {
  readonly token: string;
  readonly tokenHash: string;
  readonly session: SessionRecord;
}

/** A new session of an account; it holds once it is stored. */
export function newSession(
  { clock, randomBytes }: Pick<HostDeps, "clock" | "randomBytes">,
  { id, name }: Pick<AccountRecord, "id" | "name">,
  lang: string,
): NewSession {
  const now = clock.now();
  const token = base62(randomBytes(TOKEN_BYTES));
  const session = {
    id: freshId("ses", randomBytes),
    account: id,
    name,
    lang,
    createdAt: now,
    expiresAt: now + SLIDE_MS,
  };
  return { token, tokenHash: hashOf(token), session };
}

/** SHA-256 of a token, ticket or key: what a copy of the store or of memory would show is of no use. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

/** Ids stored by us are the ids they were made as. */
export function callerOf({ id, account, name, lang }: SessionRecord): Caller {
  return { session: id as SessionId, account: account as AccountId, tier: "guest", name, lang };
}
