/**
 * Every code a caller may be answered with: its JSON-RPC number, its HTTP status, what a socket does, and whether asking
 * again can help. One table; numbers are never given twice and never change their meaning.
 */
import { RULE_CODES, type RuleCode } from "../../engine/types/rejection.ts";

/** `same`: the same bytes again; `changed`: choose differently, next cseq; `never`: asking again cannot help. */
export type Retry = "same" | "changed" | "never";

export interface CodeRow {
  readonly number: number;
  readonly http: number;
  readonly retry: Retry;
  /** Refused before the dispatcher was reached: `/rpc` answers with this status instead of 200. */
  readonly early?: true;
  /** Close code of a socket on which this happens; absent: the socket stays open. */
  readonly close?: number;
}

const OWN = [
  ["rpc/parse_error", { number: -32700, http: 400, retry: "never" }],
  ["rpc/invalid_request", { number: -32600, http: 400, retry: "never" }],
  ["rpc/unknown_method", { number: -32601, http: 404, retry: "never" }],
  ["rpc/invalid_params", { number: -32602, http: 400, retry: "changed" }],
  ["server/internal", { number: -32603, http: 500, retry: "same" }],
  ["server/busy", { number: -32000, http: 503, retry: "same", early: true }],
  ["server/read_only", { number: -32001, http: 503, retry: "same" }],
  ["server/store_unavailable", { number: -32002, http: 503, retry: "same" }],
  ["server/going_away", { number: -32003, http: 503, retry: "same", early: true, close: 1012 }],
  ["server/maintenance", { number: -32004, http: 503, retry: "same", early: true }],
  ["rpc/too_large", { number: -32010, http: 413, retry: "never", early: true, close: 1009 }],
  ["rpc/deadline", { number: -32011, http: 504, retry: "same" }],
  ["rpc/unsupported_type", { number: -32012, http: 415, retry: "never", early: true, close: 1003 }],
  ["limit/rate", { number: -32020, http: 429, retry: "same", early: true }],
  ["limit/connections", { number: -32021, http: 429, retry: "same", early: true }],
  ["auth/required", { number: 1001, http: 401, retry: "never" }],
  ["auth/ended", { number: 1002, http: 401, retry: "never", early: true, close: 4401 }],
  ["auth/forbidden", { number: 1003, http: 403, retry: "never" }],
  ["auth/banned", { number: 1004, http: 403, retry: "never", early: true, close: 4403 }],
  ["auth/origin", { number: 1005, http: 403, retry: "never", early: true }],
  ["auth/wrong_credentials", { number: 1006, http: 401, retry: "changed" }],
  ["auth/locked_out", { number: 1007, http: 429, retry: "same" }],
  ["account/damaged", { number: 1101, http: 503, retry: "never" }],
  ["command/cseq_reused", { number: 2001, http: 422, retry: "never" }],
  ["command/superseded", { number: 2002, http: 409, retry: "never" }],
  ["command/receipt_gone", { number: 2003, http: 410, retry: "never" }],
  ["command/in_flight", { number: 2004, http: 409, retry: "same" }],
  ["command/stale", { number: 2005, http: 412, retry: "changed" }],
  ["command/other_epoch", { number: 2006, http: 412, retry: "changed" }],
  ["stream/unknown", { number: 2101, http: 404, retry: "never" }],
  ["stream/behind", { number: 2102, http: 503, retry: "same" }],
  ["world/unknown", { number: 3001, http: 404, retry: "never" }],
  ["world/full", { number: 3002, http: 409, retry: "changed" }],
  ["world/ended", { number: 3003, http: 410, retry: "never" }],
  ["world/frozen", { number: 3004, http: 503, retry: "same" }],
  ["world/quarantined", { number: 3005, http: 503, retry: "never" }],
  ["world/too_many", { number: 3006, http: 409, retry: "changed" }],
  ["world/not_host", { number: 3007, http: 403, retry: "changed" }],
  ["world/wrong_name", { number: 3008, http: 409, retry: "changed" }],
  ["world/not_ended", { number: 3009, http: 409, retry: "changed" }],
  ["world/log_gone", { number: 3010, http: 410, retry: "never" }],
  ["admin/unknown_job", { number: 5001, http: 404, retry: "never" }],
] as const satisfies readonly (readonly [string, CodeRow])[];

/** First number of each area of the rules; codes follow in the order of `RULE_CODES`. */
const AREAS: Readonly<Record<string, number>> = {
  turn: 4100,
  move: 4200,
  combat: 4300,
  magic: 4400,
  item: 4500,
  quest: 4600,
  character: 4700,
  talk: 4800,
};

export type Code = typeof OWN[number][0] | RuleCode;

/** The table. A test walks it and the union of codes both ways. */
export const CODES: ReadonlyMap<Code, CodeRow> = table();

/** All codes, in the order of their table. */
export const ALL_CODES: readonly Code[] = [...CODES.keys()];

/** The row of a code. */
export function rowOf(code: Code): CodeRow {
  const row = CODES.get(code);
  if (row === undefined) {
    throw new RangeError(`Cannot answer as the code must be in the table: current value is ${code}`);
  }
  return row;
}

/** Whether a text is one of our codes. */
export function isCode(text: string): text is Code {
  const known: ReadonlyMap<string, CodeRow> = CODES;
  return known.has(text);
}

/** Where a code is explained. */
export function docsOf(code: Code): string {
  return `/docs/errors/${code}`;
}

function table(): ReadonlyMap<Code, CodeRow> {
  const rows = new Map<Code, CodeRow>(OWN);
  const used = new Map<string, number>();
  for (const code of RULE_CODES) {
    if (rows.has(code)) continue;
    const area = code.slice(0, code.indexOf("/"));
    const base = AREAS[area];
    if (base === undefined) {
      throw new RangeError(`Cannot number ${code} as its area must be one of ${Object.keys(AREAS)}`);
    }
    const index = (used.get(area) ?? 0) + 1;
    used.set(area, index);
    rows.set(code, { number: base + index, http: 409, retry: "changed" });
  }
  return rows;
}
