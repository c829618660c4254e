import type { By, Intent } from "../engine/types/command.ts";
import type { WorldEvent } from "../engine/types/event.ts";
import type { View } from "../engine/types/view.ts";
import type { WorldState } from "../engine/types/state.ts";
import type { AccountRecord, Change } from "../kv/ports.ts";
import type { Answer, JsonObject } from "./api.ts";
import type { Refused } from "./answers.ts";
import type { Position } from "./position.ts";
import type { Party } from "./unit.ts";

/** What a command has become once it is looked at beside the world's state: who asks for what. */
export type Prepared = { readonly ok: true; readonly by: By; readonly intent: Intent } | Refused;

/** What a command also writes: an account, checked and extended in the same atomic. */
export interface AlsoWrite {
  readonly account?: {
    readonly party: Party;
    readonly record: AccountRecord;
    readonly settled: (stored: boolean) => void;
  };
  readonly changes: readonly Change[];
}

/** Number and receipt of a command. The server's own commands have none: their rules name the turn they mean. */
export interface Numbered {
  readonly session: string;
  readonly lane: number;
  readonly cseq: number;
  readonly method: string;
  readonly fingerprint: string;
}

/** One command in a world's mailbox. */
export interface Job {
  readonly rid: string;
  readonly numbered?: Numbered | undefined;
  readonly epoch?: number | undefined;
  readonly expectSeq?: number | undefined;
  /** Its stamp is no older than this (ms since 1970), though the wall clock may have been set back meanwhile. */
  readonly notBefore?: number;
  /** Asked anew each time the command is decided, on the state it is decided on. */
  prepare(state: WorldState): Prepared;
  /** Further writes that follow from what happened. */
  also?(events: readonly WorldEvent[], after: Position): AlsoWrite;
  /** Members of the answer beside the common ones. */
  readonly extras?: ((events: readonly WorldEvent[], view: View) => JsonObject) | undefined;
  /** Called once, with the first answer there is. */
  answer(answer: Answer): void;
}
