/** What the fault tests share: a real server on a data directory of its own, a crowd of players, and the check that nothing was lost. */
import { assertEquals } from "@std/assert";
import { hashOf, type HashValue } from "../../engine/view/hash.ts";
import { GameClient, LinkLost, rpc, RpcError } from "../kit/client.ts";
import { createPlayer, insist, type Player } from "../kit/players.ts";
import { CALM, type RunningServer, type ServerOptions, startServer } from "../kit/server.ts";

/** Runs a real server on a fresh data directory, stops it politely and takes the directory away. */
export async function withServer(
  options: Omit<ServerOptions, "data" | "command"> & {
    /** Puts something in front of the server's command line. */
    readonly command?: (data: string) => readonly string[];
  },
  run: (server: RunningServer, data: string) => Promise<void>,
): Promise<void> {
  const data = await Deno.makeTempDir({ prefix: "goldbox-faults-" });
  const { command, ...rest } = options;
  try {
    const server = await startServer({
      ...rest,
      data,
      ...(command === undefined ? {} : { command: command(data) }),
      env: { ...CALM, ...options.env },
    });
    try {
      await run(server, data);
    } finally {
      await server.stop();
    }
  } finally {
    await Deno.remove(data, { recursive: true });
  }
}

/** Players with a world each, subscribed to it; not all come in at once, which would be a load of its own. */
export async function seatCrowd(url: string, count: number): Promise<readonly Player[]> {
  const players: Player[] = [];
  while (players.length < count) {
    const names = Array.from(
      { length: Math.min(25, count - players.length) },
      (_, i) => `Player ${players.length + i}`,
    );
    players.push(...await Promise.all(names.map((name) => createPlayer({ url, name }))));
  }
  return players;
}

/** One command, asked for until it is done; the line must hold meanwhile. */
export async function turn(player: Player, to: "left" | "right" = "left"): Promise<void> {
  await insist(player, () => Promise.reject(new LinkLost("The line was cut")), "turn", { to });
}

/** The code an answer was refused with; "ok" when it was not. */
export async function codeOf(answer: Promise<unknown>): Promise<string> {
  try {
    await answer;
    return "ok";
  } catch (error) {
    if (error instanceof RpcError) return error.code;
    throw error;
  }
}

/** Every command acknowledged is in the log once, every message came once and fits, the view is the server's. */
export async function checkNothingLost({ client, world, answers, sent }: Player): Promise<void> {
  for (const [cseq, answer] of [...answers].slice(-40)) {
    const { method, params } = sent.get(cseq) ?? { method: "", params: {} };
    assertEquals(await client.call(method, { world, cseq, ...params }), answer, `answer ${cseq} in ${world}`);
  }
  const state = await rpc(client.url, "getGameState", { world }, client.options.token);
  await client.until(() => (client.stream(world)?.seq ?? 0) >= Number(state.seq));
  const stream = client.stream(world);
  assertEquals(client.desyncs, []);
  assertEquals([...stream?.messages.values() ?? []].filter((times) => times !== 1), []);
  assertEquals(hashOf(stream?.view ?? null), hashOf(state.view as HashValue));
}

/** Resident bytes of a process. */
export async function residentBytes(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1_024;
}

/** Asks again and again until it is true, at most for so long; the last value is given back either way. */
export async function eventually(ask: () => boolean | Promise<boolean>, forMs = 10_000): Promise<boolean> {
  for (const until = performance.now() + forMs; performance.now() < until;) {
    if (await ask()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return await ask();
}

/** Another socket of a player's session, resumed nowhere yet. */
export function secondTab({ client }: Player): GameClient {
  return new GameClient(client.url, client.options);
}

export async function statusOf(url: string): Promise<number> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  await response.body?.cancel();
  return response.status;
}
