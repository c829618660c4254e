/** A wire client for tests and loads: JSON-RPC over a socket, command numbers, retries of the same bytes, streams with patch and hash. */
import type { PartyView } from "../../engine/types/view.ts";
import { hashOf, type HashValue } from "../../engine/view/hash.ts";
import { applyPatch, type Patch } from "../../engine/view/patch.ts";

export type JsonRecord = Readonly<Record<string, unknown>>;

export class RpcError extends Error {
  readonly code: string;
  readonly data: JsonRecord;

  constructor(code: string, data: JsonRecord, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
    this.data = data;
  }
}

/** The link went away before the answer came: the outcome is unknown. */
export class LinkLost extends Error {}

interface Waiting {
  readonly resolve: (result: JsonRecord) => void;
  readonly reject: (error: Error) => void;
}

export interface StreamState {
  epoch: number;
  seq: number;
  view: HashValue;
  /** seq -> number of times a message of it was adopted: must always be 1. */
  readonly messages: Map<number, number>;
}

/** Asks again, as told, while the server has more to do than it can: what any client does. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof RpcError) || error.code !== "server/busy") throw error;
      await new Promise((resolve) => setTimeout(resolve, Number(error.data.retryAfterMs)));
    }
  }
}

/** One RPC call by HTTP. */
export async function rpc(url: string, method: string, params: JsonRecord, token?: string): Promise<JsonRecord> {
  const response = await fetch(`${url}/rpc`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      origin: url,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  return settle(await response.json());
}

function settle(answer: JsonRecord): JsonRecord {
  const error = answer.error as { message: string; data: JsonRecord } | undefined;
  if (error) throw new RpcError(String(error.data?.code), error.data ?? {}, error.message);
  return (answer.result ?? {}) as JsonRecord;
}

export interface ClientOptions {
  readonly token: string;
  /** Check each patch against its hash. Loads may switch it off. */
  readonly verify?: boolean;
  readonly onMessage?: (message: JsonRecord) => void;
}

/** One socket of one session. `connect` again after a drop: streams are resumed from where they were. */
export class GameClient {
  readonly streams = new Map<string, StreamState>();
  readonly desyncs: string[] = [];
  #socket: WebSocket | undefined;
  #waiting = new Map<number, Waiting>();
  #waiters = new Set<() => void>();
  #nextId = 1;
  closed = Promise.withResolvers<CloseEvent>();

  url: string;
  readonly options: ClientOptions;

  constructor(url: string, options: ClientOptions) {
    this.url = url;
    this.options = options;
  }

  static async guest(url: string, name: string, options: Omit<ClientOptions, "token"> = {}): Promise<GameClient> {
    const { token } = await patiently(() => rpc(url, "session.guest", { name, lang: "en", token: true }));
    return new GameClient(url, { ...options, token: String(token) });
  }

  async connect(): Promise<void> {
    const { ticket } = await rpc(this.url, "session.ticket", {}, this.options.token);
    const socket = new WebSocket(`${this.url.replace("http", "ws")}/ws?ticket=${ticket}`);
    this.closed = Promise.withResolvers<CloseEvent>();
    const opened = Promise.withResolvers<void>();
    socket.onopen = () => opened.resolve();
    socket.onerror = () => opened.reject(new LinkLost("The socket did not open"));
    socket.onclose = (event) => {
      opened.reject(new LinkLost("The socket closed"));
      if (this.#socket === socket) this.#lose(event);
    };
    socket.onmessage = (event) => this.#receive(JSON.parse(String(event.data)));
    this.#socket = socket;
    await opened.promise;
  }

  #lose(event: CloseEvent): void {
    this.#socket = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const one of waiting) one.reject(new LinkLost(`The socket closed with ${event.code}`));
    this.closed.resolve(event);
    this.#wake();
  }

  #wake(): void {
    for (const wake of [...this.#waiters]) wake();
  }

  #receive(message: JsonRecord): void {
    if (Array.isArray(message)) throw new Error("This client sends no batches");
    if (typeof message.method === "string") {
      return this.#hear(message.method.replace(/^v\d+\./, ""), message.params as JsonRecord);
    }
    const waiting = this.#waiting.get(Number(message.id));
    this.#waiting.delete(Number(message.id));
    try {
      waiting?.resolve(settle(message));
    } catch (error) {
      waiting?.reject(error as Error);
    }
  }

  #hear(method: string, params: JsonRecord): void {
    this.options.onMessage?.({ method, ...params });
    const key = `${params.world}/${params.audience}`;
    if (method === "stream.snapshot") {
      const messages = this.streams.get(key)?.messages ?? new Map<number, number>();
      this.streams.set(key, {
        epoch: Number(params.epoch),
        seq: Number(params.seq),
        view: params.view as HashValue,
        messages,
      });
      if (this.options.verify !== false && hashOf(params.view as HashValue) !== params.hash) {
        this.desyncs.push(`snapshot ${key} ${params.seq}`);
      }
    }
    if (method === "stream.message") this.#adopt(key, params);
    this.#wake();
  }

  #adopt(key: string, params: JsonRecord): void {
    const stream = this.streams.get(key);
    if (!stream || stream.epoch !== params.epoch) return;
    const seq = Number(params.seq);
    if (seq <= stream.seq) return;
    if (seq !== stream.seq + 1) this.desyncs.push(`hole ${key} ${stream.seq} -> ${seq}`);
    stream.seq = seq;
    stream.messages.set(seq, (stream.messages.get(seq) ?? 0) + 1);
    if (this.options.verify === false) return;
    stream.view = applyPatch(stream.view, params.patch as Patch);
    if (hashOf(stream.view) !== params.hash) this.desyncs.push(`hash ${key} ${seq}`);
  }

  call(method: string, params: JsonRecord = {}): Promise<JsonRecord> {
    const socket = this.#socket;
    if (!socket || socket.readyState !== WebSocket.OPEN) return Promise.reject(new LinkLost("There is no open socket"));
    const id = this.#nextId++;
    const answer = Promise.withResolvers<JsonRecord>();
    this.#waiting.set(id, answer);
    socket.send(JSON.stringify({ jsonrpc: "2.0", id, method: `v1.${method}`, params }));
    return answer.promise;
  }

  /** Subscribes or resumes a stream; resolves with the answer of the server. */
  subscribe(world: string, audience = "party", lastCseq?: number): Promise<JsonRecord> {
    const stream = this.streams.get(`${world}/${audience}`);
    return this.call("stream.subscribe", {
      world,
      audience,
      lane: 0,
      ...(lastCseq === undefined ? {} : { lastCseq }),
      ...(stream ? { epoch: stream.epoch, lastSeq: stream.seq } : {}),
    });
  }

  stream(world: string, audience = "party"): StreamState | undefined {
    return this.streams.get(`${world}/${audience}`);
  }

  /** The party's view; throws before the first snapshot. */
  view(world: string): PartyView {
    const stream = this.stream(world);
    if (!stream) throw new Error("There is no view yet");
    return stream.view as unknown as PartyView;
  }

  /** Waits for something heard from the server to make `done` true; rejects when the socket closes. */
  async until(done: () => boolean): Promise<void> {
    while (!done()) {
      if (!this.#socket) throw new LinkLost("The socket closed");
      const woken = Promise.withResolvers<void>();
      this.#waiters.add(woken.resolve);
      await woken.promise;
      this.#waiters.delete(woken.resolve);
    }
  }

  async close(): Promise<void> {
    const socket = this.#socket;
    if (!socket) return;
    socket.close(1000);
    await this.closed.promise;
  }
}
