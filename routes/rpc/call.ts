/** One request on its way through the dispatcher: who asks, over what, and what the door does after the answer. */
import type { Audience } from "../../engine/types/names.ts";
import type { WorldId } from "../../engine/types/ids.ts";
import type { Admin } from "../../host/admin.ts";
import type { Answer, Caller, Host, JsonObject, SubscribeRequest } from "../../host/api.ts";
import type { WireRefusal } from "../wire/encode.ts";

/** What a method answers. */
export type Outcome = { readonly ok: true; readonly result: unknown } | {
  readonly ok: false;
  readonly refusal: WireRefusal;
};

/** The connection a call came in by, for calls that change what it is sent. */
export interface Link {
  readonly id: string;
  subscribe(caller: Caller, request: SubscribeRequest): Promise<Outcome>;
  unsubscribe(world: WorldId, audience: Audience): void;
}

/** What methods may use beside the host. */
export interface Services {
  readonly host: Host;
  /** Behind the operator's door, where there is one. */
  readonly admin?: Admin;
  readonly clock: { now(): number };
  readonly languages: readonly string[];
  /** Closes all sockets of a session that has ended. */
  endSockets(session: string): void;
  describe(): JsonObject;
}

/** Filled by methods, read by the door once the answer has been handed over. */
export interface Reply {
  cookie?: { readonly token: string; readonly expiresAt: number } | "ended";
  after?: (() => void)[];
}

/** Fixed when a request arrives; shared by all entries of a batch. */
export interface RequestContext {
  readonly transport: "http" | "socket";
  readonly caller: Caller | undefined;
  /** The operator speaks, who has no account. */
  readonly admin?: true;
  readonly address: string;
  readonly lang: string;
  readonly rid: string;
  /** Scheme, host and port players type: links are made with it. */
  readonly publicUrl: string;
  /** Whether a browser page of ours (or of an allowed origin) sent this: needed where a cookie is set. */
  readonly sameOrigin: boolean;
  readonly link: Link | undefined;
  readonly reply: Reply;
}

export interface Call {
  readonly context: RequestContext;
  readonly services: Services;
  readonly rid: string;
}

export function done(result: unknown): Outcome {
  return { ok: true, result };
}

export function refuse(code: WireRefusal["code"], more: Omit<WireRefusal, "code"> = {}): Outcome {
  return { ok: false, refusal: { code, ...more } };
}

/** The host's answer with the world it is about: every answer about a world names it. */
export function within<T extends object>(world: WorldId, answer: Answer<T>): Outcome {
  return answer.ok ? done({ world, ...answer.result }) : answer;
}
