/** Reads the store of a server that is gone and compares its logs with what clients were told: nothing acknowledged lost or doubled. */
import { hashOf, type HashValue } from "../../engine/view/hash.ts";
import type { EnginePort } from "../../host/engine_port.ts";
import { loadWorld } from "../../host/load_world.ts";
import { createRules } from "../../host/rules.ts";
import { hashOf as tokenHash } from "../../host/session.ts";
import { verifyWorld } from "../../cli/verify_world.ts";
import { openStore } from "../../kv/mod.ts";
import type { LogEntry, Store } from "../../kv/ports.ts";
import type { JsonRecord } from "../kit/client.ts";
import { entryLine, type HistoryLine } from "../kit/history.ts";

/** What one client asked in its world and was told. */
export interface LaneTold {
  readonly name: string;
  readonly token: string;
  readonly world: string;
  readonly sent: ReadonlyMap<number, { readonly method: string }>;
  readonly answers: ReadonlyMap<number, JsonRecord>;
  /** Numbers refused with a code after which the client goes on to the next: they may not be in the log. */
  readonly refused: ReadonlySet<number>;
  /** The view the client holds, and where. */
  readonly seen?: { readonly seq: number; readonly view: HashValue };
}

export interface LogReport {
  /** Every entry, as the history checker wants it: sessions by their client's name. */
  readonly lines: readonly HistoryLine[];
  /** One line for each broken promise. */
  readonly broken: readonly string[];
}

/** Opens the store of a data directory whose server is gone, and checks every world and every client's lane in it. */
export async function checkLog(data: string, lanes: readonly LaneTold[]): Promise<LogReport> {
  const opened = await openStore({ directory: data, existing: true, version: "test", now: () => Date.now() });
  try {
    const worlds = [...new Set(lanes.map(({ world }) => world))];
    const broken: string[] = [];
    const lines: HistoryLine[] = [];
    for (const world of worlds) {
      const found = await checkWorld(opened.store, createRules(), world, lanes.filter((one) => one.world === world));
      broken.push(...found.broken);
      lines.push(...found.lines);
    }
    return { lines, broken };
  } finally {
    await opened.close(true);
  }
}

async function checkWorld(
  store: Store,
  engine: EnginePort,
  world: string,
  lanes: readonly LaneTold[],
): Promise<LogReport> {
  const loaded = await loadWorld(store, engine, world);
  if (loaded === undefined) return { lines: [], broken: [`${world} is gone`] };
  const { n } = loaded.head;
  const log = await store.readEntries(world, 1, n);
  const { fault } = await verifyWorld(store, engine, world);
  const broken = [...(fault === undefined ? [] : [`${world}: ${fault}`]), ...checkNumbers(world, log)];
  const names = new Map<string, string>();
  for (const lane of lanes) {
    const session = (await store.readSession(tokenHash(lane.token)))?.value.id;
    if (session === undefined) broken.push(`${lane.name}: its session is gone`);
    else {
      names.set(session, lane.name);
      broken.push(...checkLane(lane, log.filter((entry) => entry.session === session)));
    }
    const { seen } = lane;
    if (seen !== undefined && seen.seq > (loaded.position.seq.party ?? 0)) {
      broken.push(`${lane.name}: saw message ${seen.seq}, but the log ends at ${loaded.position.seq.party}`);
    }
    if (seen?.seq === loaded.position.seq.party) {
      const view = engine.view(loaded.position.state, "party");
      if (hashOf(view as unknown as HashValue) !== hashOf(seen.view)) {
        broken.push(`${lane.name}: view differs at the end`);
      }
    }
  }
  const named = (entry: LogEntry) => ({ ...entry, session: names.get(entry.session) ?? entry.session });
  return { lines: log.map((entry) => entryLine(world, named(entry))), broken };
}

/** Numbers of log and streams rise by one, time never falls. */
function checkNumbers(world: string, log: readonly LogEntry[]): readonly string[] {
  const broken: string[] = [];
  log.forEach((entry, i) => {
    const before = log[i - 1];
    if (entry.n !== i + 1) broken.push(`${world}: entry ${entry.n} stands at ${i + 1}`);
    if (entry.at < (before?.at ?? 0)) broken.push(`${world}: time falls at entry ${entry.n}`);
    for (const [audience, seq] of Object.entries(entry.seq)) {
      const step = seq - (before?.seq[audience] ?? 0);
      if (step !== 0 && step !== 1) broken.push(`${world}: ${audience} goes on by ${step} at entry ${entry.n}`);
    }
  });
  return broken;
}

/** Each number of a lane at most once and in order, each acknowledged one with the answer that was given, no refused one. */
function checkLane(lane: LaneTold, mine: readonly LogEntry[]): readonly string[] {
  const broken: string[] = [];
  const byCseq = new Map<number, LogEntry>();
  let last = 0;
  for (const entry of mine) {
    const { cseq } = entry;
    if (byCseq.has(cseq)) broken.push(`${lane.name}: ${cseq} happened twice, at ${byCseq.get(cseq)?.n} and ${entry.n}`);
    if (cseq <= last) broken.push(`${lane.name}: ${cseq} stands after ${last}`);
    if (lane.sent.get(cseq) === undefined) broken.push(`${lane.name}: ${cseq} was never sent`);
    if (lane.refused.has(cseq)) broken.push(`${lane.name}: ${cseq} was refused, but entry ${entry.n} has it`);
    byCseq.set(cseq, entry);
    last = cseq;
  }
  for (const [cseq, answer] of lane.answers) {
    const stored = byCseq.get(cseq)?.receipt?.answer;
    if (stored === undefined) broken.push(`${lane.name}: ${cseq} was acknowledged and is lost`);
    else if (JSON.stringify(stored) !== JSON.stringify(answer)) {
      broken.push(`${lane.name}: the answer to ${cseq} is another`);
    }
  }
  return broken;
}
