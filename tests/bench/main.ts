/** `deno task bench`: measures the real server and the rules alone, and writes docs/PERFORMANCE.md with the machine. */
import { CALM, startServer } from "../kit/server.ts";
import { machine } from "../kit/section.ts";
import { buildIfStale } from "../../tools/build_web.ts";
import { levelTimes, publishTimes, roundTimes } from "./engine.ts";
import {
  bytesPerMessage,
  closedLoop,
  createLeanPlayers,
  createWorlds,
  idleSockets,
  type LoadResult,
  openArrivals,
} from "./load.ts";
import { spread } from "./process.ts";
import { render, type Row, row } from "./report.ts";
import { clientBytes } from "./bundle.ts";
import { backupRows, measureBackups } from "./backup.ts";
import { profileServer } from "./profile.ts";
import { growth } from "./growth.ts";
import { STRESS } from "./stress.ts";

const SECONDS = 15;
const WARM_UP = 3;
const OPEN_RATES = [1000, 2500] as const;
const IDLE = 10_000;

async function loads(): Promise<
  { readonly loads: readonly (readonly [string, LoadResult])[]; readonly rows: readonly Row[] }
> {
  const data = await Deno.makeTempDir({ prefix: "goldbox-bench-" });
  const started = performance.now();
  const server = await startServer({ data, env: CALM });
  const startUp = Math.round(performance.now() - started);
  try {
    const players = await createLeanPlayers(server.url, 500);
    await closedLoop(players, server.pid, WARM_UP);
    const few = await closedLoop(players.slice(0, 50), server.pid, SECONDS);
    const many = await closedLoop(players, server.pid, SECONDS);
    const [calm, busy] = OPEN_RATES;
    const open = await openArrivals(players, server.pid, calm, SECONDS);
    const peak = await openArrivals(players, server.pid, busy, SECONDS);
    await Promise.all(players.map((player) => player.close()));
    const [watched] = await createWorlds(server.url, 1);
    if (!watched) throw new Error("There is no player");
    const bytes = await bytesPerMessage(watched, 50);
    await watched.client.close();
    return {
      loads: [
        ["closed loop, 50 worlds", few],
        ["closed loop, 500 worlds", many],
        [`open arrivals, ${calm}/s over 500 worlds`, open],
        [`open arrivals, ${busy}/s over 500 worlds`, peak],
      ],
      rows: [
        row("durable commands, closed loop, 500 worlds", many.perSecond, "/s", 5000, "more"),
        row(`p99 at open arrivals of ${calm}/s`, open.p99, "ms", 25, "less"),
        row(`p99 at open arrivals of ${busy}/s`, peak.p99, "ms", 25, "less"),
        row("bytes of a stream message (turn)", bytes, "B", 1000, "less"),
        row("start until ready, empty store", startUp, "ms", 1000, "less"),
      ],
    };
  } finally {
    await server.stop();
    await Deno.remove(data, { recursive: true });
  }
}

async function idle(): Promise<Row> {
  const data = await Deno.makeTempDir({ prefix: "goldbox-idle-" });
  const server = await startServer({ data, env: CALM });
  try {
    const { sockets, megabytes } = await idleSockets(server.url, server.pid, IDLE);
    return row(`memory with ${sockets} idle sockets`, megabytes, "MB", 450, "less");
  } finally {
    await server.stop();
    await Deno.remove(data, { recursive: true });
  }
}

function engine(): readonly Row[] {
  roundTimes(10);
  levelTimes(10);
  const round = spread(roundTimes(40));
  const level = spread(levelTimes(100));
  const publish = spread(publishTimes(2000));
  return [
    row("combat round, 6 against 10 with AI, p95", round.p95, "ms", 20, "less"),
    row("level generation with validation, p95", level.p95, "ms", 50, "less"),
    row("view, patch and hash after a step, p95", publish.p95, "ms", 1, "less"),
  ];
}

async function stress(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [name, run] of Object.entries(STRESS)) {
    try {
      rows.push(...await run());
    } catch (fault) {
      const why = fault instanceof Error ? fault.message : String(fault);
      rows.push({ what: name, figure: `not finished: ${why.slice(0, 120)}`, mark: "to finish", met: false });
    }
  }
  return rows;
}

await buildIfStale();
const rules = engine();
const socket = await loads();
const profile = await profileServer();
const tables: [title: string, rows: readonly Row[]][] = [[
  "Play",
  [...socket.rows, await idle(), ...rules, row("client script, brotli", await clientBytes(), "KB", 60, "less")],
]];
await write();
const parts: readonly (readonly [title: string, measure: () => Promise<readonly Row[]>])[] = [
  ["A bad day", stress],
  ["Backups during play", async () => backupRows(await measureBackups())],
  ["Grown stores", growth],
];
for (const [title, measure] of parts) {
  tables.push([title, await measure()]);
  await write();
}

/** After each part, so that one that is cut short keeps what was measured. */
async function write(): Promise<void> {
  const text = render({
    machine: await machine(),
    date: new Date().toISOString().slice(0, 10),
    tables,
    loads: socket.loads,
    profile,
  });
  const page = new URL("../../docs/PERFORMANCE.md", import.meta.url);
  await Deno.writeTextFile(page, text);
  await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", page.pathname] }).output();
  console.log(text);
}
