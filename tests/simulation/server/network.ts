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

/** A client's end of a socket. */
export interface Dialled {
  send(text: string, note: Omit<CallNote, "by">): void;
  close(): void;
  readonly line: Line;
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

  /** One call by HTTP. `done` is called with the answer, or with undefined when the connection broke; or never. */
  call(
    text: string,
    token: string | undefined,
    given: Omit<CallNote, "by">,
    done: (message: JsonRecord | undefined) => void,
  ): void {
    const { agenda, chance, weather } = this.#options;
    const { loss, repeats } = weather();
    const { process } = this;
    if (process === undefined) return void agenda.after(this.#delay(), () => done(undefined));
    let open = true;
    const finish = (message: JsonRecord | undefined) => {
      if (!open) return;
      open = false;
      done(message);
    };
    // What is under way to a process that dies is lost, as a connection would be.
    process.life.onEnd(() => agenda.after(this.#delay(), () => finish(undefined)));
    if (!chance.happens(loss)) agenda.after(this.#delay(), () => this.#deliver(process, text, token, given, finish));
    if (chance.happens(repeats)) {
      const again = { ...given, first: false };
      agenda.after(this.#delay() + chance.int(0, 5_000), () => this.#deliver(process, text, token, again, () => {}));
    }
  }

  #deliver(
    process: Process,
    text: string,
    token: string | undefined,
    given: Omit<CallNote, "by">,
    finish: (message: JsonRecord | undefined) => void,
  ): void {
    const { agenda, chance, weather, inspector, witness, acknowledged } = this.#options;
    const note: CallNote = { ...given, by: {} };
    const back = (message: JsonRecord | undefined) => {
      if (!chance.happens(weather().loss)) agenda.after(this.#delay(), () => finish(message));
    };
    process.life.enter(() => {
      inspector.arrived(note);
      process.call(text, token).then((answer) => {
        if (!process.life.alive) return;
        const message: JsonRecord | undefined = answer === undefined ? undefined : JSON.parse(answer);
        witness.note("http", answer ?? "no session");
        if (message !== undefined) inspector.answered(note, message);
        back(message);
        if (note.command !== undefined && message?.result !== undefined) acknowledged();
      }, () => {
        // The store could not be read for the session: the door answers 500, which settles nothing.
        if (!process.life.alive) return;
        inspector.unreachable(note.by);
        back(undefined);
      });
    });
  }

  /** Opens a socket; `done` has it, or undefined where there is none to be had. */
  dial(token: string, ears: Ears, done: (dialled: Dialled | undefined) => void): void {
    const { agenda, chance, weather, inspector, witness, acknowledged } = this.#options;
    const { process } = this;
    if (process === undefined) return void agenda.after(this.#delay(), () => done(undefined));
    const notes = new Map<number, CallNote>();
    const line: Line = new Line({
      agenda,
      life: process.life,
      chance,
      weather,
      said(text) {
        const message: JsonRecord = JSON.parse(text);
        if (typeof message.method === "string") {
          inspector.spoke(message);
          return message;
        }
        const note = notes.get(Number(message.id));
        notes.delete(Number(message.id));
        if (note === undefined) {
          witness.say("one answer for each call", `an answer to nothing: ${text}`);
          return message;
        }
        inspector.answered(note, message);
        if (note.command !== undefined && message.result !== undefined) acknowledged();
        return message;
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
            send(text, given) {
              const note = { ...given, by: line };
              notes.set(note.id, note);
              line.up(text, () => inspector.arrived(note));
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
