/** Loads through the socket: closed loops, open arrivals, idle sockets. The load generator shares the machine with the server. */
import { createPlayer, type Player } from "../kit/players.ts";
import { type LeanPlayer, leanPlayer } from "./lean_player.ts";
import { GameClient, type JsonRecord } from "../kit/client.ts";
import { processUse, spread } from "./process.ts";

export interface LoadResult {
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Seconds of server CPU per second of the clock; 1 = one core. */
  readonly serverCpu: number;
  /** Resident megabytes of the server at the end. */
  readonly serverMemory: number;
  readonly errors: number;
}

/** Worlds of one player each, subscribed to their stream. Made a few at a time, so that setting up is no flood. */
export async function createWorlds(url: string, count: number): Promise<readonly Player[]> {
  const players: Player[] = [];
  for (let i = 0; i < count; i += 25) {
    const some = Array.from(
      { length: Math.min(25, count - i) },
      (_, k) => createPlayer({ url, name: `Load ${i + k}`, verify: false }),
    );
    players.push(...await Promise.all(some));
  }
  return players;
}

/** As many lean players, each in a world of its own and subscribed to its stream. */
export async function createLeanPlayers(url: string, count: number): Promise<readonly LeanPlayer[]> {
  const players = await createWorlds(url, count);
  const lean = await Promise.all(players.map(leanPlayer));
  await Promise.all(players.map((player) => player.client.close()));
  return lean;
}

async function turn(player: Player): Promise<void> {
  await player.command("turn", { to: "left" });
}

/** Every player keeps exactly one durable command in flight for `seconds`. */
export async function closedLoop(players: readonly LeanPlayer[], pid: number, seconds: number): Promise<LoadResult> {
  const samples: number[] = [];
  let errors = 0;
  const before = await processUse(pid);
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(players.map(async (player) => {
    while (performance.now() < end) {
      const from = performance.now();
      await player.turn().catch(() => errors += 1);
      samples.push(performance.now() - from);
    }
  }));
  return await summarise(samples, errors, pid, before.cpu, (performance.now() - start) / 1000);
}

/** Commands fall due at a fixed rate whatever the answers do; a late answer counts from when the call was due. */
export async function openArrivals(
  players: readonly LeanPlayer[],
  pid: number,
  rate: number,
  seconds: number,
): Promise<LoadResult> {
  const samples: number[] = [];
  const under: Promise<unknown>[] = [];
  let errors = 0;
  const before = await processUse(pid);
  const start = performance.now();
  const total = rate * seconds;
  for (let i = 0; i < total;) {
    const due = start + (i * 1000) / rate;
    const now = performance.now();
    if (due > now) {
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, due - now)));
      continue;
    }
    const player = players[i % players.length];
    if (player) under.push(player.turn().catch(() => errors += 1).then(() => samples.push(performance.now() - due)));
    i += 1;
  }
  await Promise.all(under);
  return await summarise(samples, errors, pid, before.cpu, (performance.now() - start) / 1000);
}

async function summarise(
  samples: readonly number[],
  errors: number,
  pid: number,
  cpuBefore: number,
  seconds: number,
): Promise<LoadResult> {
  const after = await processUse(pid);
  return {
    perSecond: Math.round((samples.length - errors) / seconds),
    ...spread(samples),
    serverCpu: Math.round(((after.cpu - cpuBefore) / seconds) * 100) / 100,
    serverMemory: Math.round(after.memory),
    errors,
  };
}

/** Mean bytes of a stream message of one move-like act, as sent. */
export async function bytesPerMessage(player: Player, acts: number): Promise<number> {
  const sizes: number[] = [];
  const listener = new GameClient(player.client.url, {
    ...player.client.options,
    onMessage: (message: JsonRecord) => {
      if (message.method === "stream.message") sizes.push(new TextEncoder().encode(JSON.stringify(message)).length);
    },
  });
  await listener.connect();
  await listener.subscribe(player.world);
  for (let i = 0; i < acts; i += 1) await turn(player);
  await listener.until(() => sizes.length >= acts);
  await listener.close();
  return Math.round(sizes.reduce((all, one) => all + one, 0) / sizes.length);
}

/** Connections one session may hold. */
const PER_SESSION = 8;

/** Opens `count` sockets of signed-in guests that say nothing, and tells what the server's memory is then. */
export async function idleSockets(
  url: string,
  pid: number,
  count: number,
): Promise<{ readonly sockets: number; readonly megabytes: number }> {
  const clients: GameClient[] = [];
  while (clients.length < count) {
    const guests = Math.ceil(Math.min(48, count - clients.length) / PER_SESSION);
    await Promise.all(Array.from({ length: guests }, async (_, i) => {
      const first = await GameClient.guest(url, `Idle ${clients.length + i}`, { verify: false });
      const more = Array.from({ length: PER_SESSION - 1 }, () => new GameClient(url, first.options));
      for (const client of [first, ...more]) {
        await client.connect();
        clients.push(client);
      }
    }));
  }
  const { memory } = await processUse(pid);
  await Promise.all(clients.map((client) => client.close()));
  return { sockets: clients.length, megabytes: Math.round(memory) };
}
