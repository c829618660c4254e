import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { afterClose, CALM_MS, PING_ANSWER_MS, PING_EVERY_MS } from "./backoff.ts";
import { isObject, type JsonObject, numberOf, objectOf, textOf } from "./json.ts";

/** What the player is told about the line. */
export type LinePhase = "idle" | "connecting" | "live" | "waiting" | "signedOut" | "stopped";
export interface Line {
  readonly phase: LinePhase;
  readonly retryAt?: number;
}

export interface CallError {
  /** `area/reason`. */
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly retry: "same" | "changed" | "never";
  readonly retryAfterMs: number;
  readonly details: JsonObject;
}

/** `unknown`: the line broke before the answer came, so the outcome has to be asked for again. */
export type Reply =
  | { readonly type: "result"; readonly result: JsonObject }
  | { readonly type: "error"; readonly error: CallError }
  | { readonly type: "unknown" };

export interface Connection {
  readonly line: ReadonlySignal<Line>;
  /** Why the server lets what was asked wait, in its words; empty while it does not. */
  readonly held: Signal<string>;
  open(): void;
  close(): void;
  call(method: string, params: JsonObject): Promise<Reply>;
  /** Resolves at once while the line stands, else when it stands again. */
  ready(): Promise<void>;
  /** Both return what takes the listener away. */
  onOpen(listener: () => void): () => void;
  onNotice(listener: (method: string, params: JsonObject) => void): () => void;
}

/** One WebSocket that keeps itself alive: pings, waits, opens again; it never gives up while the page is open. */
export function createConnection(url: string): Connection {
  const line = signal<Line>({ phase: "idle" });
  const held = signal("");
  const waiting = new Map<number, (reply: Reply) => void>();
  const opened = new Set<() => void>();
  const noticed = new Set<(method: string, params: JsonObject) => void>();
  let readied: (() => void)[] = [];
  let socket: WebSocket | undefined;
  let lastId = 0;
  let attempt = 0;
  let announced: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pinger: ReturnType<typeof setTimeout> | undefined;
  let calm: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    if (socket !== undefined) return;
    clearTimeout(timer);
    line.value = { phase: "connecting" };
    const mine = new WebSocket(url);
    socket = mine;
    mine.onopen = () => {
      line.value = { phase: "live" };
      calm = setTimeout(() => attempt = 0, CALM_MS);
      pinger = setTimeout(ping, Math.random() * PING_EVERY_MS);
      for (const listener of opened) listener();
      for (const resolve of readied) resolve();
      readied = [];
    };
    mine.onmessage = (event) => read(String(event.data));
    mine.onclose = (event) => {
      if (socket === mine) dropped(event.code);
    };
  }

  function dropped(code: number): void {
    socket = undefined;
    clearTimeout(pinger);
    clearTimeout(calm);
    const unanswered = [...waiting.values()];
    waiting.clear();
    const next = afterClose(code, {
      attempt,
      random: Math.random(),
      ...(announced === undefined ? {} : { announced }),
    });
    announced = undefined;
    attempt++;
    if (next.type === "wait") {
      line.value = { phase: "waiting", retryAt: Date.now() + next.ms };
      timer = setTimeout(open, next.ms);
    } else {
      line.value = { phase: next.type === "signIn" ? "signedOut" : "stopped" };
    }
    for (const settle of unanswered) settle({ type: "unknown" });
  }

  function hangUp(code: number): void {
    const mine = socket;
    if (mine === undefined) return;
    mine.close(code);
    dropped(code); // a dead line may never report its own end
  }

  async function ping(): Promise<void> {
    const guard = setTimeout(() => hangUp(4000), PING_ANSWER_MS);
    const reply = await call("v1.ping", {});
    clearTimeout(guard);
    if (reply.type === "result") { for (const listener of noticed) listener("pong", reply.result); }
    if (socket !== undefined) pinger = setTimeout(ping, PING_EVERY_MS);
  }

  function read(text: string): void {
    const message: unknown = JSON.parse(text);
    for (const one of Array.isArray(message) ? message : [message]) {
      if (!isObject(one)) continue;
      const id = one["id"];
      if (typeof id === "number") {
        waiting.get(id)?.(readReply(one));
        waiting.delete(id);
      } else if (typeof one["method"] === "string") {
        const method = one["method"].replace(/^v\d+\./, "");
        const params = objectOf(one["params"]);
        if (method === "server.goingAway") announced = numberOf(params["retryAfterMs"], 1_000);
        for (const listener of noticed) listener(method, params);
      }
    }
  }

  function call(method: string, params: JsonObject): Promise<Reply> {
    const mine = socket;
    if (mine === undefined || mine.readyState !== WebSocket.OPEN) return Promise.resolve({ type: "unknown" });
    const id = ++lastId;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      mine.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
    });
  }

  function ready(): Promise<void> {
    if (line.value.phase === "live") return Promise.resolve();
    return new Promise((resolve) => readied.push(resolve));
  }

  function soon(): void {
    if (line.value.phase === "waiting") open();
  }
  globalThis.addEventListener?.("online", soon);
  globalThis.document?.addEventListener("visibilitychange", soon);

  return {
    line,
    held,
    open,
    close: () => hangUp(1000),
    call,
    ready,
    onOpen: (listener) => kept(opened, listener),
    onNotice: (listener) => kept(noticed, listener),
  };
}

function kept<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Reads a JSON-RPC answer. An error without our `data` still tells its message. */
export function readReply(message: JsonObject): Reply {
  if (!isObject(message["error"])) return { type: "result", result: objectOf(message["result"]) };
  const error = message["error"];
  const data = objectOf(error["data"]);
  const retry = data["retry"];
  return {
    type: "error",
    error: {
      code: textOf(data["code"], "server/internal"),
      message: textOf(error["message"]),
      hint: textOf(data["hint"]),
      retry: retry === "same" || retry === "changed" ? retry : "never",
      retryAfterMs: numberOf(data["retryAfterMs"], 500),
      details: objectOf(data["details"]),
    },
  };
}
