/** Checks a history of `history.ts` in time linear in its length. */
import type { CommandCall, HistoryLine, QueryCall } from "./history.ts";

type Line<T extends HistoryLine["type"]> = Extract<HistoryLine, { type: T }>;

export const PROMISES = [
  "log contiguous",
  "once",
  "acknowledged is stored",
  "refused is not stored",
  "same answer again",
  "real-time order",
  "nothing before it was asked",
  "read your writes",
  "monotonic reads",
  "stream in order",
  "same message for all",
] as const;

export interface Violation {
  readonly promise: typeof PROMISES[number];
  readonly what: string;
}

export interface CheckOptions {
  /**
   * Whether every query has to see all that was acknowledged before it was asked: true for one process. Of several nodes
   * that is promised only up to a query's `minSeq`.
   */
  readonly oneProcess?: boolean;
}

/** The stored log of one world, and when what it holds was first asked. */
interface Log {
  readonly entries: Line<"entry">[];
  /** Per audience: log number that gave the stream its number. */
  readonly reached: Map<string, Map<number, number>>;
  /** By log number: latest moment at which any command up to it was first asked. */
  readonly asked: Map<number, number>;
}

interface Command {
  readonly call: CommandCall;
  readonly asked: number;
  /** Newest log number known to anybody when it was first asked. */
  readonly known: number;
  answer?: Line<"ok">;
  refusal?: string;
}

/** One violation per broken promise and place; empty when all were kept. */
export function checkHistory(lines: readonly HistoryLine[], { oneProcess = true }: CheckOptions = {}): Violation[] {
  const broken: Violation[] = [];
  const say = (promise: Violation["promise"], what: string) => void broken.push({ promise, what });

  const logs = readLogs(lines, say);
  const stored = byCommand(logs, say);
  const commands = new Map<string, Command>();
  const open = new Map<number, { readonly client: string; readonly call: CommandCall | QueryCall; need: number }>();
  /** Per world: newest log number somebody has been shown. */
  const known = new Map<string, number>();
  /** Per world and audience: newest stream number somebody was answered with. */
  const positions = new Map<string, { epoch: number; seq: number }>();
  const reads = new Map<string, number>();
  const digests = new Map<string, string>();
  noteAsked(lines, logs, stored);

  /** Somebody has been shown a stream up to here at this moment. */
  function shown(at: number, world: string, audience: string, seq: number, who: string): void {
    const log = logs.get(world);
    if (seq === 0) return;
    const n = log?.reached.get(audience)?.get(seq);
    if (log === undefined || n === undefined) {
      return say("acknowledged is stored", `${who} was shown ${world} ${audience} ${seq}, which is not in the log`);
    }
    if ((log.asked.get(n) ?? -1) > at) {
      say("nothing before it was asked", `${who} was shown ${world} ${audience} ${seq} before it was asked for`);
    }
    known.set(world, Math.max(known.get(world) ?? 0, n));
  }

  function acknowledged(at: number, line: Line<"ok">, client: string, call: CommandCall): void {
    const command = commands.get(keyOf(call));
    const name = nameOf(call);
    if (command === undefined) return;
    if (command.refusal !== undefined) {
      say("same answer again", `${name} was refused (${command.refusal}) and later acknowledged`);
    }
    const before = command.answer;
    if (before !== undefined && (before.seq !== line.seq || before.epoch !== line.epoch)) {
      say("same answer again", `${name} was answered with seq ${before.seq}, then with ${line.seq}`);
    } else if (before?.digest !== undefined && line.digest !== undefined && before.digest !== line.digest) {
      say("same answer again", `${name} was given another answer the second time`);
    }
    command.answer ??= line;
    const entry = stored.get(keyOf(call));
    if (entry === undefined) {
      return say("acknowledged is stored", `${name}, acknowledged to ${client} at seq ${line.seq}, is not in the log`);
    }
    if (entry.seq["party"] !== line.seq || entry.epoch !== line.epoch) {
      say("acknowledged is stored", `${name} was answered with seq ${line.seq} but stands at ${entry.seq["party"]}`);
    }
    known.set(call.world, Math.max(known.get(call.world) ?? 0, entry.n));
    if ((logs.get(call.world)?.asked.get(entry.n) ?? -1) > at) {
      say("nothing before it was asked", `${name} stands behind commands that were asked after its answer`);
    }
  }

  function read(at: number, line: Line<"ok">, client: string, call: QueryCall, need: number): void {
    const { world, audience, minSeq } = call;
    const who = `${client}'s query of ${world} ${audience}`;
    if (minSeq !== undefined && line.seq < minSeq) {
      say("read your writes", `${who} with minSeq ${minSeq} was answered from seq ${line.seq}`);
    }
    if (oneProcess && line.seq < need) {
      say("read your writes", `${who} was answered from seq ${line.seq} though ${need} had been shown before`);
    }
    const key = `${client}/${world}/${audience}/${line.epoch}`;
    const last = reads.get(key) ?? 0;
    if (line.seq < last && need >= last) say("monotonic reads", `${who} gave seq ${last}, then ${line.seq}`);
    reads.set(key, Math.max(last, line.seq));
    shown(at, world, audience, line.seq, who);
  }

  function hear(at: number, line: Line<"heard">): void {
    const { client, kind, world, audience, epoch, seq, digest } = line;
    const key = `${client}/${world}/${audience}`;
    const who = `${client} on ${world} ${audience}`;
    const last = positions.get(key);
    const same = last !== undefined && last.epoch === epoch;
    if (last !== undefined && epoch < last.epoch) say("stream in order", `${who}: epoch ${last.epoch}, then ${epoch}`);
    if (kind === "snapshot") {
      if (same && seq < last.seq) say("monotonic reads", `${who}: snapshot at ${seq} after message ${last.seq}`);
    } else if (kind === "message") {
      if (!same) say("stream in order", `${who}: message ${seq} without a snapshot`);
      else if (seq !== last.seq + 1) say("stream in order", `${who}: message ${seq} after ${last.seq}`);
    } else if (!same || seq !== last.seq) {
      say("stream in order", `${who}: resumed at ${seq} but stands at ${last?.seq}`);
    }
    positions.set(key, { epoch, seq });
    if (digest !== undefined && kind !== "resumed") {
      const one = `${kind}/${world}/${audience}/${epoch}/${seq}`;
      const other = digests.get(one);
      if (other !== undefined && other !== digest) say("same message for all", `${who}: ${kind} ${seq} differs`);
      digests.set(one, digest);
    }
    shown(at, world, audience, seq, who);
  }

  lines.forEach((line, at) => {
    switch (line.type) {
      case "invoke": {
        const { op, client, call } = line;
        open.set(op, { client, call, need: call.type === "query" ? needed(logs, known, call) : 0 });
        if (call.type === "command" && !commands.has(keyOf(call))) {
          commands.set(keyOf(call), { call, asked: at, known: known.get(call.world) ?? 0 });
        }
        return;
      }
      case "ok": {
        const asked = open.get(line.op);
        open.delete(line.op);
        if (asked?.call.type === "command") acknowledged(at, line, asked.client, asked.call);
        else if (asked?.call.type === "query") read(at, line, asked.client, asked.call, asked.need);
        return;
      }
      case "fail": {
        const asked = open.get(line.op);
        open.delete(line.op);
        if (asked?.call.type !== "command") return;
        const command = commands.get(keyOf(asked.call));
        if (command === undefined) return;
        if (command.answer !== undefined) {
          say("same answer again", `${nameOf(asked.call)} was acknowledged and later refused (${line.code})`);
        } else if (stored.has(keyOf(asked.call))) {
          say("refused is not stored", `${nameOf(asked.call)} was refused (${line.code}) but is in the log`);
        }
        command.refusal = line.code;
        return;
      }
      case "unknown":
        open.delete(line.op);
        return;
      case "heard":
        return hear(at, line);
      case "forget":
        positions.delete(`${line.client}/${line.world}/${line.audience}`);
        return;
      case "restart":
      case "entry":
        return;
    }
  });

  for (const { call, known: before } of commands.values()) {
    const entry = stored.get(keyOf(call));
    if (entry !== undefined && entry.n <= before) {
      say("real-time order", `${nameOf(call)} stands at ${entry.n}, but ${before} was known before it was asked`);
    }
  }
  return broken;
}

function keyOf({ world, session, lane, cseq }: Pick<CommandCall, "world" | "session" | "lane" | "cseq">): string {
  return `${world}/${session}/${lane}/${cseq}`;
}

function nameOf({ world, session, lane, cseq }: CommandCall): string {
  return `command ${cseq} of ${session} lane ${lane} in ${world}`;
}

type Say = (promise: Violation["promise"], what: string) => void;

/** The logs with the order of their numbers checked. */
function readLogs(lines: readonly HistoryLine[], say: Say): Map<string, Log> {
  const logs = new Map<string, Log>();
  for (const line of lines) {
    if (line.type !== "entry") continue;
    const log: Log = logs.get(line.world) ?? { entries: [], reached: new Map(), asked: new Map() };
    logs.set(line.world, log);
    const last = log.entries.at(-1);
    if (last !== undefined && line.n !== last.n + 1) {
      say("log contiguous", `${line.world}: entry ${line.n} after ${last.n}`);
    }
    for (const [audience, seq] of Object.entries(line.seq)) {
      // Old entries may have been dropped: then the first one left does not say where it stands.
      const before = last?.seq[audience] ?? (line.n === 1 ? 0 : seq);
      if (seq !== before && seq !== before + 1) {
        say("log contiguous", `${line.world}: ${audience} ${seq} after ${before} at entry ${line.n}`);
      }
      const reached = log.reached.get(audience) ?? new Map<number, number>();
      log.reached.set(audience, reached);
      if (!reached.has(seq)) reached.set(seq, line.n);
    }
    log.entries.push(line);
  }
  return logs;
}

/** Entries by the command they come from; the server's own have none. */
function byCommand(logs: ReadonlyMap<string, Log>, say: Say): Map<string, Line<"entry">> {
  const stored = new Map<string, Line<"entry">>();
  for (const { entries } of logs.values()) {
    for (const entry of entries) {
      if (entry.session === "") continue;
      const key = keyOf(entry);
      const twin = stored.get(key);
      if (twin !== undefined) say("once", `${key} stands at ${twin.n} and again at ${entry.n}`);
      else stored.set(key, entry);
    }
  }
  return stored;
}

/** Fills in, per log number, when the last of the commands up to it was first asked. */
function noteAsked(
  lines: readonly HistoryLine[],
  logs: ReadonlyMap<string, Log>,
  stored: ReadonlyMap<string, unknown>,
) {
  const asked = new Map<string, number>();
  lines.forEach((line, at) => {
    if (line.type !== "invoke" || line.call.type !== "command") return;
    const key = keyOf(line.call);
    if (stored.has(key) && !asked.has(key)) asked.set(key, at);
  });
  for (const log of logs.values()) {
    let latest = -1;
    for (const entry of log.entries) {
      latest = Math.max(latest, asked.get(keyOf(entry)) ?? -1);
      log.asked.set(entry.n, latest);
    }
  }
}

/** What a query asked now has to show of its stream: all that has been shown to anybody. */
function needed(logs: ReadonlyMap<string, Log>, known: ReadonlyMap<string, number>, { world, audience }: QueryCall) {
  const n = known.get(world) ?? 0;
  const log = logs.get(world);
  const first = log?.entries[0]?.n ?? 1;
  return log?.entries[n - first]?.seq[audience] ?? 0;
}
