/** Answers as text. Exactly one of `result` and `error` is present; each answer is stringified once. */
import type { JsonObject } from "../../host/api.ts";
import { docsOf, rowOf } from "./codes.ts";
import type { Code, Retry } from "./codes.ts";
import type { RpcId } from "./jsonrpc.ts";

/** The `data` member of an error. */
export interface ErrorData {
  readonly code: Code;
  readonly epoch?: number;
  readonly seq?: number;
  readonly hint: string;
  readonly docs: string;
  readonly lang: string;
  readonly rid: string;
  readonly retry: Retry;
  readonly retryAfterMs?: number;
  readonly details?: JsonObject;
}

export interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data: ErrorData;
}

/** What a caller is refused with, from the rules, the host or a door. */
export interface WireRefusal {
  readonly code: Code;
  readonly details?: JsonObject;
  readonly retryAfterMs?: number;
  readonly epoch?: number;
  readonly seq?: number;
}

/** A method that returns nothing answers `null`. */
export function encodeResult(id: RpcId, result: unknown): string {
  return `{"jsonrpc":"2.0","id":${encodeId(id)},"result":${JSON.stringify(result) ?? "null"}}`;
}

export function encodeError(id: RpcId, error: RpcError): string {
  return `{"jsonrpc":"2.0","id":${encodeId(id)},"error":${JSON.stringify(error)}}`;
}

export function encodeNotification(method: string, params: JsonObject): string {
  return `{"jsonrpc":"2.0","method":${JSON.stringify(method)},"params":${JSON.stringify(params)}}`;
}

/** The error object of a refusal, in words of the given language. */
export function errorOf(
  refusal: WireRefusal,
  words: { readonly message: string; readonly hint: string; readonly lang: string; readonly rid: string },
): RpcError {
  const row = rowOf(refusal.code);
  return {
    code: row.number,
    message: words.message,
    data: {
      code: refusal.code,
      ...(refusal.epoch === undefined ? {} : { epoch: refusal.epoch }),
      ...(refusal.seq === undefined ? {} : { seq: refusal.seq }),
      hint: words.hint,
      docs: docsOf(refusal.code),
      lang: words.lang,
      rid: words.rid,
      retry: row.retry,
      ...(refusal.retryAfterMs === undefined ? {} : { retryAfterMs: refusal.retryAfterMs }),
      ...(refusal.details === undefined ? {} : { details: refusal.details }),
    },
  };
}

function encodeId(id: RpcId): string {
  return typeof id === "string" ? JSON.stringify(id) : String(id);
}
