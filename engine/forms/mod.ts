/** Stored states and events of every form there ever was, as today's. */
import type { WorldEvent } from "../types/event.ts";
import { STATE_VERSION, type WorldState } from "../types/state.ts";
import { type EventForm, newest, type StateForm, type Stored } from "./form.ts";
import { quickSetBy, stateQuickBy } from "./quick_by.ts";

/** Every step of the state's form, oldest first. */
export const STATE_FORMS: readonly StateForm[] = [stateQuickBy];
/** Every step of the events' forms, oldest first. */
export const EVENT_FORMS: readonly EventForm[] = [quickSetBy];

/** Number of the newest form of events: noted in each entry. */
export const EVENT_FORM = newest(EVENT_FORMS);
if (newest(STATE_FORMS) !== STATE_VERSION) {
  throw new RangeError(`Cannot use the state's forms as they must end at ${STATE_VERSION}`);
}

/** A stored state as today's; undefined when a newer version wrote it, or it is no state. */
export function liftState(stored: Stored): WorldState | undefined {
  const v = stored["v"];
  if (typeof v !== "number" || !Number.isInteger(v) || v < 1 || v > STATE_VERSION) return undefined;
  const lifted = STATE_FORMS.slice(v - 1).reduce((state, form) => ({ ...form.up(state), v: form.to }), stored);
  return asState(lifted);
}

/** Today's state as an older form had it; undefined when that cannot be told any more, or there is no such form. */
export function lowerState(state: WorldState, to: number): object | undefined {
  if (to < 1 || to > STATE_VERSION) return undefined;
  if (to === STATE_VERSION) return state;
  let lowered: Stored = { ...state };
  for (const form of STATE_FORMS.slice(to - 1).toReversed()) {
    if (form.down === undefined) return undefined;
    lowered = { ...form.down(lowered), v: form.to - 1 };
  }
  return lowered;
}

/** A stored event of an entry of this form as today's. The caller has refused forms newer than {@link EVENT_FORM}. */
export function liftEvent(stored: Stored, form: number): WorldEvent {
  return asEvent(
    EVENT_FORMS.slice(form - 1).reduce((event, step) => step.type === event["type"] ? step.up(event) : event, stored),
  );
}

/** The steps end at today's form; the compiler cannot see it. */
function asState(state: Stored): WorldState {
  return state as object as WorldState;
}

function asEvent(event: Stored): WorldEvent {
  return event as object as WorldEvent;
}
