import type { WorldState } from "../engine/types/state.ts";
import { DamagedRecord, EntriesDropped, type LogEntry } from "../kv/ports.ts";
import { refuse, type Refused } from "./answers.ts";
import type { Json, OpenEntry } from "./api.ts";
import type { HostDeps } from "./deps.ts";
import type { EnginePort } from "./engine_port.ts";
import { eventsOf } from "./stored_forms.ts";

/** Length of the JSON of one answer, roughly: entries are added until it is reached. */
const PAGE_LENGTH = 256 * 1_024;
/** Entries read at once. */
const CHUNK = 50;

export interface PageRequest {
  readonly state: WorldState;
  /** Newest entry of the log. */
  readonly head: number;
  readonly after: number;
  readonly limit: number;
}

/**
 * Entries of a world that has ended, as its players may have them: what was asked and what happened. Who asked is told by
 * seat; sessions, request ids and receipts stay here, and accounts have the number of their seat for a name. Refused where
 * entries were dropped, or do not read as they were written.
 */
export async function openEntries(
  deps: Pick<HostDeps, "store" | "engine" | "log">,
  request: PageRequest,
): Promise<{ readonly ok: true; readonly entries: readonly OpenEntry[] } | Refused> {
  const { state } = request;
  try {
    return { ok: true, entries: await readPage(deps, request) };
  } catch (fault) {
    if (fault instanceof EntriesDropped) return refuse("world/log_gone", { from: fault.first });
    if (!(fault instanceof DamagedRecord)) throw fault;
    deps.log("error", "log damaged", { world: state.id, why: fault.message });
    return refuse("world/quarantined");
  }
}

async function readPage(
  { store, engine }: Pick<HostDeps, "store" | "engine">,
  { state, head, after, limit }: PageRequest,
): Promise<readonly OpenEntry[]> {
  const last = Math.min(head, after + limit);
  const disguise = disguiseOf(state);
  const entries: OpenEntry[] = [];
  let length = 0;
  for (let from = after + 1; from <= last; from += CHUNK) {
    for (const entry of await store.readEntries(state.id, from, Math.min(from + CHUNK - 1, last))) {
      const text = disguise(JSON.stringify(openEntry(engine, entry)));
      length += text.length;
      if (length > PAGE_LENGTH && entries.length > 0) return entries;
      entries.push(JSON.parse(text));
    }
  }
  return entries;
}

function openEntry(engine: EnginePort, entry: LogEntry): OpenEntry {
  const { n, at, epoch, actor, rules, command } = entry;
  const events = eventsOf(engine, entry) as readonly object[] as readonly Json[];
  return { n, at, epoch, actor, ...(rules === undefined ? {} : { rules }), command, events };
}

/** Replaces every account's id by one that says nothing, the same in all entries: rules look only at which are equal. */
function disguiseOf(state: WorldState): (text: string) => string {
  const names = new Map<string, string>();
  for (const { account, number } of Object.values(state.seats)) names.set(account, `a_${number}`);
  const all = [...names].map(([account, name]) => [JSON.stringify(account), JSON.stringify(name)] as const);
  return (text) => all.reduce((shown, [account, name]) => shown.replaceAll(account, name), text);
}
