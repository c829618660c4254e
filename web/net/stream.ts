import type { HashValue } from "../../engine/view/hash.ts";
import { applyPatch, type Patch, type PatchOperation } from "../../engine/view/patch.ts";
import { isObject, type JsonObject, listOf, numberOf, textOf } from "./json.ts";

/** Where we stand in one stream (world, audience): protocol, "Streams". */
export interface StreamState {
  readonly epoch: number;
  readonly seq: number;
  readonly view: HashValue;
}

export interface StreamMessage {
  readonly epoch: number;
  readonly seq: number;
  readonly at: number;
  readonly rid: string;
  readonly events: readonly JsonObject[];
  readonly patch: Patch;
  readonly hash: string;
}

/** What a message made of the stream: adopt it, drop it, or ask the server. */
export type Received =
  | { readonly type: "adopted"; readonly state: StreamState; readonly events: readonly JsonObject[] }
  | { readonly type: "dropped" }
  | { readonly type: "resubscribe"; readonly whole: boolean }
  | { readonly type: "desync"; readonly seq: number; readonly got: HashValue | undefined };

/** Reads a stream message; undefined when it has not the shape of one. */
export function readMessage(params: unknown): StreamMessage | undefined {
  if (!isObject(params) || typeof params["seq"] !== "number" || typeof params["epoch"] !== "number") return undefined;
  return {
    epoch: params["epoch"],
    seq: params["seq"],
    at: numberOf(params["at"]),
    rid: textOf(params["rid"]),
    events: listOf(params["events"]).filter(isObject),
    patch: listOf(params["patch"]).flatMap(readOperation),
    hash: textOf(params["hash"]),
  };
}

function readOperation(value: unknown): readonly PatchOperation[] {
  if (!isObject(value) || typeof value["path"] !== "string") return [];
  const { op, path } = value;
  if (op === "remove") return [{ op, path }];
  return op === "add" || op === "replace" ? [{ op, path, value: value["value"] ?? null }] : [];
}

/** The whole rule of reading a stream: epoch, order, patch on a copy, hash. */
export function receive(
  state: StreamState | undefined,
  message: StreamMessage,
  hash: (view: HashValue) => string,
): Received {
  if (state === undefined || message.epoch !== state.epoch) return { type: "resubscribe", whole: true };
  if (message.seq <= state.seq) return { type: "dropped" };
  if (message.seq > state.seq + 1) return { type: "resubscribe", whole: false };
  const view = patched(state.view, message.patch);
  if (view === undefined || hash(view) !== message.hash) return { type: "desync", seq: message.seq, got: view };
  return { type: "adopted", state: { epoch: message.epoch, seq: message.seq, view }, events: message.events };
}

function patched(view: HashValue, patch: Patch): HashValue | undefined {
  try {
    return applyPatch(view, patch);
  } catch {
    return undefined; // a patch that does not fit is a desync: reported to the server by the caller
  }
}
