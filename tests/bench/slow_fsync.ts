/** Active play on a slow disk: 1,000 commands a second while each fsync takes 5 ms more. */
import { createSlowDisk } from "../faults/slow_disk.ts";
import { CALM, startServer } from "../kit/server.ts";
import { createWorlds } from "./load.ts";
import { type Ending, OpenSocket } from "./open_socket.ts";
import { spread } from "./process.ts";
import { type Row, row } from "./report.ts";

const WORLDS = 500;
const SECONDS = 15;

/** Starts a server of its own. Needs a C compiler. */
export async function slowFsync(ms = 5, rate = 1_000): Promise<readonly Row[]> {
  const disk = await createSlowDisk();
  const data = await Deno.makeTempDir({ prefix: "goldbox-slow-" });
  const server = await startServer({ data, env: { ...CALM, ...disk.env } });
  try {
    const players = await createWorlds(server.url, WORLDS);
    const times: number[] = [];
    let refused = 0;
    const ended = (ending: Ending, took: number) => ending === "stored" ? void times.push(took) : void refused++;
    const sockets = await Promise.all(players.map((player) => OpenSocket.open(player, ended)));
    await disk.delay(ms);
    const start = performance.now();
    for (let i = 0; i < rate * SECONDS;) {
      const due = start + (i * 1000) / rate;
      if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, 1));
      else sockets[i++ % WORLDS]?.turn(due);
    }
    while (sockets.some(({ underWay }) => underWay > 0)) await new Promise((resolve) => setTimeout(resolve, 20));
    const seconds = (performance.now() - start) / 1000;
    await disk.delay(0);
    await Promise.all([...sockets, ...players.map(({ client }) => client)].map((one) => one.close()));
    const { p99 } = spread(times);
    return [
      row(
        `durable commands, ${ms} ms added to each fsync (${refused} refused)`,
        Math.round(times.length / seconds),
        "/s",
        rate * 0.98,
        "more",
      ),
      row(`p99 at ${rate}/s with ${ms} ms added to each fsync`, p99, "ms", 25 + ms, "less"),
    ];
  } finally {
    await server.stop();
    await Promise.all([disk.remove(), Deno.remove(data, { recursive: true })]);
  }
}
