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
}

export class Inspector {
  readonly #truth: Truth;
  readonly #witness: Witness;
  /** Commands that have arrived for the first time and have no answer yet, by their correlation id. */
  #open = new Map<string, CallNote>();

  constructor(truth: Truth, witness: Witness) {
    this.#truth = truth;
    this.#witness = witness;
  }

  /** A new process knows of no calls. */
  forget(): void {
    this.#open = new Map();
  }

  arrived(note: CallNote): void {
    if (note.first && note.command !== undefined) this.#open.set(note.rid, note);
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
    if (result === undefined) return this.#refused(command, message.error as JsonRecord);
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

  /** A stream's frame is sent. */
  spoke(message: JsonRecord): void {
    const { world, audience, seq, rid } = message.params as JsonRecord;
    if (typeof seq !== "number") return;
    const stored = this.#truth.seq(String(world), audience as Audience);
    if (seq > stored) {
      this.#witness.say("published before commit", `${world} ${audience} ${seq} is published, on disk is ${stored}`);
    }
    if (message.method === "v1.stream.message" && this.#open.has(String(rid))) {
      this.#witness.say("answer before message", `${world} ${audience} ${seq} is published before ${rid} is answered`);
    }
  }
}
