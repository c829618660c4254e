/** Where a run writes down what happens and which promise was broken. */
import { PROMISES as OF_HISTORIES } from "../../kit/history_check.ts";
import type { Agenda } from "./agenda.ts";

export const PROMISES = [
  ...OF_HISTORIES,
  "acknowledged before commit",
  "refused before commit",
  "shown before commit",
  "published before commit",
  "answer before message",
  "message as the log says",
  "nothing of a hidden audience",
  "view as the log says",
  "hash equal",
  "log is append only",
  "receipt in the same commit",
  "the rules decided it",
  "a turn ends once",
  "answer as the log says",
  "snapshot as the log says",
  "loads to the same state",
  "account as acknowledged",
  "progress",
  "no world stops",
  "no unforeseen fault",
  "documented codes",
  "one answer for each call",
  "what a limit refuses is not done",
  "a world is in one atomic at a time",
  "head as the log says",
  "base as the log says",
] as const;

export type Promise_ = typeof PROMISES[number];

export interface Broken {
  readonly promise: Promise_;
  readonly what: string;
  /** Ms of virtual time. */
  readonly at: number;
}

export class Witness {
  readonly broken: Broken[] = [];
  /** One line per thing that happened; empty when nobody reads it. */
  readonly trace: string[] = [];
  readonly #agenda: Agenda;
  readonly #tracing: boolean;

  constructor(agenda: Agenda, tracing: boolean) {
    this.#agenda = agenda;
    this.#tracing = tracing;
  }

  say(promise: Promise_, what: string): void {
    this.broken.push({ promise, what, at: this.#agenda.now });
    this.note("BROKEN", `${promise}: ${what}`);
  }

  note(who: string, what: string): void {
    if (this.#tracing) this.trace.push(`${String(this.#agenda.now).padStart(7)} ${who.padEnd(8)} ${what}`);
  }
}
