/** A client on a link whose n-th message is lost, or arrives as the last one before the link breaks. It asks again until it has an answer. */
import { hashOf, type HashValue } from "../../../engine/view/hash.ts";
import { applyPatch, type Patch } from "../../../engine/view/patch.ts";
import type { Audience } from "../../../engine/types/names.ts";
import type { WorldId } from "../../../engine/types/ids.ts";
import type { Answer, Caller, Host, JsonObject, Listener, StreamFrame } from "../../../host/api.ts";
import type { TestClock } from "../../../host/host_fixture.ts";
import { type History, type HistoryCall } from "../../kit/history.ts";
import type { Count } from "./failing_store.ts";

/** The process that runs at the moment: a crash puts another in its place. */
export interface Server {
  host: Host;
  clock: TestClock;
}

interface Stream {
  readonly audience: Audience;
  epoch: number;
  seq: number;
  view: HashValue;
}

const TRIES = 60;
/** Codes after which the same bytes are asked again, besides those that say so. */
const OPEN = /^server\/|^rpc\/deadline$|in_flight|frozen|behind/;

export class Player {
  readonly name: string;
  /** Every answer that came to a numbered command, by what was asked. */
  readonly told: { readonly key: string; readonly again: () => Promise<Answer>; readonly answer: Answer }[] = [];
  readonly streams: Stream[] = [];
  readonly broken: string[] = [];
  caller: Caller | undefined;
  #link = 0;
  #up = true;
  readonly #server: Server;
  readonly #count: Count;
  readonly #history: History;

  constructor(name: string, server: Server, count: Count, history: History) {
    this.name = name;
    this.#server = server;
    this.#count = count;
    this.#history = history;
  }

  async signIn(): Promise<Caller> {
    const signed = await this.#insist("guest", (host) => host.guest({ name: this.name, lang: "en" }));
    if (!signed.ok) throw new Error(`${this.name} could not sign in: ${signed.refusal.code}`);
    return this.caller = signed.result.caller;
  }

  /** A numbered command: the answer that settles it. `call` is what the history says of it, for commands of a world. */
  async command(key: string, ask: (host: Host) => Promise<Answer>, call?: HistoryCall): Promise<Answer> {
    const answer = await this.#insist(key, ask, call);
    this.told.push({ key, again: () => this.#insist(key, ask, call), answer });
    return answer;
  }

  async query<T>(what: string, ask: (host: Host) => Promise<Answer<T>>): Promise<T> {
    const answer = await this.#insist(what, ask);
    if (!answer.ok) throw new Error(`${this.name}: ${what} was refused: ${answer.refusal.code}`);
    return answer.result;
  }

  /** Listens to a stream from now on, over every break of the link. */
  async listen(world: WorldId, audience: Audience): Promise<void> {
    this.streams.push({ audience, epoch: 0, seq: 0, view: null });
    this.#up = false;
    await this.resume(world);
  }

  /** The other side is gone. */
  lose(): void {
    this.#up = false;
  }

  /** A link that is there again, and the streams on it. */
  async resume(world: WorldId): Promise<void> {
    for (let tries = 0; !this.#up; tries += 1) {
      if (tries > TRIES) throw new Error(`${this.name} did not get its streams back`);
      const link = ++this.#link;
      this.#up = true;
      for (const stream of this.streams) {
        const { audience, epoch, seq } = stream;
        const lastly = epoch === 0 ? {} : { epoch, lastSeq: seq };
        const listener = this.#listener(world, stream, link);
        const answer = await this.#once(
          "subscribe",
          (host) =>
            this.caller ? host.subscribe(this.caller, { world, audience, lane: 0, ...lastly }, listener) : lost(),
        );
        if (answer === undefined) break;
        if (!answer.ok) this.#up = false;
      }
      if (!this.#up) await this.#server.clock.advance(2_500);
    }
  }

  #listener(world: WorldId, stream: Stream, link: number): Listener {
    return {
      id: `${this.name}/${link}`,
      send: (frame) => {
        if (link !== this.#link || !this.#up) return;
        const way = this.#count.next(`${frame.kind} to ${this.name}`);
        if (way !== "before") this.#take(world, stream, frame);
        if (way !== undefined) this.#up = false;
      },
      end: () => {
        if (link === this.#link) this.#up = false;
      },
    };
  }

  #take(world: WorldId, stream: Stream, frame: StreamFrame): void {
    const params = JSON.parse(frame.text).params as JsonObject;
    const { kind, epoch, seq } = frame;
    const { audience } = stream;
    this.#history.write({
      type: "heard",
      client: this.name,
      kind,
      world,
      audience,
      epoch,
      seq,
      digest: JSON.stringify(params),
    });
    if (kind === "resumed") return;
    const hash = params["hash"];
    stream.view = kind === "snapshot"
      ? params["view"] as HashValue
      : applyPatch(stream.view, params["patch"] as object as Patch);
    if (hashOf(stream.view) !== hash) this.broken.push(`${this.name}: ${kind} ${seq} of ${audience} has another hash`);
    stream.epoch = epoch;
    stream.seq = seq;
  }

  /** Asks until an answer settles it, each time with the same bytes. */
  async #insist<T>(what: string, ask: (host: Host) => Promise<Answer<T>>, call?: HistoryCall): Promise<Answer<T>> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const op = call && this.#history.invoke(this.name, call);
      const answer = await this.#once(what, ask);
      const settled = answer !== undefined && (answer.ok || !OPEN.test(answer.refusal.code));
      if (op !== undefined) this.#note(op, answer, settled);
      if (settled) return answer;
      this.#up = false;
      await this.#server.clock.advance(2_500);
    }
    throw new Error(`${this.name} has no answer to ${what} after ${TRIES} tries`);
  }

  #note(op: number, answer: Answer<unknown> | undefined, settled: boolean): void {
    if (answer === undefined || !settled) {
      this.#history.write({ type: "unknown", op, why: answer?.ok === false ? answer.refusal.code : "no answer" });
    } else if (answer.ok) {
      const { epoch, seq } = answer.result as { readonly epoch: number; readonly seq: number };
      this.#history.write({ type: "ok", op, epoch, seq, digest: JSON.stringify(answer.result) });
    } else if (answer.refusal.code === "command/receipt_gone") {
      this.#history.write({ type: "unknown", op, why: answer.refusal.code });
    } else this.#history.write({ type: "fail", op, code: answer.refusal.code });
  }

  /** One request and its answer over the link; undefined when either was lost. */
  async #once<T>(what: string, ask: (host: Host) => Promise<Answer<T>>): Promise<Answer<T> | undefined> {
    const out = this.#count.next(`${what} from ${this.name}`);
    if (out !== undefined) this.#up = false;
    if (out === "before") return undefined;
    // A fault that reaches the door is answered as server/internal there: the same bytes again.
    const answer = await ask(this.#server.host).catch(() => undefined);
    if (out === "after" || answer === undefined) return undefined;
    const back = this.#count.next(`answer to ${this.name}`);
    if (back !== undefined) this.#up = false;
    return back === "before" ? undefined : answer;
  }
}

function lost(): Promise<never> {
  return Promise.reject(new Error("Nobody has signed in"));
}
