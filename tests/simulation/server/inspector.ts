/** Looks at everything a server process says, at the moment at which it says it. */
import type { Audience } from "../../../engine/types/names.ts";
import type { CommandCall } from "../../kit/history.ts";
import type { JsonRecord } from "../../kit/client.ts";
import type { Truth } from "./truth.ts";
import type { Witness } from "./witness.ts";

/** What is known of a call when its answer passes. */
export interface CallNote {
  readonly id: number;
  readonly rid: string;
  /** Set for commands to a world. */
  readonly command?: CommandCall;
  /** Set for questions: the stream whose state they show. */
  readonly audience?: Audience;
  /** Whether it had never been sent before. */
  readonly first: boolean;
  /** The line or the request it came by. */
  readonly by: object;
  /** Whether it came with others, and is answered with them. */
  readonly batched: boolean;
}

export class Inspector {
  readonly #truth: Truth;
  readonly #witness: Witness;
  /** Commands that have arrived for the first time and have no answer yet, by their correlation id. */
  #open = new Map<string, CallNote>();
  /** How many attempts at each command have arrived and were not refused by a limit. */
  readonly #let = new Map<string, number>();

  constructor(truth: Truth, witness: Witness) {
    this.#truth = truth;
    this.#witness = witness;
    truth.stored = (id, { session, lane, cseq }) => {
      if (this.#let.get(`${id}/${session}/${lane}/${cseq}`) === 0) {
        witness.say("what a limit refuses is not done", `${id}: command ${cseq} of ${session} lane ${lane}`);
      }
    };
  }

  /** A new process knows of no calls. */
  forget(): void {
    this.#open = new Map();
  }

  arrived(note: CallNote): void {
    if (note.command === undefined) return;
    if (note.first) this.#open.set(note.rid, note);
    this.#count(note.command, 1);
  }

  #count({ world, session, lane, cseq }: CommandCall, by: 1 | -1): void {
    const key = `${world}/${session}/${lane}/${cseq}`;
    this.#let.set(key, (this.#let.get(key) ?? 0) + by);
  }

  /** The way back is gone: there will be no answer. */
  unreachable(by: object): void {
    for (const [rid, note] of this.#open) if (note.by === by) this.#open.delete(rid);
  }

  /** An answer is handed over. */
  answered(note: CallNote, message: JsonRecord): void {
    this.#open.delete(note.rid);
    const { command } = note;
    const result = message.result as JsonRecord | undefined;
    if (note.audience !== undefined && result !== undefined) return this.#showed(note.audience, result);
    if (command === undefined) return;
    if (result === undefined) {
      const error = message.error as JsonRecord;
      if ((error.data as JsonRecord).code === "limit/rate") this.#count(command, -1);
      return this.#refused(command, error);
    }
    const entry = this.#truth.entryOf(command.world, command.session, command.lane, command.cseq);
    if (entry === undefined) {
      this.#witness.say("acknowledged before commit", `${note.rid} is acknowledged, but is not on disk`);
    } else if (JSON.stringify(entry.receipt?.answer) !== JSON.stringify(result)) {
      this.#witness.say("answer as the log says", `${note.rid} is answered otherwise than its receipt`);
    }
  }

  /** What is refused must not rest on something that may still be taken back. */
  #refused({ world, cseq }: CommandCall, { data }: JsonRecord): void {
    const { code, seq } = data as JsonRecord;
    const stored = this.#truth.seq(world, "party");
    if (typeof seq === "number" && seq > stored && !String(code).startsWith("command/")) {
      this.#witness.say(
        "refused before commit",
        `${world}: ${cseq} is refused (${code}) at ${seq}, on disk is ${stored}`,
      );
    }
  }

  #showed(audience: Audience, { world, seq }: JsonRecord): void {
    const stored = this.#truth.seq(String(world), audience);
    if (typeof seq === "number" && seq > stored) {
      this.#witness.say("shown before commit", `${world} ${audience} ${seq} is shown, on disk is ${stored}`);
    }
  }

  /** A stream's frame is sent on a line. */
  spoke(message: JsonRecord, line: object): void {
    const { world, audience, seq, rid } = message.params as JsonRecord;
    if (typeof seq !== "number") return;
    const stored = this.#truth.seq(String(world), audience as Audience);
    if (seq > stored) {
      this.#witness.say("published before commit", `${world} ${audience} ${seq} is published, on disk is ${stored}`);
    }
    const open = this.#open.get(String(rid));
    // A batch is answered when all of it is done: till then its answers are kept from nobody but its own line.
    if (message.method === "v1.stream.message" && open !== undefined && (!open.batched || open.by === line)) {
      this.#witness.say("answer before message", `${world} ${audience} ${seq} is published before ${rid} is answered`);
    }
  }
}
