import type { AccountId, CreatureId, SeatId } from "../engine/types/ids.ts";
import type { Audience } from "../engine/types/names.ts";
import type { Character } from "../engine/types/creature.ts";
import type { Command, Intent, SystemIntent } from "../engine/types/command.ts";
import type { WorldEvent } from "../engine/types/event.ts";
import type { Rejection } from "../engine/types/rejection.ts";
import type { WorldState } from "../engine/types/state.ts";
import type { View } from "../engine/types/view.ts";
import type { Patch } from "../engine/view/patch.ts";
import type { CreateCharacterIntent, Option } from "./api.ts";

/** Where in a world's history a command is decided: its dice are drawn from here. */
export interface Place {
  readonly epoch: number;
  readonly n: number;
}

export type StepOutcome =
  | { readonly ok: true; readonly state: WorldState; readonly events: readonly WorldEvent[] }
  | { readonly ok: false; readonly rejection: Rejection };

export type { Patch };

/** The next thing the server itself has to do in a world, and when (ms since 1970). */
export interface Due {
  readonly at: number;
  readonly intent: SystemIntent;
}

/** An event on its way out: its type and the members an audience may know. */
export type ViewEvent = { readonly type: WorldEvent["type"]; readonly [member: string]: unknown };

export interface NewCharacter {
  readonly intent: CreateCharacterIntent;
  readonly id: CreatureId;
  readonly account: AccountId;
  /** Score sets the account has rolled. */
  readonly rolls: readonly (readonly number[])[];
}

/** A record of some form there ever was, as it was stored. */
export type StoredRecord = { readonly [member: string]: unknown };

/** What older versions stored, as today's. */
export interface FormsPort {
  /** Number of the newest form of events: what `step` emits. */
  readonly event: number;
  /** An event of this form or an older one. */
  liftEvent(stored: StoredRecord, form: number): WorldEvent;
  /** A state of any form up to ours; undefined for a newer one, and for what is no state. */
  liftState(stored: StoredRecord): WorldState | undefined;
  /** A state as an older form had it; undefined when that cannot be told any more. */
  lowerState(state: WorldState, form: number): object | undefined;
}

/** What the host asks of the rules. The real engine stands behind it; simulations may pass a small one. */
export interface EnginePort {
  readonly audiences: readonly Audience[];
  readonly stateVersion: number;
  readonly forms: FormsPort;
  readonly viewVersion: number;
  /** Version of the rules commands are decided by; named in every entry of a log. */
  readonly rulesVersion: number;
  /** The state before a world's first event. */
  start(world: string): WorldState;
  step(state: WorldState, command: Command, place: Place): StepOutcome;
  evolve(state: WorldState, event: WorldEvent): WorldState;
  /** Whether a command that was chosen before this event has to be chosen again. */
  relies(event: WorldEvent, intent: Intent): boolean;
  /** Whether this engine can fold the type of event; loading refuses any other loudly. */
  knows(eventType: string): boolean;
  view(state: WorldState, audience: Audience): View;
  /** What an audience may know of an event once its command was done; undefined: nothing at all. */
  redact(after: WorldState, event: WorldEvent, audience: Audience): ViewEvent | undefined;
  /** 64-bit structural hash of a view or a state. */
  hash(value: object): string;
  /** Empty when both are equal; what they share is not read. */
  diff(before: View | WorldState, after: View | WorldState): Patch;
  apply(view: View, patch: Patch): View;
  due(state: WorldState): Due | undefined;
  /** Legal things for one creature of a seat, or for everything it plays, with their odds. */
  options(state: WorldState, seat: SeatId, character: CreatureId | undefined): readonly Option[];

  rollScores(seed: string, roll: number): readonly number[];
  createCharacter(input: NewCharacter):
    | { readonly ok: true; readonly character: Character }
    | { readonly ok: false; readonly rejection: Rejection };
}
