import type { WorldEvent } from "../engine/types/event.ts";
import type { WorldState } from "../engine/types/state.ts";
import type { Json, LogEntry } from "../kv/ports.ts";
import { DamagedRecord } from "../kv/ports.ts";
import type { EnginePort, StoredRecord } from "./engine_port.ts";

/** Form of entries and hashes from before they named one. */
const FIRST_FORM = 1;

/**
 * Stored events as today's events: their checksum has shown that they are ours, their form and type that this engine can
 * lift and fold them. Anything else is a DamagedRecord, which quarantines the world.
 */
export function eventsOf(engine: Pick<EnginePort, "forms" | "knows">, entry: LogEntry): readonly WorldEvent[] {
  const form = entry.form ?? FIRST_FORM;
  if (form > engine.forms.event) {
    throw new DamagedRecord(
      `entry ${entry.n}`,
      `its events have form ${form}, and this version knows ${engine.forms.event}`,
    );
  }
  return entry.events.map((event) => {
    if (!isRecord(event) || typeof event["type"] !== "string" || !engine.knows(event["type"])) {
      throw new DamagedRecord(`entry ${entry.n}`, "it holds an event this version cannot fold");
    }
    return engine.forms.liftEvent(event, form);
  });
}

/** A snapshot's state as today's; undefined when a newer version wrote it: the log has everything. */
export function stateOf(engine: Pick<EnginePort, "forms">, state: Json): WorldState | undefined {
  return isRecord(state) ? engine.forms.liftState(state) : undefined;
}

/** What is compared with the hash an entry holds: the hash of the state after it, in the form that hash was made of. */
export function hashAfter(
  engine: Pick<EnginePort, "forms" | "hash">,
  entry: LogEntry,
  state: WorldState,
): string | undefined {
  const then = engine.forms.lowerState(state, entry.hashForm ?? FIRST_FORM);
  return then === undefined ? undefined : engine.hash(then);
}

function isRecord(value: unknown): value is StoredRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
