/** How a command is refused or done: one record per intent, gathered into one table by `decide.ts`. */
import type { Intent, PlayerIntent } from "../types/command.ts";
import type { CreatureId, SeatId } from "../types/ids.ts";
import type { Mode } from "../types/names.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";
import type { Play } from "./play.ts";

export type IntentOf<T extends Intent["type"]> = Extract<Intent, { readonly type: T }>;

export interface Rule<T extends Intent["type"] = Intent["type"]> {
  /**
   * Who may ask: `own` = the seat that plays `intent.character`; `leader`; `host` = the seat with that role; `member` = any
   * seat; `system` = the server alone.
   * The table checks it before `decide` runs.
   */
  readonly who: "own" | "leader" | "host" | "member" | "system";
  /** Modes in which it can be asked at all. */
  readonly modes: readonly Mode[] | "any";
  /** In battle: only on that creature's own turn, when nothing is prompted. Default false. */
  readonly onTurn?: boolean;
  /** Emits events on `play`, or returns why not (then nothing emitted counts). */
  decide(play: Play, intent: IntentOf<T>): Rejection | undefined;
  /**
   * What a command relies on, for `expectSeq`: true when this event touches it. Absent: any event does.
   */
  relies?(event: { readonly type: string }, intent: IntentOf<T>): boolean;
}

/** A rule looked up by an intent that is known only at run time: the table guarantees that the two belong together. */
export interface AnyRule {
  readonly who: Rule["who"];
  readonly modes: Rule["modes"];
  readonly onTurn?: boolean;
  decide(play: Play, intent: Intent): Rejection | undefined;
  relies?(event: { readonly type: string }, intent: Intent): boolean;
}

export type RuleTable<T extends Intent["type"]> = { readonly [K in T]: Rule<K> };

/** Legal things one creature (or the seat that plays it) may do now, by one family of rules. Never lists what `decide` would refuse. */
export type LegalList = (
  state: WorldState,
  who: { readonly seat: SeatId | null; readonly creature: CreatureId },
) => readonly PlayerIntent[];

/** A refusal in one line. */
export function reject(code: Rejection["code"], details?: Rejection["details"]): Rejection {
  return details === undefined ? { code } : { code, details };
}
