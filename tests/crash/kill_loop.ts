/**
 * Kills the real server at random moments, also while it starts, under socket clients that retry and resume. Then every promise is
 * checked: by asking the last server, by reading the log it leaves when it too is killed, and by the history all clients wrote.
 */
import { hashOf, type HashValue } from "../../engine/view/hash.ts";
import { rngAt } from "../../engine/core/rng.ts";
import { rpc } from "../kit/client.ts";
import { History } from "../kit/history.ts";
import { checkHistory } from "../kit/history_check.ts";
import { CALM, type RunningServer, type ServerOptions, startServer } from "../kit/server.ts";
import { checkLog, type LaneTold } from "./check_log.ts";
import { delay, play, type Seat, settle, sitDown } from "./seat.ts";

export interface KillLoopOptions {
  readonly kills: number;
  /** Two clients sit in each world. */
  readonly worlds: number;
  /** 32 hex digits: which moments and which commands. */
  readonly seed: string;
  readonly data: string;
  /** Longest time between two kills, in ms. */
  readonly longestMs: number;
  readonly server?: Partial<ServerOptions>;
}

export interface KillLoopReport {
  readonly kills: number;
  /** How many of the kills met a server that was not ready yet. */
  readonly whileStarting: number;
  readonly clients: number;
  readonly acknowledged: number;
  /** How often a code refused a command. */
  readonly refused: Readonly<Record<string, number>>;
  readonly resumed: number;
  /** From when the next server was ready until a client had all of its streams again, in ms. */
  readonly outage: { readonly median: number; readonly longest: number };
  /** Entries in the logs that were read from the store after the last kill. */
  readonly entries: number;
  readonly historyLines: number;
  /** One line for each broken promise; empty when all were kept. */
  readonly broken: readonly string[];
}

/** A client thinks this long at most between two commands, so that fifty do not keep one machine from anything else. */
const THINK_MS = 60;
/** Answers that are asked for again at the end; a lane keeps 64. */
const ASKED_AGAIN = 40;

export async function killLoop(options: KillLoopOptions): Promise<KillLoopReport> {
  const history = new History();
  const { seats, whileStarting, broken } = await run(options, history);

  const log = await checkLog(options.data, seats.map(toldTo));
  for (const line of log.lines) history.write(line);
  const violations = checkHistory(history.lines).map(({ promise, what }) => `${promise}: ${what}`);
  const outages = seats.flatMap((seat) => seat.outages).sort((a, b) => a - b);
  return {
    kills: options.kills,
    whileStarting,
    clients: seats.length,
    acknowledged: seats.reduce((all, seat) => all + seat.player.answers.size, 0),
    refused: addUp(seats.map((seat) => seat.refusals)),
    resumed: outages.length,
    outage: { median: Math.round(outages[outages.length >> 1] ?? 0), longest: Math.round(outages.at(-1) ?? 0) },
    entries: log.lines.length,
    historyLines: history.lines.length,
    broken: [...broken, ...log.broken, ...violations],
  };
}

interface Run {
  readonly seats: readonly Seat[];
  readonly whileStarting: number;
  readonly broken: readonly string[];
}

/** Plays and kills, then asks the last server about what was told, and kills that one too. */
async function run(
  { seed, data, kills, worlds, longestMs, ...options }: KillLoopOptions,
  history: History,
): Promise<Run> {
  const dice = rngAt(seed, "kill-loop").dice();
  const start = (more: Partial<ServerOptions>) => startServer({ ...options.server, data, env: CALM, ...more });
  let server = await start({});
  const times = { readyAt: performance.now() };
  try {
    const { port, url } = server;
    const seats = (await Promise.all(Array.from({ length: worlds }, (_, i) => sitDown(url, i, history, times)))).flat();
    const finished = new AbortController();
    const failed = Promise.all(
      seats.map((seat, i) => play(seat, rngAt(seed, `player/${i}`).dice(), finished.signal, THINK_MS)),
    );

    let whileStarting = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      await Promise.race([failed, delay(dice.int(50, longestMs))]);
      history.write({ type: "restart", how: "SIGKILL" });
      await server.kill();
      // One start in five is cut short: recovery itself may be interrupted.
      if (kill + 1 < kills && dice.int(1, 5) === 1) {
        kill += 1;
        if (await startAndKill((signal) => start({ port, signal }), dice.int(10, 600))) whileStarting += 1;
      }
      server = await start({ port });
      times.readyAt = performance.now();
    }
    finished.abort();
    await failed;
    await Promise.all(seats.map(settle));
    const broken = (await Promise.all(seats.map((seat, i) => askAgain(seat, seats[i ^ 1])))).flat();
    await Promise.all(seats.map((seat) => seat.player.client.close()));
    return { seats, whileStarting, broken };
  } finally {
    await server.kill();
  }
}

/** Starts a server and kills it after `ms` or as soon as it is ready; answers whether it was not ready yet. */
async function startAndKill(start: (signal: AbortSignal) => Promise<RunningServer>, ms: number): Promise<boolean> {
  const cut = new AbortController();
  const timer = setTimeout(() => cut.abort(), ms);
  try {
    await (await start(cut.signal)).kill();
    return false;
  } catch (error) {
    if (!cut.signal.aborted) throw error;
    return true;
  } finally {
    clearTimeout(timer);
  }
}

function toldTo({ name, player, refused }: Seat): LaneTold {
  const { client, world, sent, answers } = player;
  const stream = client.stream(world);
  const seen = stream === undefined ? {} : { seen: { seq: stream.seq, view: stream.view } };
  return { name, token: client.options.token, world, sent, answers, refused, ...seen };
}

function addUp(counts: readonly ReadonlyMap<string, number>[]): Readonly<Record<string, number>> {
  const all: Record<string, number> = {};
  for (const one of counts) for (const [code, times] of one) all[code] = (all[code] ?? 0) + times;
  return all;
}

/** What one seat was told, asked again of the last server. */
async function askAgain({ name, player, said, heard }: Seat, other: Seat | undefined): Promise<readonly string[]> {
  const { client, world } = player;
  const broken = [...client.desyncs.map((line) => `${name}: desync ${line}`)];
  for (const [cseq, answer] of [...player.answers].slice(-ASKED_AGAIN)) {
    const { method, params } = player.sent.get(cseq) ?? { method: "", params: {} };
    const again = await client.call(method, { world, cseq, ...params });
    if (JSON.stringify(again) !== JSON.stringify(answer)) broken.push(`${name}: answer ${cseq} changed`);
  }
  const spoken = new Set([...said, ...(other?.said ?? [])]);
  await client.until(() => [...spoken].every((text) => heard.has(text)));
  for (const text of spoken) {
    if (heard.get(text) !== 1) broken.push(`${name}: heard "${text}" ${heard.get(text) ?? 0} times`);
  }
  const state = await rpc(client.url, "getGameState", { world }, client.options.token);
  const mine = client.stream(world);
  if (mine && mine.seq === state.seq && hashOf(mine.view) !== hashOf(state.view as HashValue)) {
    broken.push(`${name}: view differs at seq ${mine.seq}`);
  }
  return broken;
}
