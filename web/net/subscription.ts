import type { HashValue } from "../../engine/view/hash.ts";
import { hashOf } from "../../engine/view/hash.ts";
import type { Connection } from "./connection.ts";
import { isObject, type JsonObject, listOf, numberOf, objectOf, textOf } from "./json.ts";
import { readMessage, receive, type StreamState } from "./stream.ts";

export interface SubscriptionOptions {
  readonly world: string;
  readonly audience: "party" | "party.talk";
  readonly lane: number;
  lastCseq(): number;
  onSubscribed(answer: JsonObject): void;
  onView(view: HashValue, events: readonly JsonObject[], state: StreamState): void;
  onRefused(code: string, message: string): void;
}

/** Follows one stream of one world: subscribes on every new line, resumes from where it stood, reports a desync. */
export interface Subscription {
  state(): StreamState | undefined;
  subscribe(): Promise<void>;
  notice(method: string, params: JsonObject): void;
  stop(): void;
}

export function createSubscription(line: Connection, options: SubscriptionOptions): Subscription {
  const { world, audience } = options;
  let state: StreamState | undefined;
  let stopped = false;
  let asking = false;

  async function subscribe(): Promise<void> {
    if (asking || stopped) return;
    asking = true;
    const lastCseq = options.lastCseq();
    const reply = await line.call("v1.stream.subscribe", {
      world,
      audience,
      lane: options.lane,
      ...(lastCseq > 0 ? { lastCseq } : {}),
      ...(state === undefined ? {} : { epoch: state.epoch, lastSeq: state.seq }),
    });
    asking = false;
    if (stopped || reply.type === "unknown") return; // the next line subscribes again
    if (reply.type === "result") return options.onSubscribed(reply.result);
    if (reply.error.retry === "same") {
      setTimeout(subscribe, Math.max(200, reply.error.retryAfterMs));
    } else {
      const { code, message, hint } = reply.error;
      options.onRefused(code, [message, hint].filter((part) => part !== "").join(". "));
    }
  }

  function adopt(epoch: number, seq: number, view: HashValue, events: readonly JsonObject[]): void {
    state = { epoch, seq, view };
    options.onView(view, events, state);
  }

  async function desync(seq: number, got: HashValue | undefined): Promise<void> {
    const epoch = state?.epoch ?? 0;
    const parts = isObject(got)
      ? Object.fromEntries(Object.entries(got).map(([part, value]) => [part, hashOf(value)]))
      : {};
    const reply = await line.call("v1.stream.desync", {
      world,
      audience,
      epoch,
      seq,
      got: got === undefined ? "" : hashOf(got),
      parts,
    });
    if (reply.type === "result" && isObject(reply.result["view"])) {
      adopt(numberOf(reply.result["epoch"]), numberOf(reply.result["seq"]), reply.result["view"], []);
    } else {
      state = undefined;
      await subscribe();
    }
  }

  function notice(method: string, params: JsonObject): void {
    if (stopped || params["world"] !== world || params["audience"] !== audience) return;
    if (method === "stream.snapshot" && isObject(params["view"])) {
      adopt(numberOf(params["epoch"]), numberOf(params["seq"]), params["view"], []);
    } else if (method === "stream.message") {
      const message = readMessage(params);
      if (message === undefined) return;
      const got = receive(state, message, hashOf);
      if (got.type === "adopted") {
        state = got.state;
        options.onView(got.state.view, got.events, got.state);
      } else if (got.type === "desync") {
        desync(got.seq, got.got);
      } else if (got.type === "resubscribe") {
        if (got.whole) state = undefined;
        subscribe();
      }
    } else if (method === "stream.ended") {
      options.onRefused(textOf(params["code"], "world/ended"), textOf(params["message"]));
    }
  }

  return { state: () => state, subscribe, notice, stop: () => stopped = true };
}

/** Whether the heads a ping answered show that a stream has gone ahead in silence. */
export function isBehind(heads: unknown, world: string, audience: string, state: StreamState | undefined): boolean {
  return listOf(heads).map(objectOf).some((head) =>
    head["world"] === world && head["audience"] === audience &&
    (head["epoch"] !== state?.epoch || numberOf(head["seq"]) > (state?.seq ?? 0))
  );
}
