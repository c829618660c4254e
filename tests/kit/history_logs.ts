/**
 * The stored logs of a history, one for each time a world lived through: where a backup was restored, the log goes back
 * and on under a new epoch, and what was behind that point is of the time before.
 */
import type { CommandCall, HistoryLine } from "./history.ts";
import type { Violation } from "./history_check.ts";

type Entry = Extract<HistoryLine, { type: "entry" }>;
type Say = (promise: Violation["promise"], what: string) => void;

/** The stored log of one world, and when what it holds was first asked. */
export interface Log {
  readonly entries: readonly Entry[];
  /** Per audience: log number that gave the stream its number. */
  readonly reached: ReadonlyMap<string, ReadonlyMap<number, number>>;
  /** By log number: latest moment at which any command up to it was first asked. */
  readonly asked: ReadonlyMap<number, number>;
  /** Entries by the command they come from; the server's own have none. */
  readonly stored: ReadonlyMap<string, Entry>;
}

interface Time {
  /** Epochs from this one on are of this time, up to those of the next. */
  readonly from: number;
  readonly entries: Entry[];
  /** Commands its entries come from, with their log numbers. */
  readonly numbers: Map<string, number>;
  log: Log;
}

const NOTHING: Log = { entries: [], reached: new Map(), asked: new Map(), stored: new Map() };

export class Logs {
  readonly #worlds = new Map<string, Time[]>();
  /** Which time a world is in while the history is walked through. */
  readonly #now = new Map<string, number>();

  /** Reads the logs and checks the order of their numbers. */
  constructor(lines: readonly HistoryLine[], say: Say) {
    for (const line of lines) {
      if (line.type === "restored") {
        const { world, n, epoch } = line;
        const kept = this.#times(world).at(-1)?.entries.filter((entry) => entry.n <= n) ?? [];
        const numbers = new Map(kept.map((entry) => [keyOf(entry), entry.n]));
        this.#times(world).push({ from: epoch, entries: kept, numbers, log: NOTHING });
      } else if (line.type === "entry") this.#add(line, say);
    }
    for (const times of this.#worlds.values()) for (const time of times) time.log = indexed(time.entries);
    const asked = this.#firstAsked(lines);
    for (const times of this.#worlds.values()) {
      for (const time of times) time.log = { ...time.log, asked: latestAsked(time.entries, asked) };
    }
  }

  /** The log as it is at this point of the walk. */
  current(world: string): Log {
    return this.#worlds.get(world)?.[this.#now.get(world) ?? 0]?.log ?? NOTHING;
  }

  /** The log of the time an epoch belongs to. */
  at(world: string, epoch: number): Log {
    return this.#worlds.get(world)?.findLast(({ from }) => from <= epoch)?.log ?? NOTHING;
  }

  /** The walk has come to where the world was restored. */
  restored(world: string): void {
    this.#now.set(world, (this.#now.get(world) ?? 0) + 1);
  }

  #times(world: string): Time[] {
    const times = this.#worlds.get(world) ?? [{ from: -Infinity, entries: [], numbers: new Map(), log: NOTHING }];
    this.#worlds.set(world, times);
    return times;
  }

  #add(line: Entry, say: Say): void {
    const time = this.#times(line.world).at(-1);
    if (time === undefined) return;
    const { entries, numbers } = time;
    const last = entries.at(-1);
    if (last !== undefined && line.n !== last.n + 1) {
      say("log contiguous", `${line.world}: entry ${line.n} after ${last.n}`);
    }
    for (const [audience, seq] of Object.entries(line.seq)) {
      // Old entries may have been dropped: then the first one left does not say where it stands.
      const before = last?.seq[audience] ?? (line.n === 1 ? 0 : seq);
      if (seq !== before && seq !== before + 1) {
        say("log contiguous", `${line.world}: ${audience} ${seq} after ${before} at entry ${line.n}`);
      }
    }
    const key = keyOf(line);
    const twin = line.session === "" ? undefined : numbers.get(key);
    if (twin !== undefined) say("once", `${key} stands at ${twin} and again at ${line.n}`);
    entries.push(line);
    numbers.set(key, line.n);
  }

  /** When each command that is stored in some time was first asked. */
  #firstAsked(lines: readonly HistoryLine[]): ReadonlyMap<string, number> {
    const asked = new Map<string, number>();
    lines.forEach((line, at) => {
      if (line.type !== "invoke" || line.call.type !== "command") return;
      const key = keyOf(line.call);
      const stored = this.#worlds.get(line.call.world)?.some(({ log }) => log.stored.has(key)) ?? false;
      if (stored && !asked.has(key)) asked.set(key, at);
    });
    return asked;
  }
}

export function keyOf(
  { world, session, lane, cseq }: Pick<CommandCall, "world" | "session" | "lane" | "cseq">,
): string {
  return `${world}/${session}/${lane}/${cseq}`;
}

function indexed(entries: readonly Entry[]): Log {
  const reached = new Map<string, Map<number, number>>();
  const stored = new Map<string, Entry>();
  for (const entry of entries) {
    for (const [audience, seq] of Object.entries(entry.seq)) {
      const of = reached.get(audience) ?? new Map<number, number>();
      reached.set(audience, of);
      if (!of.has(seq)) of.set(seq, entry.n);
    }
    if (entry.session !== "" && !stored.has(keyOf(entry))) stored.set(keyOf(entry), entry);
  }
  return { ...NOTHING, entries, reached, stored };
}

/** Per log number, when the last of the commands up to it was first asked. */
function latestAsked(entries: readonly Entry[], asked: ReadonlyMap<string, number>): ReadonlyMap<number, number> {
  const moments = new Map<number, number>();
  let latest = -1;
  for (const entry of entries) {
    latest = Math.max(latest, asked.get(keyOf(entry)) ?? -1);
    moments.set(entry.n, latest);
  }
  return moments;
}
