/**
 * `deno run -A tests/bench/profile.ts`: where a durable command's time goes in the server, by thread and by part of the
 * house, while 500 worlds play as fast as they can.
 */
import { z } from "zod";
import { CALM, serveCommand, startServer } from "../kit/server.ts";
import { closedLoop, createLeanPlayers } from "./load.ts";
import { type Cost, threadUse } from "./process.ts";

const WORLDS = 500;
const WARM_UP = 5;
const SECONDS = 8;
const MS = 1_000;

/** Whose time a moment is: that of the innermost function on the stack whose file matches; first match of a file wins. */
const PARTS: readonly (readonly [part: string, file: RegExp])[] = [
  ["rules: deciding and folding", /\/engine\/(?!view\/|mod)/],
  ["view, patch and hash", /\/engine\/view\//],
  ["encoding what is stored", /\/kv\/(codec|prepare|records)\.ts/],
  ["handing packs to the store", /\/kv\/|ext:deno_kv/],
  ["calls: reading, checking, answering", /\/routes\/|\/zod@|\/hono@/],
  ["metrics", /prom-client/],
  ["host: mailboxes, receipts, committer, streams", /\/host\/|\/cockatiel@/],
  ["sockets of the runtime", /ext:deno_(websocket|web)\//],
];

const profile = z.object({
  nodes: z.array(z.object({
    id: z.int(),
    callFrame: z.object({ functionName: z.string(), url: z.string() }),
    children: z.array(z.int()).default([]),
  })),
  samples: z.array(z.int()),
  timeDeltas: z.array(z.number()),
  endTime: z.number(),
});

export interface Profile {
  readonly perSecond: number;
  /** CPU of the server's threads for one command. */
  readonly threads: readonly Cost[];
  /** Time of its main thread for one command; idle time is what it waited. */
  readonly parts: readonly Cost[];
}

/** Starts a server under the profiler of its own engine, plays, and adds up what it wrote when it stopped. */
export async function profileServer(): Promise<Profile> {
  const data = await Deno.makeTempDir({ prefix: "goldbox-profile-" });
  try {
    const [program = "", run = "", ...rest] = serveCommand(data);
    const command = [program, run, "--cpu-prof", `--cpu-prof-dir=${data}/profile`, ...rest];
    const server = await startServer({ data, env: CALM, command });
    const players = await createLeanPlayers(server.url, WORLDS);
    await closedLoop(players, server.pid, WARM_UP);
    const before = await threadUse(server.pid);
    const { perSecond } = await closedLoop(players, server.pid, SECONDS);
    const after = await threadUse(server.pid);
    const ended = performance.now();
    await Promise.all(players.map((player) => player.close()));
    await server.stop();
    const since = performance.now() - ended;
    const commands = perSecond * SECONDS;
    const threads = [...after].map(([what, seconds]) => ({
      what,
      micros: Math.round((seconds - (before.get(what) ?? 0)) * MS * MS / commands),
    }));
    for await (const { name } of Deno.readDir(`${data}/profile`)) {
      const written = profile.parse(JSON.parse(await Deno.readTextFile(`${data}/profile/${name}`)));
      return { perSecond, threads, parts: partsOf(written, since, commands) };
    }
    throw new Error("The server wrote no profile");
  } finally {
    await Deno.remove(data, { recursive: true });
  }
}

/** `afterMs`: how long before the profile's end the last command was answered. */
function partsOf({ nodes, samples, timeDeltas, endTime }: z.output<typeof profile>, afterMs: number, commands: number) {
  const parts = new Map<number, string>();
  const above = new Map<number, number>();
  for (const { id, children } of nodes) for (const child of children) above.set(child, id);
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const partOf = (id: number): string => {
    const known = parts.get(id);
    if (known !== undefined) return known;
    const { functionName = "", url = "" } = frames.get(id) ?? {};
    const over = above.get(id);
    const part = functionName === "(garbage collector)"
      ? "garbage collection"
      : functionName === "(idle)"
      ? "idle"
      : PARTS.find(([, file]) => file.test(url))?.[0] ?? (over === undefined ? "the runtime itself" : partOf(over));
    parts.set(id, part);
    return part;
  };
  const to = endTime - afterMs * MS;
  const from = to - SECONDS * MS * MS;
  const micros = new Map<string, number>();
  let at = endTime - timeDeltas.reduce((sum, delta) => sum + delta, 0);
  for (const [i, id] of samples.entries()) {
    const delta = timeDeltas[i] ?? 0;
    at += delta;
    if (at < from || at > to) continue;
    const part = partOf(id);
    micros.set(part, (micros.get(part) ?? 0) + delta);
  }
  return [...micros].map(([what, all]) => ({ what, micros: Math.round(all / commands) }))
    .toSorted((a, b) => b.micros - a.micros);
}

if (import.meta.main) {
  const { perSecond, threads, parts } = await profileServer();
  console.log(`${perSecond} commands/s under the profiler`);
  for (const { what, micros } of [...threads, ...parts]) console.log(`${String(micros).padStart(6)} µs ${what}`);
}
