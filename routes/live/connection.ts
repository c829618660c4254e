/** One WebSocket: frames in, answers out, streams in between. Leaves the hub when it is closed here, not when the peer agrees. */
import type { Audience } from "../../engine/types/names.ts";
import type { WorldId } from "../../engine/types/ids.ts";
import type { Caller, Listener, Refusal, StreamFrame, SubscribeRequest } from "../../host/api.ts";
import type { Dispatcher, Prepared } from "../rpc/dispatcher.ts";
import { done, type Link, type Outcome, refuse, type RequestContext } from "../rpc/call.ts";
import { encodeNotification, type WireRefusal } from "../wire/encode.ts";
import { LIMITS } from "../wire/limits.ts";
import { docsOf } from "../wire/codes.ts";
import { createFrameMeter, type FrameMeter } from "./frame_meter.ts";
import type { LiveDeps } from "./live_deps.ts";

export interface ConnectionOptions {
  readonly id: string;
  readonly caller: Caller;
  readonly address: string;
  readonly lang: string;
  readonly publicUrl: string;
  /** Whether this connection is metered by frames. */
  readonly metered: boolean;
  /** Called once, at the first close from either side. */
  readonly onClosed: (connection: Connection, code: number) => void;
  /** A frame above the limit came: counted against the address. */
  readonly onStrike: () => void;
}

export class Connection implements Link {
  readonly id: string;
  readonly options: ConnectionOptions;
  readonly #deps: LiveDeps;
  readonly #socket: WebSocket;
  readonly #meter: FrameMeter | undefined;
  readonly #streams = new Map<string, { readonly world: WorldId; readonly audience: Audience }>();
  /** Frames that wait for the answer of a subscription or a batch; undefined: nothing waits. */
  #held: { readonly stream: string; readonly text: string }[] | undefined;
  #holds = 0;
  /** Frames of a newcomer whose turn has not come; undefined: it is in, and is read at once. */
  #early: string[] | undefined;
  #inFlight = 0;
  #inbox: Prepared[] = [];
  #draining = false;
  #nonsense: number[] = [];
  #slowSince: number | undefined;
  #closed = false;
  /** Called when the peer has closed as well. */
  #gone: (() => void) | undefined;
  #heardAt: number;

  constructor(socket: WebSocket, options: ConnectionOptions, deps: LiveDeps) {
    this.id = options.id;
    this.options = options;
    this.#deps = deps;
    this.#socket = socket;
    this.#meter = options.metered ? createFrameMeter(deps.clock) : undefined;
    this.#heardAt = deps.clock.monotonic();
    this.#early = deps.arrivals && [];
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onclose = (event) => {
      this.#forget(event.code);
      this.#gone?.();
    };
    socket.onerror = () => this.#forget(1006);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** When the peer was last heard (ms, monotonic). */
  get heardAt(): number {
    return this.#heardAt;
  }

  /** Whether it follows anything. */
  get follows(): boolean {
    return this.#streams.size > 0;
  }

  /** Moves the deadline of silence: for so many ms nobody here could have listened. */
  forgive(ms: number): void {
    this.#heardAt += ms;
    if (this.#slowSince !== undefined) this.#slowSince += ms;
  }

  /** Closes; safe to call again. */
  close(code: number, reason = ""): void {
    if (this.#closed) return;
    this.#forget(code);
    try {
      this.#socket.close(code, reason);
    } catch (fault) {
      // A socket that is being opened or torn down refuses to close; it is gone either way.
      this.#deps.log.debug("socket would not close", { connection: this.id, fault: String(fault) });
    }
  }

  /** Tells the peer when to come back and closes; resolves when it has heard that, or its line is gone. */
  sayGoodbye(retryAfterMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#gone = resolve;
      this.notify("server.goingAway", { retryAfterMs });
      this.close(1012, "restart");
    });
  }

  /** Closes a silent or too slow peer. Called by the hub now and then. */
  sweep(): void {
    const now = this.#deps.clock.monotonic();
    if (now - this.#heardAt > LIMITS.silenceMs) this.close(1001, "silence");
    else this.#watchReader(now);
  }

  /** Says something the client did not ask for. */
  notify(method: string, params: Parameters<typeof encodeNotification>[1]): void {
    this.#write(encodeNotification(`v1.${method}`, params));
  }

  async subscribe(caller: Caller, request: SubscribeRequest): Promise<Outcome> {
    const key = `${request.world}/${request.audience}`;
    if (!this.#streams.has(key) && this.#streams.size >= LIMITS.subscriptions) return refuse("limit/connections");
    if (this.#streams.has(key)) this.unsubscribe(request.world, request.audience);
    // Nothing of the stream may pass before the answer that announces it.
    this.#hold();
    try {
      const answer = await this.#deps.host.subscribe(caller, request, this.#listener(key, request));
      if (!answer.ok) return answer;
      if (this.#closed) {
        this.#deps.host.unsubscribe(request.world, request.audience, this.id);
        return refuse("server/going_away");
      }
      this.#streams.set(key, { world: request.world, audience: request.audience });
      return done({ world: request.world, ...answer.result });
    } finally {
      this.#deps.clock.soon(() => this.#release());
    }
  }

  unsubscribe(world: WorldId, audience: Audience): void {
    const key = `${world}/${audience}`;
    if (!this.#streams.delete(key)) return;
    this.#deps.host.unsubscribe(world, audience, this.id);
    // Whoever follows it again is sent what they lack: with what waits here they would have it twice.
    this.#held = this.#held?.filter(({ stream }) => stream !== key);
  }

  #listener(key: string, { world, audience }: SubscribeRequest): Listener {
    return {
      id: this.id,
      send: (frame: StreamFrame) => this.#deliver(key, frame.text),
      end: (refusal: Refusal) => {
        this.#streams.delete(key);
        const { message, hint } = this.#deps.messages.of(refusal, this.options.lang);
        const { code } = refusal;
        this.notify("stream.ended", { world, audience, code, message, hint, docs: docsOf(code) });
      },
    };
  }

  #receive(data: unknown): void {
    if (this.#closed) return;
    if (typeof data !== "string") return this.close(1003, "text frames only");
    if (data.length > LIMITS.frameLength) {
      this.options.onStrike();
      return this.close(1009, "frame too large");
    }
    this.#heardAt = this.#deps.clock.monotonic();
    if (this.#early === undefined) this.#read(data);
    else this.#comeIn(data, this.#early);
  }

  /** A newcomer asks for streams first, which costs the most: its frames wait for their turn among other newcomers'. */
  #comeIn(frame: string, early: string[]): void {
    if (early.length >= LIMITS.callsInFlight) return this.#tooMany(this.#deps.dispatcher.prepare(frame), 100);
    if (early.push(frame) > 1) return;
    this.#deps.arrivals?.run(() => {
      this.#early = undefined;
      for (const frame of early) this.#read(frame);
    });
  }

  #read(data: string): void {
    if (this.#closed) return;
    const wait = this.#meter?.take() ?? 0;
    const away = wait > 0 ? undefined : this.#deps.turnAway?.(data, this.options.lang);
    if (away !== undefined) return this.#write(away);
    const prepared = this.#deps.dispatcher.prepare(data);
    if (wait > 0) return this.#tooMany(prepared, wait);
    if (this.#inFlight + this.#inbox.length >= LIMITS.callsInFlight) return this.#tooMany(prepared, 100);
    if (!this.#draining) {
      const charge = this.#deps.dispatcher.charge(prepared, this.#context());
      if (charge === undefined) return void this.#run(prepared);
      this.#draining = true;
      void this.#drain(prepared, charge);
    } else {
      this.#inbox.push(prepared);
    }
  }

  /** Pays for frame after frame, so that they are run in the order in which they came. */
  async #drain(first: Prepared, firstCharge: ReturnType<Dispatcher["charge"]>): Promise<void> {
    let prepared: Prepared | undefined = first;
    let charge = firstCharge;
    while (prepared !== undefined && !this.#closed) {
      const paid = await charge;
      if (paid === undefined || paid.ok) {
        void this.#run(prepared);
      } else {
        this.#decline(prepared, { code: "limit/rate", retryAfterMs: paid.retryAfterMs });
      }
      prepared = this.#inbox.shift();
      if (prepared !== undefined) charge = this.#deps.dispatcher.charge(prepared, this.#context());
    }
    this.#draining = false;
  }

  async #run(prepared: Prepared): Promise<void> {
    const context = this.#context();
    const batch = prepared.message.type === "batch";
    if (batch) this.#hold();
    this.#inFlight++;
    try {
      const { text, refusal } = await this.#deps.dispatcher.run(prepared, context);
      if (text !== undefined) this.#write(text);
      for (const after of context.reply.after ?? []) after();
      if (refusal?.code === "rpc/parse_error" || refusal?.code === "rpc/invalid_request") this.#noteNonsense();
    } catch (fault) {
      this.#deps.log.error("connection failed", { connection: this.id, fault: String(fault) });
      this.#deps.metrics.faults.inc({ kind: "connection" });
      this.close(1011, "fault");
    } finally {
      this.#inFlight--;
      if (batch) this.#release();
    }
  }

  #context(): RequestContext {
    const { caller, address, lang, publicUrl } = this.options;
    return {
      transport: "socket",
      caller,
      address,
      lang,
      rid: this.#deps.makeRid(),
      publicUrl,
      sameOrigin: false,
      link: this,
      reply: {},
    };
  }

  #decline(prepared: Prepared, refusal: WireRefusal): void {
    const { text } = this.#deps.dispatcher.decline(prepared, refusal, this.#context());
    if (text !== undefined) this.#write(text);
  }

  /** More frames than allowed: refused, and a peer that will not hear is let go. */
  #tooMany(prepared: Prepared, retryAfterMs: number): void {
    this.#decline(prepared, { code: "limit/rate", retryAfterMs });
    if (this.#meter?.ignored() === true) this.close(4029, "too many calls");
  }

  /** Three times nonsense within a minute is a broken client. */
  #noteNonsense(): void {
    const now = this.#deps.clock.monotonic();
    this.#nonsense = [...this.#nonsense.filter((at) => now - at < 60_000), now];
    if (this.#nonsense.length >= 3) this.close(1008, "repeated nonsense");
  }

  #hold(): void {
    this.#holds++;
    this.#held ??= [];
  }

  #release(): void {
    this.#holds--;
    if (this.#holds > 0) return;
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const { text } of held) this.#write(text);
  }

  #deliver(stream: string, text: string): void {
    if (this.#held !== undefined) this.#held.push({ stream, text });
    else this.#write(text);
  }

  #write(text: string): void {
    if (this.#closed || this.#socket.readyState !== WebSocket.OPEN) return;
    try {
      this.#socket.send(text);
    } catch (fault) {
      // One broken socket is no matter of the world that was speaking.
      this.#deps.log.debug("socket would not send", { connection: this.id, fault: String(fault) });
      return this.close(1011, "fault");
    }
    if (this.#socket.bufferedAmount > LIMITS.slowBytes) this.#watchReader(this.#deps.clock.monotonic());
    else this.#slowSince = undefined;
  }

  /** Left alone the runtime would buffer for a slow reader without bound. */
  #watchReader(now: number): void {
    const unsent = this.#socket.bufferedAmount;
    if (unsent <= LIMITS.slowBytes) {
      this.#slowSince = undefined;
      return;
    }
    this.#slowSince ??= now;
    if (unsent > LIMITS.stuckBytes || now - this.#slowSince > LIMITS.slowMs) this.close(4008, "too slow a reader");
  }

  #forget(code: number): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { world, audience } of this.#streams.values()) this.#deps.host.unsubscribe(world, audience, this.id);
    this.#streams.clear();
    this.#inbox = [];
    this.#held = undefined;
    this.options.onClosed(this, code);
  }
}
