import type { WorldState } from "../engine/types/state.ts";
import type { LogEntry } from "../kv/ports.ts";
import type { EnginePort } from "./engine_port.ts";
import { AssertionFailed } from "./faults.ts";
import { eventsOf } from "./stored_forms.ts";

/** Folding the entry as it will be read from disk gives the state the rules returned: replay will be equal. */
export function checkFold(engine: EnginePort, before: WorldState, entry: LogEntry, state: WorldState): void {
  const stored: LogEntry = JSON.parse(JSON.stringify(entry));
  const folded = eventsOf(engine, stored).reduce((fold, event) => engine.evolve(fold, event), before);
  if (engine.diff(folded, state).length > 0) {
    throw new AssertionFailed(`fold of the events = state of the rules (entry ${entry.n})`);
  }
}
