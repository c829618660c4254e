import type { Rejection } from "../engine/types/rejection.ts";
import type { Answer, HostCode, JsonObject, Refusal } from "./api.ts";

/** After these the client sends the same bytes again, so they settle nothing. */
const RETRY_SAME = new Set<Refusal["code"]>([
  "server/internal",
  "server/busy",
  "server/read_only",
  "server/store_unavailable",
  "server/going_away",
  "rpc/deadline",
  "command/in_flight",
  "world/frozen",
  "stream/behind",
]);

const BUSY_RETRY_MS = 500;
/** When to ask again after the store could not be asked or written. */
export const STORE_RETRY_MS = 2_000;

export type Refused = { readonly ok: false; readonly refusal: Refusal };

/** Whether a refusal uses its number up: the lane moves on, and the same refusal is given again. */
export function settles(refusal: Refusal): boolean {
  return !RETRY_SAME.has(refusal.code);
}

export function refuse(code: HostCode, details?: JsonObject): Refused {
  const retryAfterMs = code === "server/busy" || code === "server/going_away"
    ? BUSY_RETRY_MS
    : code === "server/read_only" || code === "server/store_unavailable"
    ? STORE_RETRY_MS
    : undefined;
  return {
    ok: false,
    refusal: {
      code,
      ...(details === undefined ? {} : { details }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    },
  };
}

export function refuseByRule({ code, details }: Rejection): Refused {
  return { ok: false, refusal: details === undefined ? { code } : { code, details } };
}

export function accept<T>(result: T): Answer<T> {
  return { ok: true, result };
}
