import { createHash } from "node:crypto";
import type { WorldState } from "../engine/types/state.ts";
import type { HashValue } from "../engine/view/hash.ts";
import { type AuditReport, type Base, createAudit, type Difference, type LoggedCommand } from "../engine/verify/mod.ts";
import type { EnginePort } from "../host/engine_port.ts";
import { eventsOf, hashAfter, stateOf } from "../host/stored_forms.ts";
import type { LogEntry, Snapshot } from "../kv/ports.ts";

export interface ReplayReport {
  readonly entries: number;
  /** The first entry that is kept: 1 where none was dropped. */
  readonly first: number;
  /** Stored hashes and snapshots the fold was compared with. */
  readonly compared: number;
  /** Hash of the state after the last entry. */
  readonly hash: string;
  /** What was found about the dice. */
  readonly dice: Pick<AuditReport, "proven" | "rolls" | "unproven" | "epochs">;
  /** The first difference, as a sentence; undefined when there is none. */
  readonly fault?: string;
}

/**
 * A log under check, entry by entry: every command is decided again, every event and stored hash compared, and the seed's
 * SHA-256 with the published one. Where other rules wrote an entry, its dice may not be provable; that is reported and
 * is no fault. Each step answers the first difference as a sentence.
 */
export interface LogCheck {
  readonly state: WorldState;
  take(entry: LogEntry): string | undefined;
  /** Compares a stored snapshot with the state reached. */
  compare(snapshot: Snapshot): string | undefined;
  report(fault?: string): ReplayReport;
}

/** `base`: the state before the first entry that is kept, where older ones were dropped. */
export function createLogCheck(engine: EnginePort, world: string, base?: Base): LogCheck {
  const audit = createAudit(engine, world, base);
  const first = (base?.n ?? 0) + 1;
  let compared = 0;

  return {
    get state() {
      return audit.state;
    },
    take(entry) {
      if (!audit.add(logged(engine, entry))) return sentence(audit.report().difference);
      const { seed, seedHash } = audit.state;
      if (entry.n === first && createHash("sha256").update(seed).digest("hex") !== seedHash) {
        return `SHA-256 of its seed is not the published hash ${seedHash}`;
      }
      const found = entry.hash === undefined ? undefined : hashAfter(engine, entry, audit.state);
      if (found === undefined) return undefined;
      compared += 1;
      return found === entry.hash
        ? undefined
        : `after entry ${entry.n} the hash is ${found}, but ${entry.hash} is stored`;
    },
    compare({ n, state: stored }) {
      compared += 1;
      const state = stateOf(engine, stored);
      if (state === undefined) return `the snapshot after entry ${n} was written by a newer version`;
      return engine.hash(state) === engine.hash(audit.state)
        ? undefined
        : `the snapshot after entry ${n} differs from the fold of the log`;
    },
    report(fault) {
      const { entries, proven, rolls, unproven, epochs } = audit.report();
      const dice = { proven, rolls, unproven, epochs };
      const hash = entries === 0 ? "" : engine.hash(audit.state);
      return { entries, first, compared, hash, dice, ...(fault === undefined ? {} : { fault }) };
    },
  };
}

/** A stored state from before the first entry that is kept; undefined where a newer version wrote it. */
export function baseOf(engine: EnginePort, { n, at, epoch, state: stored }: Snapshot): Base | undefined {
  const state = stateOf(engine, stored);
  return state && { n, at, epoch, state };
}

/** The entry as its dice are checked. */
function logged(engine: EnginePort, entry: LogEntry): LoggedCommand {
  const { n, at, epoch, actor, rules, command } = entry;
  const events = eventsOf(engine, entry) as readonly object[] as readonly HashValue[];
  return { n, at, epoch, actor, ...(rules === undefined ? {} : { rules }), command, events };
}

function sentence(difference: Difference | undefined): string | undefined {
  if (difference === undefined) return undefined;
  const { n, event, type = "event", path = "", expected, found } = difference;
  const where = event === undefined ? `entry ${n}` : `entry ${n}, event ${event + 1} (${type}${path})`;
  return `at ${where} the seed gives ${expected}, but ${found} is stored`;
}
