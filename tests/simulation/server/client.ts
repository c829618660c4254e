/** One simulated client: a tab, a bot or an onlooker. It retries, reconnects and resumes as the protocol tells it to. */
import { type Audience, AUDIENCES } from "../../../engine/types/names.ts";
import type { JsonRecord } from "../../kit/client.ts";
import type { Dialled, Given } from "./network.ts";
import { Outbox, type Sent } from "./outbox.ts";
import { Questions } from "./questions.ts";
import type { Stage } from "./stage.ts";
import { ClientStreams } from "./streams.ts";

export interface ClientOptions {
  readonly stage: Stage;
  readonly name: string;
  readonly token: string;
  readonly account: string;
  readonly session: string;
  readonly lane: number;
  readonly world: string;
  readonly invite: string;
  /** Bots call by HTTP and follow nothing. */
  readonly transport: "socket" | "http";
  /** Commands under way at once on a socket. */
  readonly window: number;
  /** Whether it says which history it means, as the official client does. */
  readonly sendsEpoch: boolean;
}

type Answered = (message: JsonRecord | undefined) => void;

/** A call that waits for the others of its batch. */
interface Bundled {
  readonly text: string;
  readonly given: Given;
  readonly answered: Answered;
}

const TIMEOUT_MS = 12_000;
/** A line on which nothing was asked for so long is tried. */
const PING_MS = 20_000;

export class Client {
  readonly options: ClientOptions;
  readonly outbox: Outbox;
  readonly streams: ClientStreams;
  readonly questions: Questions;
  /** Whether its account has a seat, as far as it knows. */
  seated = true;
  #link: Dialled | undefined;
  #gone = false;
  /** Streams that are followed on this line, or asked for. */
  #following = new Set<string>();
  #dialling = false;
  #nextId = 1;
  #waiting = new Map<number, Answered>();
  /** Calls that are gathered to be sent together. */
  #bundle: Bundled[] | undefined;

  constructor(options: ClientOptions) {
    this.options = options;
    const { stage, name, account, session, world, lane } = options;
    this.streams = new ClientStreams(stage, name, account);
    this.questions = new Questions({
      stage,
      client: name,
      world,
      call: (method, params, audience, done) => this.call(method, params, done, { audience }),
    });
    this.outbox = new Outbox({
      stage,
      client: name,
      session,
      world,
      lane,
      window: options.transport === "socket" ? options.window : 1,
      ask: (command, first, done) => this.#ask(command, first, done),
      settled: (command, code) => this.#settled(command, code),
      common: () => {
        const position = this.streams.at(world, "party");
        return options.sendsEpoch && position !== undefined ? { epoch: position.epoch } : {};
      },
    });
  }

  /** Everything asked is answered, everything followed is followed to its end. */
  get caughtUp(): boolean {
    return this.behind === undefined;
  }

  /** What is still missing, for people. */
  get behind(): string | undefined {
    const { name, world, stage, transport } = this.options;
    if (this.#gone) return undefined;
    if (!this.outbox.idle) return `${name} has no answer for ${this.outbox.open}`;
    if (this.#waiting.size > 0) return `${name} waits for calls`;
    if (transport === "http" || !this.seated) return undefined;
    if (this.#link === undefined) return `${name} is not connected`;
    for (const audience of AUDIENCES) {
      const position = this.streams.at(world, audience);
      const head = stage.truth.seq(world, audience);
      const epoch = stage.truth.epoch(world);
      if (position?.live !== true || position.seq !== head || position.epoch !== epoch) {
        const at = `${position?.epoch}:${position?.seq} of ${epoch}:${head}`;
        return `${name} stands at ${at} of ${audience}${position?.live ? "" : ", not live"}`;
      }
    }
    return undefined;
  }

  get line() {
    return this.#link?.line;
  }

  connect(): void {
    const { stage, token, transport, name } = this.options;
    if (transport === "http" || this.#link !== undefined || this.#dialling || this.#gone) return;
    this.#dialling = true;
    let mine: Dialled | undefined;
    let given = false;
    const timeout = stage.agenda.after(TIMEOUT_MS, () => opened(undefined));
    const opened = (dialled: Dialled | undefined) => {
      if (given) return dialled?.close();
      given = true;
      timeout();
      this.#dialling = false;
      if (dialled === undefined) return void stage.agenda.after(stage.chance.int(50, 1_500), () => this.connect());
      stage.witness.note(name, "is connected");
      mine = dialled;
      this.#link = dialled;
      this.#keepAlive(dialled);
      this.follow();
      this.outbox.pump();
    };
    stage.network.dial(token, {
      heard: (message) => mine !== undefined && this.#link === mine && this.#hear(message),
      lost: (code) => mine === this.#link && mine !== undefined ? this.#lose(code) : undefined,
    }, opened);
  }

  /** Its account is no more: a restored backup does not have it. */
  leave(): void {
    this.#gone = true;
    this.seated = false;
    this.drop();
  }

  /** Gives a line up that does not answer, and gets another. */
  drop(): void {
    this.#link?.close();
    if (this.#link !== undefined) this.#lose(1006);
  }

  /** Asks whether the line still is one. */
  ping(): void {
    if (this.#link !== undefined) this.call("ping", {}, () => {});
  }

  #keepAlive(link: Dialled): void {
    this.options.stage.agenda.after(PING_MS, () => {
      if (this.#link !== link) return;
      this.ping();
      this.#keepAlive(link);
    });
  }

  /** One call the way this client calls; `done` gets undefined when there was no answer. False: there is no line. */
  call(
    method: string,
    params: JsonRecord | string,
    done: Answered,
    more: { rid?: string; note?: Sent; first?: boolean; audience?: Audience } = {},
  ) {
    const { stage, transport, token } = this.options;
    const link = this.#link;
    if (transport === "socket" && link === undefined) return false;
    const id = this.#nextId++;
    const rid = more.rid ?? `r-${this.options.name}-q${id}`;
    const body = typeof params === "string" ? params : JSON.stringify(params);
    const text = `{"jsonrpc":"2.0","id":${id},"method":"v1.${method}","params":${body},"rid":"${rid}"}`;
    const note = {
      id,
      rid,
      first: more.first ?? false,
      ...(more.note === undefined ? {} : { command: more.note.call }),
      ...(more.audience === undefined ? {} : { audience: more.audience }),
    };
    const timeout = stage.agenda.after(TIMEOUT_MS, () => {
      answered(undefined);
      if (this.#link === link) this.drop();
    });
    const answered: Answered = (message) => {
      if (!this.#waiting.delete(id)) return;
      timeout();
      done(message);
    };
    this.#waiting.set(id, answered);
    if (this.#bundle !== undefined) this.#bundle.push({ text, given: note, answered });
    else if (transport === "socket") link?.send(text, [note], false);
    else stage.network.call({ text, token, given: [note] }, ([message]) => answered(message));
    return true;
  }

  /** Sends everything that is asked meanwhile as one batch, with a notification or some nonsense among it. */
  together(ask: () => void, noise: "none" | "notification" | "nonsense"): void {
    const { stage, transport, token } = this.options;
    const bundle: Bundled[] = [];
    this.#bundle = bundle;
    ask();
    this.#bundle = undefined;
    if (bundle.length === 0) return;
    const texts = bundle.map((one) => one.text);
    if (noise !== "none") texts.splice(1, 0, noise === "nonsense" ? "1" : `{"jsonrpc":"2.0","method":"v1.ping"}`);
    const text = `[${texts.join()}]`;
    const given = bundle.map((one) => one.given);
    if (transport === "socket") return this.#link?.send(text, given, true);
    stage.network.call({ text, token, given, batched: true }, (messages) => {
      const byId = new Map(messages.map((message) => [message.id, message]));
      for (const one of bundle) one.answered(byId.get(one.given.id));
    });
  }

  /** Follows what it should follow and does not. */
  follow(): void {
    if (!this.seated || this.#link === undefined) return;
    for (const audience of AUDIENCES) if (!this.#following.has(audience)) this.#subscribe(audience);
  }

  #subscribe(audience: string): void {
    const { world, lane, name, stage } = this.options;
    const { last } = this.outbox;
    const position = this.streams.at(world, audience);
    const link = this.#link;
    if (position !== undefined) position.live = false;
    this.#following.add(audience);
    this.call("stream.subscribe", {
      world,
      audience,
      lane,
      ...(last === 0 ? {} : { lastCseq: last }),
      ...(position === undefined ? {} : { epoch: position.epoch, lastSeq: position.seq }),
    }, (message) => {
      const code = codeOf(message);
      if (message?.result !== undefined || this.#link !== link) return;
      this.#following.delete(audience);
      stage.witness.note(name, `may not follow ${audience}: ${code}`);
      if (code === "world/unknown") {
        this.seated = false;
        return this.#unfollow(world, audience);
      }
      // Whatever it was, it is asked again, on a line that is still ours.
      stage.agenda.after(500, () => this.follow());
    });
  }

  /** Stops following, and follows again: from where it was, or as somebody who knows nothing. */
  resubscribe(audience: string, forget: boolean): void {
    const { world, stage } = this.options;
    const link = this.#link;
    const position = this.streams.at(world, audience);
    if (position?.live !== true) return;
    position.live = false;
    this.call("stream.unsubscribe", { world, audience }, (message) => {
      if (this.#link !== link) return;
      if (message?.result === undefined) {
        // Refused, by a limit: it is still followed.
        position.live = true;
        return;
      }
      if (forget) this.streams.forget(world, audience);
      stage.agenda.after(stage.chance.int(0, 300), () => {
        if (this.#link === link) this.#following.delete(audience);
        this.follow();
      });
    });
  }

  #ask(command: Sent, first: boolean, done: Answered): boolean {
    return this.call(command.method, command.params, done, { rid: command.rid, note: command, first });
  }

  #settled({ method, rid }: Sent, code: string): void {
    const { stage, name, world } = this.options;
    stage.witness.note(name, `${rid} ${code}`);
    if (code !== "ok") return;
    if (method === "leaveGame") {
      this.seated = false;
      for (const audience of AUDIENCES) this.#unfollow(world, audience);
    }
    if (method === "joinGame") {
      this.seated = true;
      this.follow();
    }
  }

  #hear(message: JsonRecord): void {
    if (typeof message.method !== "string") return this.#waiting.get(Number(message.id))?.(message);
    const params = message.params as JsonRecord;
    const { witness, name } = { ...this.options, ...this.options.stage };
    witness.note(name, `hears ${message.method} ${params.audience ?? ""} ${params.seq ?? params.code ?? ""}`);
    switch (message.method) {
      case "v1.stream.snapshot":
        return this.#follows() ? this.streams.hear("snapshot", params) : undefined;
      case "v1.stream.message":
        return this.#follows() ? this.streams.hear("message", params) : undefined;
      case "v1.stream.resumed":
        return this.#follows() ? this.streams.hear("resumed", params) : undefined;
      case "v1.stream.ended":
        return this.#ended(params);
    }
  }

  /** Frames that were under way when the seat was left tell nobody anything. */
  #follows(): boolean {
    return this.seated;
  }

  #ended({ world, audience, code }: JsonRecord): void {
    const position = this.streams.at(String(world), String(audience));
    if (position !== undefined) position.live = false;
    this.#following.delete(String(audience));
    if (code !== "world/unknown") return;
    this.seated = false;
    this.#unfollow(String(world), String(audience));
  }

  #unfollow(world: string, audience: string): void {
    this.#following.delete(audience);
    this.streams.forget(world, audience);
  }

  #lose(code: number): void {
    const { stage, name } = this.options;
    stage.witness.note(name, `has lost the line (${code})`);
    this.#link = undefined;
    this.#following = new Set();
    this.streams.pause();
    for (const answered of [...this.#waiting.values()]) answered(undefined);
    stage.agenda.after(stage.chance.int(50, 1_500), () => this.connect());
  }
}

function codeOf(message: JsonRecord | undefined): string | undefined {
  const data = (message?.error as JsonRecord | undefined)?.data as JsonRecord | undefined;
  return data === undefined ? undefined : String(data.code);
}
