/** A whole log checked from its first entry: every command decided again, every roll counted, the first difference kept. */
import type { WorldEvent } from "../types/event.ts";
import type { WorldState } from "../types/state.ts";
import type { HashValue } from "../view/hash.ts";
import { type Difference, type LoggedCommand, type Redo, redo } from "./redo.ts";

/** Entries from `from` to `to` that other rules wrote and these rules decide otherwise. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface AuditReport {
  /** Number of the last entry looked at. */
  readonly entries: number;
  /** Entries whose events follow from the seed, and the rolls in them. */
  readonly proven: number;
  readonly rolls: number;
  readonly unproven: readonly Span[];
  /** How often the history was changed other than by appending: dice of another epoch are other dice. */
  readonly epochs: number;
  readonly difference?: Difference;
}

export interface Audit {
  /** Takes the next entry; false once there is a difference, from where nothing can be said any more. */
  add(entry: LoggedCommand): boolean;
  /** State after the entries so far. */
  readonly state: WorldState;
  report(): AuditReport;
}

/** Where a log begins of which the oldest entries were dropped: after entry `n`, with the state it had led to. */
export interface Base extends Pick<LoggedCommand, "n" | "at" | "epoch"> {
  readonly state: WorldState;
}

/** Begins at a world's first entry, or at the first that is kept: what was before `base` is then taken on trust. */
export function createAudit(rules: Redo, world: string, base?: Base): Audit {
  let state = base?.state ?? rules.start(world);
  let last: Pick<LoggedCommand, "n" | "at" | "epoch"> = base ?? { n: 0, at: 0, epoch: 0 };
  let proven = 0;
  let rolls = 0;
  let epochs = base === undefined ? 0 : 1;
  let difference: Difference | undefined;
  const unproven: Span[] = [];

  function add(entry: LoggedCommand): boolean {
    if (difference !== undefined) return false;
    difference = orderFault(last, entry) ?? eventFault(rules, entry);
    if (difference !== undefined) return false;
    const found = redo(rules, state, entry);
    if (found === undefined) {
      proven += 1;
      rolls += entry.events.reduce((sum: number, event) => sum + rollsIn(event), 0);
    } else if (entry.rules === rules.rulesVersion) {
      difference = found;
      return false;
    } else note(unproven, entry.n);
    if (entry.epoch !== last.epoch) epochs += 1;
    last = entry;
    state = entry.events.reduce<WorldState>(
      (folded, event) => rules.evolve(folded, event as object as WorldEvent),
      state,
    );
    return true;
  }

  return {
    add,
    get state() {
      return state;
    },
    report: () => ({
      entries: last.n,
      proven,
      rolls,
      unproven: [...unproven],
      epochs,
      ...(difference === undefined ? {} : { difference }),
    }),
  };
}

/** Numbers follow each other; neither time nor epoch goes back. */
function orderFault(
  last: Pick<LoggedCommand, "n" | "at" | "epoch">,
  { n, at, epoch }: LoggedCommand,
): Difference | undefined {
  if (n !== last.n + 1) return { n, expected: `entry ${last.n + 1}`, found: `entry ${n}` };
  if (at < last.at) return { n, expected: `a time not before ${last.at}`, found: String(at) };
  if (epoch < last.epoch) return { n, expected: `an epoch not below ${last.epoch}`, found: String(epoch) };
  return undefined;
}

function eventFault(rules: Redo, { n, events }: LoggedCommand): Difference | undefined {
  const event = events.findIndex((one) => !isKnown(rules, one));
  return event < 0 ? undefined : { n, event, expected: "an event these rules know", found: "another" };
}

function isKnown(rules: Redo, event: HashValue): boolean {
  return typeof event === "object" && event !== null && "type" in event && typeof event.type === "string" &&
    rules.knows(event.type);
}

function note(spans: Span[], n: number): void {
  const last = spans.at(-1);
  if (last?.to === n - 1) spans[spans.length - 1] = { from: last.from, to: n };
  else spans.push({ from: n, to: n });
}

/** Rolls in an event, wherever in it they stand: records with the dice, each die and the sum. */
export function rollsIn(value: HashValue): number {
  if (typeof value !== "object" || value === null) return 0;
  if (Array.isArray(value)) return value.reduce((sum: number, one: HashValue) => sum + rollsIn(one), 0);
  const { dice, rolls, total } = value as { readonly [key: string]: HashValue | undefined };
  if (typeof dice === "string" && Array.isArray(rolls) && typeof total === "number") return rolls.length > 0 ? 1 : 0;
  return Object.values(value).reduce((sum: number, one) => sum + (one === undefined ? 0 : rollsIn(one)), 0);
}
