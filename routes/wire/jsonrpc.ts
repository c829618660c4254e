/** JSON-RPC 2.0 as protocol section 4 pins it down: what a text is, entry by entry, before anybody looks at methods. */
import type { Json, JsonObject } from "../../host/api.ts";
import { isDeeperThan } from "./depth.ts";
import { LIMITS } from "./limits.ts";

export type RpcId = string | number | null;

/** Why a message or an entry is no request; shown as `details.reason`. */
export type Fault =
  | "notJson"
  | "tooDeep"
  | "emptyBatch"
  | "batchTooLong"
  | "notAnObject"
  | "version"
  | "method"
  | "methodTooLong"
  | "id"
  | "params"
  | "proto";

export type Entry =
  | {
    readonly type: "call" | "notification";
    readonly id: RpcId;
    readonly method: string;
    /** undefined: parameters by position, which no method takes. */
    readonly params: JsonObject | undefined;
    readonly rid: string | undefined;
  }
  | { readonly type: "invalid"; readonly id: RpcId; readonly fault: Fault };

export type Message =
  | { readonly type: "single"; readonly entry: Entry }
  | { readonly type: "batch"; readonly entries: readonly Entry[] }
  /** Nothing is executed; one error object answers. */
  | { readonly type: "refused"; readonly code: "rpc/parse_error" | "rpc/invalid_request"; readonly fault: Fault };

const EMPTY: JsonObject = Object.freeze({});
const RID = /^[A-Za-z0-9._-]{8,64}$/;

/** Reads one HTTP body or socket frame. Never throws. */
export function parseMessage(text: string): Message {
  if (isDeeperThan(text, LIMITS.depth)) return { type: "refused", code: "rpc/invalid_request", fault: "tooDeep" };
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    return { type: "refused", code: "rpc/parse_error", fault: "notJson" };
  }
  // The forbidden key can stand in the text plainly or with an escape; without either there is nothing to walk for.
  const suspicious = text.includes("__proto__") || text.includes("\\");
  if (isArray(value)) {
    if (value.length === 0) return { type: "refused", code: "rpc/invalid_request", fault: "emptyBatch" };
    if (value.length > LIMITS.batch) return { type: "refused", code: "rpc/invalid_request", fault: "batchTooLong" };
    return { type: "batch", entries: value.map((one) => readEntry(one, suspicious)) };
  }
  if (!isObject(value)) return { type: "refused", code: "rpc/invalid_request", fault: "notAnObject" };
  return { type: "single", entry: readEntry(value, suspicious) };
}

/** Reads the body of a plain HTTP call: its params. */
export function parseParams(text: string): JsonObject | Fault {
  if (text.trim() === "") return EMPTY;
  if (isDeeperThan(text, LIMITS.depth)) return "tooDeep";
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    return "notJson";
  }
  if (!isObject(value)) return "params";
  return hasProto(value) ? "proto" : value;
}

/** Whether a caller may name this as the correlation id of a request. */
export function isRid(text: string): boolean {
  return RID.test(text);
}

function readEntry(value: Json, suspicious: boolean): Entry {
  if (!isObject(value)) return { type: "invalid", id: null, fault: "notAnObject" };
  const hasId = Object.hasOwn(value, "id");
  const given = value["id"];
  if (hasId && !isId(given)) return { type: "invalid", id: null, fault: "id" };
  const id: RpcId = hasId && isId(given) ? given : null;

  if (suspicious && hasProto(value)) return { type: "invalid", id, fault: "proto" };
  if (value["jsonrpc"] !== "2.0") return { type: "invalid", id, fault: "version" };
  const method = value["method"];
  if (typeof method !== "string") return { type: "invalid", id, fault: "method" };
  if (method.length > LIMITS.methodName) return { type: "invalid", id, fault: "methodTooLong" };
  const rid = value["rid"];
  const params = readParams(value["params"]);
  if (params === "invalid") return { type: "invalid", id, fault: "params" };
  return {
    type: hasId ? "call" : "notification",
    id,
    method,
    params,
    rid: typeof rid === "string" && isRid(rid) ? rid : undefined,
  };
}

function readParams(value: Json | undefined): JsonObject | undefined | "invalid" {
  if (value === undefined) return EMPTY;
  if (isArray(value)) return value.length === 0 ? EMPTY : undefined;
  return isObject(value) ? value : "invalid";
}

/** An id that can be echoed faithfully: what a double keeps exactly, short texts, null. */
function isId(value: Json | undefined): value is RpcId {
  if (value === null) return true;
  if (typeof value === "string") return value.length <= LIMITS.idLength;
  return typeof value === "number" && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

function hasProto(value: Json): boolean {
  if (isArray(value)) return value.some(hasProto);
  if (!isObject(value)) return false;
  return Object.hasOwn(value, "__proto__") || Object.values(value).some(hasProto);
}

function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
