/** What the two HTTP doors for calls share: who asks, what it costs, and the headers of an answer. */
import type { AppDeps } from "../deps.ts";
import type { CookieRules } from "../auth/cookie.ts";
import { clearCookie, setCookie } from "../auth/cookie.ts";
import { identify } from "../auth/identify.ts";
import { publicUrlOf } from "../auth/origin.ts";
import type { Answerer } from "../rpc/answer.ts";
import type { RequestContext } from "../rpc/call.ts";
import type { Dispatcher } from "../rpc/dispatcher.ts";
import type { Charge } from "../rpc/rate_limits.ts";
import { API_GENERATION } from "../rpc/registry.ts";
import type { WireRefusal } from "../wire/encode.ts";
import { isRid } from "../wire/jsonrpc.ts";
import type { Messages } from "../wire/messages.ts";

export interface DoorDeps extends Pick<AppDeps, "host" | "config" | "clock" | "metrics" | "admin"> {
  readonly dispatcher: Dispatcher;
  readonly answerer: Answerer;
  readonly messages: Messages;
  readonly cookie: CookieRules;
  readonly makeRid: () => string;
}

/** Tokens a refusal before dispatch costs: who guesses tokens or sends what is no call meets the limit. */
const REFUSAL_COST = 2;

export type Visit = { readonly ok: true; readonly context: RequestContext } | {
  readonly ok: false;
  readonly refusal: WireRefusal;
  readonly context: RequestContext;
};

/** Settles who sends a request and in which language they are answered. */
export async function receive(request: Request, address: string, deps: DoorDeps): Promise<Visit> {
  const identity = await identify(request, deps);
  const caller = identity.ok ? identity.caller : undefined;
  const context: RequestContext = {
    transport: "http",
    caller,
    ...(identity.ok && identity.admin ? { admin: true } : {}),
    address,
    lang: langOf(request, deps.messages, caller?.lang),
    rid: ridOf(request) ?? deps.makeRid(),
    publicUrl: publicUrlOf(request, deps.config),
    sameOrigin: identity.ok && identity.sameOrigin,
    link: undefined,
    reply: {},
  };
  return identity.ok ? { ok: true, context } : { ok: false, refusal: identity.refusal, context };
}

/** Charges the address for a refusal before dispatch; once it has nothing left, that is the refusal. */
export async function chargeRefusal(
  refusal: WireRefusal,
  context: RequestContext,
  { dispatcher }: Pick<DoorDeps, "dispatcher">,
): Promise<{ readonly refusal: WireRefusal; readonly charge: Charge | undefined }> {
  const charge = await dispatcher.charge({ cost: REFUSAL_COST }, { ...context, caller: undefined });
  return charge === undefined || charge.ok
    ? { refusal, charge }
    : { refusal: { code: "limit/rate", retryAfterMs: charge.retryAfterMs }, charge };
}

/** The language of the session, else of the address, else of the browser. */
export function langOf(request: Request, messages: Messages, sessions?: string): string {
  const query = request.url.includes("lang=") ? new URL(request.url).searchParams.get("lang") : null;
  return messages.pick(sessions, query ?? undefined, request.headers.get("accept-language") ?? undefined);
}

/** Headers of an answer to a call. */
export function headersOf(
  context: RequestContext,
  deps: DoorDeps,
  more: { readonly charge?: Charge | undefined; readonly refusal?: WireRefusal | undefined } = {},
): Headers {
  const headers = new Headers({
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-request-id": context.rid,
    "x-api-version": String(API_GENERATION),
  });
  const { charge, refusal } = more;
  if (charge !== undefined && charge.limit > 0) {
    headers.set("ratelimit-limit", String(charge.limit));
    headers.set("ratelimit-remaining", String(charge.remaining));
    headers.set("ratelimit-reset", String(Math.ceil(charge.resetMs / 1000)));
    headers.set("ratelimit-policy", charge.policy);
  }
  if (refusal?.retryAfterMs !== undefined) headers.set("retry-after", String(Math.ceil(refusal.retryAfterMs / 1000)));
  const cookie = context.reply.cookie;
  if (cookie === "ended") headers.append("set-cookie", clearCookie(deps.cookie));
  else if (cookie !== undefined) {
    headers.append("set-cookie", setCookie(deps.cookie, cookie.token, cookie.expiresAt, deps.clock.now()));
  }
  return headers;
}

/** The caller's own correlation id: `X-Request-Id`, else the trace id of `traceparent`. */
function ridOf(request: Request): string | undefined {
  const own = request.headers.get("x-request-id");
  if (own !== null && isRid(own)) return own;
  return /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(request.headers.get("traceparent") ?? "")?.[1];
}
