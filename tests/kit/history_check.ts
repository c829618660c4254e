/** Checks a history of `history.ts` in time linear in its length. */
import type { CommandCall, HistoryLine, QueryCall } from "./history.ts";
import { keyOf, type Log, Logs } from "./history_logs.ts";

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

interface Command {
  readonly call: CommandCall;
  readonly asked: number;
  /** Newest log number known to anybody when it was first asked; a restore makes what was known less. */
  known: number;
  answer?: Line<"ok"> | undefined;
  refusal?: string | undefined;
}

/** One violation per broken promise and place; empty when all were kept. */
export function checkHistory(lines: readonly HistoryLine[], { oneProcess = true }: CheckOptions = {}): Violation[] {
  const broken: Violation[] = [];
  const say = (promise: Violation["promise"], what: string) => void broken.push({ promise, what });

  const logs = new Logs(lines, say);
  const commands = new Map<string, Command>();
  const open = new Map<number, { readonly client: string; readonly call: CommandCall | QueryCall; need: number }>();
  /** Per world: newest log number somebody has been shown. */
  const known = new Map<string, number>();
  /** Per world and audience: newest stream number somebody was answered with. */
  const positions = new Map<string, { epoch: number; seq: number }>();
  const reads = new Map<string, number>();
  const digests = new Map<string, string>();

  /** Somebody has been shown a stream up to here at this moment. */
  function shown(
    at: number,
    { world, audience, epoch, seq }: { world: string; audience: string; epoch: number; seq: number },
    who: string,
  ): void {
    const log = logs.at(world, epoch);
    if (seq === 0) return;
    const n = log.reached.get(audience)?.get(seq);
    if (n === undefined) {
      return say("acknowledged is stored", `${who} was shown ${world} ${audience} ${seq}, which is not in the log`);
    }
    if ((log.asked.get(n) ?? -1) > at) {
      say("nothing before it was asked", `${who} was shown ${world} ${audience} ${seq} before it was asked for`);
    }
    learn(world, log, n);
  }

  /** What is shown late, of a time before a restore, is known to nobody in the new one. */
  function learn(world: string, log: Log, n: number): void {
    if (log === logs.current(world)) known.set(world, Math.max(known.get(world) ?? 0, n));
  }

  /** Whether two answers to one command have to be the same: they do, unless a restore took the first one back. */
  function sameTime(call: CommandCall, one: number, other: number): boolean {
    const before = logs.at(call.world, Math.min(one, other));
    const after = logs.at(call.world, Math.max(one, other));
    return before === after || before.stored.get(keyOf(call)) === after.stored.get(keyOf(call));
  }

  /** Whether an answer of some time is still true: a restore may have taken back what it told of. */
  function holds(call: CommandCall, epoch: number): boolean {
    const [then, now] = [logs.at(call.world, epoch), logs.current(call.world)];
    return then === now || then.stored.get(keyOf(call)) === now.stored.get(keyOf(call));
  }

  function acknowledged(at: number, line: Line<"ok">, client: string, call: CommandCall): void {
    const command = commands.get(keyOf(call));
    const name = nameOf(call);
    if (command === undefined) return;
    if (command.refusal !== undefined) {
      say("same answer again", `${name} was refused (${command.refusal}) and later acknowledged`);
    }
    const before = command.answer && sameTime(call, command.answer.epoch, line.epoch) ? command.answer : undefined;
    if (before !== undefined && (before.seq !== line.seq || before.epoch !== line.epoch)) {
      say("same answer again", `${name} was answered with seq ${before.seq}, then with ${line.seq}`);
    } else if (before?.digest !== undefined && line.digest !== undefined && before.digest !== line.digest) {
      say("same answer again", `${name} was given another answer the second time`);
    }
    command.answer = before ?? line;
    const log = logs.at(call.world, line.epoch);
    const entry = log.stored.get(keyOf(call));
    if (entry === undefined) {
      return say("acknowledged is stored", `${name}, acknowledged to ${client} at seq ${line.seq}, is not in the log`);
    }
    if (entry.seq["party"] !== line.seq || entry.epoch !== line.epoch) {
      say("acknowledged is stored", `${name} was answered with seq ${line.seq} but stands at ${entry.seq["party"]}`);
    }
    learn(call.world, log, entry.n);
    if ((log.asked.get(entry.n) ?? -1) > at) {
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
    shown(at, { world, audience, epoch: line.epoch, seq: line.seq }, who);
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
    shown(at, line, who);
  }

  /** Whoever was told something newer than what came back was told of another history. */
  function restored(world: string, n: number): void {
    realTime(world);
    const before = logs.current(world);
    logs.restored(world);
    const now = logs.current(world);
    known.set(world, Math.min(known.get(world) ?? 0, n));
    for (const [key, command] of commands) {
      // In the new log, but behind what came back, is what was asked for again.
      if (command.call.world !== world || (now.stored.get(key)?.n ?? Infinity) <= n) continue;
      command.known = Math.min(command.known, n);
      command.refusal = undefined;
      if (before.stored.has(key)) command.answer = undefined;
    }
  }

  /** No command stands before what was known when it was asked. */
  function realTime(world?: string): void {
    for (const [key, { call, known: before }] of commands) {
      if (world !== undefined && call.world !== world) continue;
      const entry = logs.current(call.world).stored.get(key);
      if (entry !== undefined && entry.n <= before) {
        say("real-time order", `${nameOf(call)} stands at ${entry.n}, but ${before} was known before it was asked`);
      }
    }
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
        if (command.answer !== undefined && holds(command.call, command.answer.epoch)) {
          say("same answer again", `${nameOf(asked.call)} was acknowledged and later refused (${line.code})`);
        } else if (logs.current(asked.call.world).stored.has(keyOf(asked.call))) {
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
      case "restored":
        return restored(line.world, line.n);
      case "restart":
      case "entry":
        return;
    }
  });

  realTime();
  return broken;
}

function nameOf({ world, session, lane, cseq }: CommandCall): string {
  return `command ${cseq} of ${session} lane ${lane} in ${world}`;
}

/** What a query asked now has to show of its stream: all that has been shown to anybody. */
function needed(logs: Logs, known: ReadonlyMap<string, number>, { world, audience }: QueryCall) {
  const n = known.get(world) ?? 0;
  const { entries } = logs.current(world);
  const first = entries[0]?.n ?? 1;
  return entries[n - first]?.seq[audience] ?? 0;
}
