import { createHash } from "node:crypto";
import type { HashValue } from "../engine/view/hash.ts";
import { type AuditReport, type Base, createAudit, type Difference, type LoggedCommand } from "../engine/verify/mod.ts";
import type { EnginePort } from "../host/engine_port.ts";
import { eventsOf, hashAfter, stateOf } from "../host/stored_forms.ts";
import type { LogEntry, Store } from "../kv/ports.ts";

/** Entries read at once: bounds what is in memory, whatever the length of the log. */
const CHUNK = 500;

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
 * Decides every command of a world's log again from the seed, from the beginning, compares the events with those stored and
 * the state with each hash and snapshot on the way, and stops at the first difference. Also: the seed has the hash that was
 * published. Where other rules wrote an entry, its dice may not be provable; that is reported and is no fault.
 */
export async function verifyWorld(store: Store, engine: EnginePort, world: string): Promise<ReplayReport> {
  const head = await store.readHead(world);
  const first = (await store.readLogState(world))?.first ?? 1;
  const base = first === 1 ? undefined : await baseOf(store, engine, world);
  const audit = createAudit(engine, world, base);
  let compared = 0;
  const report = (fault?: string): ReplayReport => {
    const { entries, proven, rolls, unproven, epochs } = audit.report();
    const dice = { proven, rolls, unproven, epochs };
    const hash = entries === 0 ? "" : engine.hash(audit.state);
    return { entries, first, compared, hash, dice, ...(fault === undefined ? {} : { fault }) };
  };
  if (head === undefined) return report("there is no such world in this store");
  if (first > 1 && base?.n !== first - 1) return report(`the state before its first entry ${first} is damaged`);
  const marks = new Map((await store.readSnapshotMarks(world)).map((mark) => [mark.n, mark]));

  for (let from = first; from <= head.value.n; from += CHUNK) {
    for (const entry of await store.readEntries(world, from, Math.min(from + CHUNK - 1, head.value.n))) {
      if (!audit.add(logged(engine, entry))) return report(sentence(audit.report().difference));
      const { seed, seedHash } = audit.state;
      if (entry.n === first && createHash("sha256").update(seed).digest("hex") !== seedHash) {
        return report(`SHA-256 of its seed is not the published hash ${seedHash}`);
      }

      const found = entry.hash === undefined ? undefined : hashAfter(engine, entry, audit.state);
      if (found !== undefined) {
        compared += 1;
        if (found !== entry.hash) {
          return report(`after entry ${entry.n} the hash is ${found}, but ${entry.hash} is stored`);
        }
      }
      const mark = marks.get(entry.n);
      if (mark !== undefined) {
        compared += 1;
        const snapshot = await store.readSnapshot(world, mark);
        if (snapshot === undefined) return report(`the snapshot after entry ${entry.n} is damaged`);
        const state = stateOf(engine, snapshot.state);
        if (state === undefined) return report(`the snapshot after entry ${entry.n} was written by a newer version`);
        if (engine.hash(state) !== engine.hash(audit.state)) {
          return report(`the snapshot after entry ${entry.n} differs from the fold of the log`);
        }
      }
    }
  }
  return report();
}

/** The state kept from before the first entry, where older ones were dropped. */
async function baseOf(store: Store, engine: EnginePort, world: string): Promise<Base | undefined> {
  const base = await store.readBase(world);
  const state = base && stateOf(engine, base.state);
  return base && state && { n: base.n, at: base.at, epoch: base.epoch, state };
}

/** The entry as its dice are checked. An event nobody knows is told with its number. */
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
