import type { Audience } from "../engine/types/names.ts";
import type { WorldState } from "../engine/types/state.ts";
import type { View } from "../engine/types/view.ts";
import type { Listener, Refusal, StreamFrame } from "./api.ts";
import type { EnginePort, ViewEvent } from "./engine_port.ts";
import { AssertionFailed } from "./faults.ts";
import { messageFrame } from "./messages.ts";
import type { HostMetrics } from "./metrics.ts";

/** Messages kept to fill small gaps without reading the log: those of a short drop. */
const RECENT = 64;
const RECENT_CHARS = 128 * 1_024;

/** A durable command, as a stream publishes it. */
export interface Publication {
  readonly seq: number;
  readonly at: number;
  readonly rid: string;
  readonly events: readonly ViewEvent[];
  readonly before: WorldState;
  readonly after: WorldState;
  /** The view of `after`, where it has been made before. */
  readonly view?: View | undefined;
}

interface Registration {
  readonly listener: Listener;
  /** Messages up to here come with the gap or are part of the snapshot. */
  readonly from: number;
  /** What came while the gap was on its way; undefined once live. */
  held: StreamFrame[] | undefined;
}

export interface StreamOptions {
  readonly world: string;
  readonly audience: Audience;
  readonly epoch: number;
  readonly engine: EnginePort;
  readonly metrics: HostMetrics;
  /** Whether to check this patch by applying it. */
  readonly check: () => boolean;
}

/** One audience of one live world: who listens, and the newest messages. */
export class Stream {
  readonly #options: StreamOptions;
  readonly #listeners = new Map<string, Registration>();
  readonly #waiters = new Set<() => void>();
  #recent: StreamFrame[] = [];
  #recentChars = 0;
  /** Newest number published; undefined before the first. */
  #head: number | undefined;
  /** View after the newest message, so that the next difference needs only one new view. */
  #last: { readonly seq: number; readonly view: View } | undefined;

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#listeners.size;
  }

  /** Encodes a durable command once and hands it to everybody listening. Without listeners it costs nothing. */
  publish(publication: Publication): void {
    const { seq } = publication;
    if (this.#head !== undefined && seq !== this.#head + 1) {
      throw new AssertionFailed(`seq rises by exactly one (${this.#options.audience}: ${this.#head}, then ${seq})`);
    }
    this.#head = seq;
    if (this.#listeners.size === 0) {
      this.#last = undefined;
      this.#forget();
    } else {
      const frame = this.#encode(publication);
      this.#remember(frame);
      for (const registration of this.#listeners.values()) {
        if (seq <= registration.from) continue;
        if (registration.held === undefined) registration.listener.send(frame);
        else registration.held.push(frame);
      }
    }
    for (const wake of [...this.#waiters]) wake();
  }

  /** Registers a listener for everything after `from`; nothing is sent to it before {@link Stream.release}. */
  register(listener: Listener, from: number): void {
    this.#listeners.set(listener.id, { listener, from, held: [] });
    this.#options.metrics.streams.inc();
  }

  /** Sends what brings the listener up to its position, then what came meanwhile, and goes live. */
  release(listener: Listener, frames: readonly StreamFrame[]): void {
    const registration = this.#listeners.get(listener.id);
    if (registration?.held === undefined || registration.listener !== listener) return;
    for (const frame of [...frames, ...registration.held]) listener.send(frame);
    registration.held = undefined;
  }

  unregister(id: string): void {
    if (this.#listeners.delete(id)) this.#options.metrics.streams.dec();
  }

  has(id: string): boolean {
    return this.#listeners.has(id);
  }

  /** Ends every listener: the stream cannot go on. */
  end(refusal: Refusal): void {
    for (const { listener } of [...this.#listeners.values()]) {
      this.unregister(listener.id);
      listener.end(refusal);
    }
    for (const wake of [...this.#waiters]) wake();
  }

  /** Calls once at the next message; returns what takes it back. */
  onNext(wake: () => void): () => void {
    const once = () => {
      this.#waiters.delete(once);
      wake();
    };
    this.#waiters.add(once);
    return () => this.#waiters.delete(once);
  }

  get waiting(): boolean {
    return this.#waiters.size > 0;
  }

  /** Messages after `after` up to `head` from memory; undefined when they are not all here. */
  recent(after: number, head: number): readonly StreamFrame[] | undefined {
    const frames = this.#recent.filter((frame) => frame.seq > after && frame.seq <= head);
    return frames.length === head - after ? frames : undefined;
  }

  #encode({ seq, at, rid, events, before, after, view: made }: Publication): StreamFrame {
    const { world, audience, epoch, engine, metrics, check } = this.#options;
    const from = this.#last?.seq === seq - 1 ? this.#last.view : engine.view(before, audience);
    const view = made ?? engine.view(after, audience);
    const frame = messageFrame(
      engine,
      { world, audience, epoch, seq, at, rid, events, before: from, after: view },
      check(),
    );
    this.#last = { seq, view };
    metrics.messages.inc({ audience });
    metrics.messageBytes.inc({ audience }, frame.text.length);
    return frame;
  }

  #remember(frame: StreamFrame): void {
    this.#recent.push(frame);
    this.#recentChars += frame.text.length;
    while (this.#recent.length > RECENT || this.#recentChars > RECENT_CHARS) {
      this.#recentChars -= this.#recent.shift()?.text.length ?? 0;
    }
  }

  #forget(): void {
    if (this.#recent.length === 0) return;
    this.#recent = [];
    this.#recentChars = 0;
  }
}
