/** More than the server can do: what is let in stays quick, what is not is told so quickly, and afterwards all is well. */
import type { Player } from "../kit/players.ts";
import { type Ending, OpenSocket } from "./open_socket.ts";
import { spread } from "./process.ts";
import { type Row, row } from "./report.ts";

const SECONDS = 10;
const WARM_UP_MS = 3_000;
const BUSY_PAUSE_MS = 250;
const CALM_SECONDS = 8;
const BUCKET_MS = 500;
/** Answers within this are those of a server that has caught up. */
const NORMAL_MS = 50;

interface Sample {
  readonly ending: Ending;
  readonly ms: number;
  /** When it was answered. */
  readonly at: number;
}

/**
 * Measures the peak by a closed loop over one command of each player, then lets commands fall due at twice and five times
 * of it, then at half of it.
 */
export async function overload(players: readonly Player[]): Promise<readonly Row[]> {
  let samples: Sample[] = [];
  const sockets = new Array<OpenSocket>();
  let looping = true;
  for (const player of players) {
    const index = sockets.length;
    const ended = (ending: Ending, ms: number) => {
      const at = performance.now();
      samples.push({ ending, ms, at });
      // Who is turned away comes back later, as clients do.
      if (looping && ending === "busy") setTimeout(() => sockets[index]?.turn(performance.now()), BUSY_PAUSE_MS);
      else if (looping) sockets[index]?.turn(at);
    };
    sockets.push(await OpenSocket.open(player, ended));
    await player.client.close();
  }
  for (const socket of sockets) socket.turn(performance.now());
  await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS));
  samples = [];
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1_000));
  looping = false;
  const peak = Math.round(samples.filter(({ ending }) => ending === "stored").length / SECONDS);
  await quiet(sockets);
  const rows: Row[] = [row(`closed loop over ${players.length} players, the peak`, peak, "/s", 5_000, "more")];
  for (const times of [2, 5]) {
    samples = [];
    const { unsent, seconds } = await arrivals(sockets, peak * times, SECONDS);
    const stored = samples.filter(({ ending }) => ending === "stored");
    const busy = samples.filter(({ ending }) => ending === "busy");
    const other = samples.length - stored.length - busy.length;
    const at = `at ${times} times the peak`;
    rows.push(
      row(`throughput kept ${at}`, Math.round((stored.length / seconds / peak) * 100), "%", 90, "more"),
      row(`p99 of what is let in ${at}`, spread(stored.map(({ ms }) => ms)).p99, "ms", 250, "less"),
      row(`p99 of refusals ${at} (${busy.length} refused)`, spread(busy.map(({ ms }) => ms)).p99, "ms", 50, "less"),
      row(`answers of another kind, and not sent, ${at}`, other + unsent, "", 0, "less"),
    );
  }
  samples = [];
  const from = performance.now();
  await arrivals(sockets, peak / 2, CALM_SECONDS);
  rows.push(row("normal again at half the peak after", secondsToNormal(samples, from), "s", 5, "less"));
  await Promise.all(sockets.map((socket) => socket.close()));
  return rows;
}

/** Commands fall due at a fixed rate, round the sockets; waits for what is under way at the end. */
async function arrivals(
  sockets: readonly OpenSocket[],
  rate: number,
  forSeconds: number,
): Promise<{ readonly unsent: number; readonly seconds: number }> {
  const start = performance.now();
  const total = Math.round(rate * forSeconds);
  let unsent = 0;
  for (let i = 0; i < total;) {
    const due = start + (i * 1000) / rate;
    if (due > performance.now()) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      continue;
    }
    if (sockets[i % sockets.length]?.turn(due) !== true) unsent += 1;
    i += 1;
    // Answers are heard between sends, however late the sender is.
    if (i % 64 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  }
  const seconds = (performance.now() - start) / 1000;
  await quiet(sockets);
  return { unsent, seconds };
}

/** Waits until everything is answered, at most ten seconds. */
async function quiet(sockets: readonly OpenSocket[]): Promise<void> {
  for (const until = performance.now() + 10_000; performance.now() < until;) {
    if (sockets.every(({ underWay }) => underWay === 0)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Seconds until no command is turned away and all are quick, to the end. */
function secondsToNormal(samples: readonly Sample[], from: number): number {
  let normal = 0;
  for (let bucket = 0; bucket * BUCKET_MS < CALM_SECONDS * 1000; bucket++) {
    const begins = from + bucket * BUCKET_MS;
    const some = samples.filter(({ at }) => at >= begins && at < begins + BUCKET_MS);
    const calm = some.every(({ ending }) => ending === "stored") && spread(some.map(({ ms }) => ms)).p99 <= NORMAL_MS;
    if (!calm) normal = (bucket + 1) * BUCKET_MS;
  }
  return normal / 1000;
}
