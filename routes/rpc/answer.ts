/** Outcomes as wire text, in the caller's language. */
import type { Code } from "../wire/codes.ts";
import { encodeError, encodeResult, errorOf, type RpcError, type WireRefusal } from "../wire/encode.ts";
import type { Fault, RpcId } from "../wire/jsonrpc.ts";
import type { Messages } from "../wire/messages.ts";
import type { Outcome } from "./call.ts";

export interface Answered {
  /** The JSON-RPC answer object as text. */
  readonly text: string;
  /** undefined: a result. */
  readonly code: Code | undefined;
}

export interface Answerer {
  outcome(id: RpcId, outcome: Outcome, lang: string, rid: string): Answered;
  refusal(id: RpcId, refusal: WireRefusal, lang: string, rid: string): Answered;
  error(refusal: WireRefusal, lang: string, rid: string): RpcError;
}

export function createAnswerer(messages: Messages): Answerer {
  function error(refusal: WireRefusal, lang: string, rid: string): RpcError {
    return errorOf(refusal, { ...messages.of(refusal, lang), rid });
  }
  function refusal(id: RpcId, why: WireRefusal, lang: string, rid: string): Answered {
    return { text: encodeError(id, error(why, lang, rid)), code: why.code };
  }
  return {
    error,
    refusal,
    outcome: (id, outcome, lang, rid) =>
      outcome.ok
        ? { text: encodeResult(id, outcome.result), code: undefined }
        : refusal(id, outcome.refusal, lang, rid),
  };
}

/** The refusal of a text that is no request. */
export function faultRefusal(fault: Fault): WireRefusal {
  return fault === "notJson"
    ? { code: "rpc/parse_error" }
    : { code: "rpc/invalid_request", details: { reason: fault } };
}
