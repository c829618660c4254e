/** Who sends a request: by Bearer token, ticket or cookie. */
import { STORE_RETRY_MS } from "../../host/answers.ts";
import { StoreUnavailable } from "../../host/circuit.ts";
import type { Caller, Host } from "../../host/api.ts";
import type { Config } from "../../host/config.ts";
import type { AdminDoor } from "../deps.ts";
import type { WireRefusal } from "../wire/encode.ts";
import { type CookieRules, readCookie, TOKEN } from "./cookie.ts";
import { isSameOrigin } from "./origin.ts";

export type Identity =
  | { readonly ok: true; readonly caller: Caller | undefined; readonly sameOrigin: boolean; readonly admin?: true }
  | { readonly ok: false; readonly refusal: WireRefusal };

interface IdentifyDeps {
  readonly host: Host;
  readonly config: Config;
  readonly cookie: CookieRules;
  readonly admin?: AdminDoor;
}

/**
 * Bearer counts before the cookie, and an invalid one never falls back to it. A cookie counts only for pages that may
 * use it; a cookie whose session is gone is as good as none, so that signing in again stays possible.
 */
export async function identify(request: Request, deps: IdentifyDeps): Promise<Identity> {
  try {
    return await lookUp(request, deps);
  } catch (fault) {
    if (!(fault instanceof StoreUnavailable)) throw fault;
    return { ok: false, refusal: { code: "server/store_unavailable", retryAfterMs: STORE_RETRY_MS } };
  }
}

async function lookUp(request: Request, deps: IdentifyDeps): Promise<Identity> {
  const sameOrigin = isSameOrigin(request, deps.config);
  const authorization = request.headers.get("authorization");
  if (authorization !== null) {
    const token = /^Bearer ([^ ]+)$/i.exec(authorization)?.[1];
    if (token !== undefined && deps.admin?.knows(token)) {
      return { ok: true, caller: undefined, sameOrigin, admin: true };
    }
    const caller = token === undefined || !TOKEN.test(token) ? undefined : await deps.host.authenticate(token);
    return caller === undefined ? { ok: false, refusal: { code: "auth/ended" } } : { ok: true, caller, sameOrigin };
  }
  const token = readCookie(request.headers.get("cookie"), deps.cookie.name);
  if (token === undefined) return { ok: true, caller: undefined, sameOrigin };
  if (!sameOrigin) return { ok: false, refusal: { code: "auth/origin" } };
  return { ok: true, caller: await deps.host.authenticate(token), sameOrigin };
}

/** As {@link identify}, for an upgrade: a ticket in the query counts before anything else and works once. */
export async function identifyUpgrade(
  request: Request,
  deps: IdentifyDeps,
): Promise<Identity> {
  const ticket = new URL(request.url).searchParams.get("ticket");
  if (ticket === null) return await identify(request, deps);
  const caller = TOKEN.test(ticket) ? await deps.host.redeemTicket(ticket) : undefined;
  return caller === undefined
    ? { ok: false, refusal: { code: "auth/ended" } }
    : { ok: true, caller, sameOrigin: false };
}
