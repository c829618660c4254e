/** The way between clients and whichever server process is up. */
import type { JsonRecord } from "../../kit/client.ts";
import type { Agenda } from "./agenda.ts";
import type { Chance } from "./chance.ts";
import type { CallNote, Inspector } from "./inspector.ts";
import { Line } from "./line.ts";
import type { Process } from "./process.ts";
import type { Weather } from "./weather.ts";
import type { Witness } from "./witness.ts";

export interface NetworkOptions {
  readonly agenda: Agenda;
  readonly chance: Chance;
  readonly weather: () => Weather;
  readonly inspector: Inspector;
  readonly witness: Witness;
  /** Called after an acknowledgement of a command was handed over. */
  readonly acknowledged: () => void;
}

/** What is known of a call before it is sent. */
export type Given = Omit<CallNote, "by" | "batched">;

/** A client's end of a socket. */
export interface Dialled {
  /** Sends one call, or (`text` is a list then) several. */
  send(text: string, given: readonly Given[], batched: boolean): void;
  close(): void;
  readonly line: Line;
}

/** A body and what it holds. */
export interface Post {
  readonly text: string;
  readonly token: string | undefined;
  readonly given: readonly Given[];
  readonly batched?: boolean;
}

export interface Ears {
  heard(message: JsonRecord): void;
  lost(code: number): void;
}

export class Network {
  process: Process | undefined;
  readonly #options: NetworkOptions;

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  /**
   * One call by HTTP, or a batch of them. `done` is called with the answers, or with none when the connection broke; or
   * never.
   */
  call(
    { text, token, given, batched = false }: Post,
    done: (messages: readonly JsonRecord[]) => void,
  ): void {
    const { agenda, chance, weather } = this.#options;
    const { loss, repeats } = weather();
    const { process } = this;
    if (process === undefined) return void agenda.after(this.#delay(), () => done([]));
    let open = true;
    const finish = (messages: readonly JsonRecord[]) => {
      if (!open) return;
      open = false;
      done(messages);
    };
    // What is under way to a process that dies is lost, as a connection would be.
    process.life.onEnd(() => agenda.after(this.#delay(), () => finish([])));
    const post = (first: boolean): Post => ({
      text,
      token,
      batched,
      given: first ? given : given.map((one) => ({ ...one, first: false })),
    });
    if (!chance.happens(loss)) agenda.after(this.#delay(), () => this.#deliver(process, post(true), finish));
    if (chance.happens(repeats)) {
      agenda.after(this.#delay() + chance.int(0, 5_000), () => this.#deliver(process, post(false), () => {}));
    }
  }

  #deliver(
    process: Process,
    { text, token, given, batched }: Post,
    finish: (messages: readonly JsonRecord[]) => void,
  ): void {
    const { agenda, chance, weather, inspector, witness } = this.#options;
    const by = {};
    const notes = given.map((one): CallNote => ({ ...one, by, batched: batched === true }));
    const back = (messages: readonly JsonRecord[]) => {
      if (!chance.happens(weather().loss)) agenda.after(this.#delay(), () => finish(messages));
    };
    process.life.enter(() => {
      for (const note of notes) inspector.arrived(note);
      process.call(text, token).then((answer) => {
        if (!process.life.alive) return;
        witness.note("http", answer ?? "no session");
        const messages = answer === undefined ? [] : this.#read(answer, batched === true ? notes : undefined);
        const byId = new Map(notes.map((note) => [note.id, note]));
        for (const message of messages) this.#answered(byId.get(Number(message.id)), message);
        back(messages);
      }, () => {
        // The store could not be read for the session: the door answers 500, which settles nothing.
        if (!process.life.alive) return;
        inspector.unreachable(by);
        back([]);
      });
    });
  }

  /** The answers in a text. Those of a batch come as a list, one for each call, in the order of the calls. */
  #read(text: string, batch: readonly CallNote[] | undefined): readonly JsonRecord[] {
    const parsed: JsonRecord | readonly JsonRecord[] = JSON.parse(text);
    const messages = isList(parsed) ? parsed.filter(({ id }) => id !== null) : [parsed];
    if (batch === undefined && !isList(parsed)) return messages;
    const ids = messages.map(({ id }) => id).join();
    if (batch?.map(({ id }) => id).join() !== ids) {
      this.#options.witness.say("one answer for each call", `a batch of other calls is answered by ${ids}`);
    }
    return messages;
  }

  #answered(note: CallNote | undefined, message: JsonRecord): void {
    const { inspector, acknowledged } = this.#options;
    if (note === undefined) return;
    inspector.answered(note, message);
    if (note.command !== undefined && message.result !== undefined) acknowledged();
  }

  /** Opens a socket; `done` has it, or undefined where there is none to be had. */
  dial(token: string, ears: Ears, done: (dialled: Dialled | undefined) => void): void {
    const { agenda, chance, weather, inspector, witness } = this.#options;
    const { process } = this;
    if (process === undefined) return void agenda.after(this.#delay(), () => done(undefined));
    const notes = new Map<number, CallNote>();
    /** Batches under way, by the id of their first call. */
    const batches = new Map<number, readonly CallNote[]>();
    const line: Line = new Line({
      agenda,
      life: process.life,
      chance,
      weather,
      said: (text) => {
        const first: JsonRecord | readonly JsonRecord[] = JSON.parse(text);
        if (!isList(first) && typeof first.method === "string") {
          inspector.spoke(first, line);
          return [first];
        }
        const lead = isList(first) ? Number(first.find(({ id }) => id !== null)?.id) : undefined;
        const messages = this.#read(text, lead === undefined ? undefined : batches.get(lead));
        for (const message of messages) {
          const note = notes.get(Number(message.id));
          notes.delete(Number(message.id));
          if (note === undefined) witness.say("one answer for each call", `an answer to nothing: ${text}`);
          this.#answered(note, message);
        }
        return messages;
      },
      serverEnded: () => inspector.unreachable(line),
      heard: (message) => ears.heard(message),
      lost: ears.lost,
    });
    let told = false;
    const tell = (dialled: Dialled | undefined) => {
      if (told) return;
      told = true;
      done(dialled);
    };
    process.life.onEnd(() => agenda.after(this.#delay(), () => tell(undefined)));
    agenda.after(this.#delay(), () =>
      process.life.enter(() => {
        process.open(line, token).then((open) => {
          const dialled: Dialled = {
            line,
            close: () => line.closedByClient(),
            send(text, given, batched) {
              const sent = given.map((one): CallNote => ({ ...one, by: line, batched }));
              for (const note of sent) notes.set(note.id, note);
              if (batched && sent[0] !== undefined) batches.set(sent[0].id, sent);
              line.up(text, () => {
                for (const note of sent) inspector.arrived(note);
              });
            },
          };
          agenda.after(this.#delay(), () => tell(open ? dialled : undefined));
        }, () => agenda.after(this.#delay(), () => tell(undefined)));
      }));
  }

  #delay(): number {
    return this.#options.chance.int(0, this.#options.weather().latency);
  }
}

function isList(value: JsonRecord | readonly JsonRecord[]): value is readonly JsonRecord[] {
  return Array.isArray(value);
}
