/** Backups while a thousand commands a second arrive: the longest time in which nobody was answered. */
import { z } from "zod";
import { rpc } from "../kit/client.ts";
import type { LeanPlayer } from "./lean_player.ts";
import { createLeanPlayers } from "./load.ts";
import { CALM, startServer } from "../kit/server.ts";
import { type Row, row } from "./report.ts";
import { spread } from "./process.ts";

const RATE = 1_000;
const WORLDS = 500;
const SECONDS = 10;
/** Commands of each world before it begins, so that there is something to copy. */
const BEFORE = 100;
/** Worlds that do so at once. */
const FEW = 50;

export interface BackupMeasure {
  /** Longest time between two answers without and during backups, and a command's own p99 and longest wait, ms. */
  readonly calm: Stall;
  readonly during: Stall;
  readonly backups: number;
  /** Longest backup with its verification, seconds, and its size, megabytes (10^6 bytes). */
  readonly seconds: number;
  readonly megabytes: number;
}

interface Stall {
  /** Commands answered by "busy": then the machine was not up to the load. */
  readonly refused: number;
  readonly silence: number;
  readonly p99: number;
  readonly longest: number;
}

/** Due at a fixed rate until told to stop; a late answer counts from when the command was due. */
async function arrivals(players: readonly LeanPlayer[], going: () => boolean): Promise<Stall> {
  const waits: number[] = [];
  const under: Promise<unknown>[] = [];
  const start = performance.now();
  let answered = start;
  let silence = 0;
  let refused = 0;
  for (let i = 0; going();) {
    const due = start + (i * 1_000) / RATE;
    const now = performance.now();
    if (due > now) {
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, due - now)));
      continue;
    }
    const player = players[i % players.length];
    i += 1;
    if (player === undefined) continue;
    const answer = player.turn().then(() => {
      const at = performance.now();
      silence = Math.max(silence, at - answered);
      answered = at;
      waits.push(at - due);
    }, () => void (refused += 1));
    under.push(answer);
  }
  await Promise.all(under);
  const round = (ms: number) => Math.round(ms * 10) / 10;
  return {
    refused,
    silence: round(silence),
    p99: spread(waits).p99,
    longest: round(waits.reduce((a, b) => Math.max(a, b), 0)),
  };
}

/** Measures a server of its own; takes about a minute. */
export async function measureBackups(): Promise<BackupMeasure> {
  const data = await Deno.makeTempDir({ prefix: "goldbox-bench-backup-" });
  const server = await startServer({ data, env: { ...CALM, GOLDBOX_BACKUP_EVERY: "off" } });
  try {
    const players = await createLeanPlayers(server.url, WORLDS);
    for (let from = 0; from < WORLDS; from += FEW) {
      await Promise.all(
        players.slice(from, from + FEW).map(async (player) => {
          for (let i = 0; i < BEFORE; i++) await player.turn();
        }),
      );
    }
    const until = performance.now() + SECONDS * 1_000;
    const calm = await arrivals(players, () => performance.now() < until);
    const made: { readonly bytes: number; readonly seconds: number }[] = [];
    let done = false;
    const backups = (async () => {
      const end = performance.now() + SECONDS * 1_000;
      while (performance.now() < end) made.push(await backUp(server.url, data));
      done = true;
    })();
    const during = await arrivals(players, () => !done);
    await backups;
    await Promise.all(players.map((player) => player.close()));
    return {
      calm,
      during,
      backups: made.length,
      seconds: Math.round(Math.max(...made.map(({ seconds }) => seconds)) * 10) / 10,
      megabytes: Math.round(Math.max(...made.map(({ bytes }) => bytes)) / 1e5) / 10,
    };
  } finally {
    await server.stop();
    await Deno.remove(data, { recursive: true });
  }
}

const job = z.looseObject({ job: z.string(), state: z.string(), why: z.string().optional(), result: z.unknown() });

async function backUp(url: string, data: string): Promise<{ readonly bytes: number; readonly seconds: number }> {
  const token = (await Deno.readTextFile(`${data}/admin.token`)).trim();
  const began = performance.now();
  let seen = job.parse({ result: null, ...await rpc(url, "admin.backupCreate", {}, token) });
  while (seen.state === "waiting" || seen.state === "running") {
    await new Promise((resolve) => setTimeout(resolve, 100));
    seen = job.parse({ result: null, ...await rpc(url, "admin.jobGet", { job: seen.job }, token) });
  }
  if (seen.state !== "done") throw new Error(`The backup failed: ${seen.why}`);
  const { bytes } = z.looseObject({ bytes: z.number() }).parse(seen.result);
  return { bytes, seconds: (performance.now() - began) / 1_000 };
}

/** The rows of the page of figures. */
export function backupRows({ calm, during, backups, seconds, megabytes }: BackupMeasure): readonly Row[] {
  const what = `${RATE}/s over ${WORLDS} worlds, ${backups} backups of ${megabytes} MB, ${seconds} s each at most`;
  return [
    row(`longest silence during backups (${what}; ${calm.silence} ms without)`, during.silence, "ms", 50, "less"),
    row(`p99 during backups (${calm.p99} ms without)`, during.p99, "ms", 25, "less"),
  ];
}

if (import.meta.main) console.log(await measureBackups());
