/** One stored command decided again: the same state, the same command and the same dice must give the same events. */
import { commandRng } from "../core/rng.ts";
import { type Outcome, step } from "../decide.ts";
import { EVENT_TYPES, evolve } from "../evolve.ts";
import { emptyState } from "../seats/mod.ts";
import type { By, Command, Intent } from "../types/command.ts";
import type { WorldEvent } from "../types/event.ts";
import type { SeatId, WorldId } from "../types/ids.ts";
import { RULES_VERSION, type WorldState } from "../types/state.ts";
import type { HashValue } from "../view/hash.ts";
import { diff } from "../view/patch.ts";

/** What a log tells about one command, as far as its dice depend on it. */
export interface LoggedCommand {
  readonly n: number;
  /** Ms. */
  readonly at: number;
  readonly epoch: number;
  /** Seat id, or `system`. */
  readonly actor: string;
  /** Version of the rules that decided it; absent: written before entries named it. */
  readonly rules?: number;
  /** The intent. */
  readonly command: HashValue;
  readonly events: readonly HashValue[];
}

/** The rules a log is checked with. */
export interface Redo {
  readonly rulesVersion: number;
  start(world: string): WorldState;
  step(state: WorldState, command: Command, place: { readonly epoch: number; readonly n: number }): Outcome;
  evolve(state: WorldState, event: WorldEvent): WorldState;
  knows(eventType: string): boolean;
}

/** Where a log and its dice part. `expected` is what the seed gives, `found` what the log says; both are JSON, shortened. */
export interface Difference {
  readonly n: number;
  /** Index of the event within its entry; absent where the entry as a whole is wrong. */
  readonly event?: number;
  readonly type?: string;
  /** Member of the event that differs, as a JSON pointer. */
  readonly path?: string;
  readonly expected: string;
  readonly found: string;
}

/** Longest piece of JSON shown of a difference. */
const SHOWN = 200;

/** This engine's own rules. */
export const RULES_HERE: Redo = {
  rulesVersion: RULES_VERSION,
  start: (world) => emptyState(world as WorldId),
  step: (state, command, { epoch, n }) =>
    step(
      state,
      command,
      commandRng(command.intent.type === "CreateWorld" ? command.intent.seed : state.seed, epoch, n),
    ),
  evolve,
  knows: (type) => EVENT_TYPES.has(type),
};

/** The first event of an entry that its dice do not give, or undefined when all of them follow. */
export function redo(rules: Redo, state: WorldState, entry: LoggedCommand): Difference | undefined {
  const { n, at, epoch } = entry;
  const command: Command = { by: byOf(entry.actor), at, intent: entry.command as object as Intent };
  let outcome: Outcome;
  try {
    outcome = rules.step(state, command, { epoch, n });
  } catch (fault) {
    // A log from outside may hold any command; what rules cannot read, they cannot have decided.
    return { n, expected: "a command the rules can read", found: brief(fault instanceof Error ? fault.message : "") };
  }
  if (!outcome.ok) return { n, expected: `refused: ${outcome.rejection.code}`, found: `${entry.events.length} events` };
  // As stored: without members that are undefined.
  const expected: readonly HashValue[] = JSON.parse(JSON.stringify(outcome.events));
  for (let i = 0; i < Math.max(expected.length, entry.events.length); i += 1) {
    const difference = differenceOf(expected[i], entry.events[i]);
    if (difference !== undefined) return { n, event: i, ...difference };
  }
  return undefined;
}

function differenceOf(
  expected: HashValue | undefined,
  found: HashValue | undefined,
): Omit<Difference, "n" | "event"> | undefined {
  const type = typeOf(found) ?? typeOf(expected);
  const named = type === undefined ? {} : { type };
  if (expected === undefined || found === undefined) {
    return { ...named, expected: brief(expected), found: brief(found) };
  }
  const path = diff(expected, found)[0]?.path;
  if (path === undefined) return undefined;
  return { ...named, path, expected: brief(at(expected, path)), found: brief(at(found, path)) };
}

/** The value at a JSON pointer, or undefined. */
function at(value: HashValue, path: string): HashValue | undefined {
  const keys = path.split("/").slice(1).map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  return keys.reduce<HashValue | undefined>(
    (inner, key) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
        ? Reflect.get(inner, key) as HashValue
        : undefined,
    value,
  );
}

function brief(value: HashValue | undefined): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`;
}

function typeOf(event: HashValue | undefined): string | undefined {
  if (typeof event !== "object" || event === null || !("type" in event)) return undefined;
  return typeof event.type === "string" ? event.type : undefined;
}

function byOf(actor: string): By {
  return actor === "system" ? { type: "system" } : { type: "seat", seat: actor as SeatId };
}
