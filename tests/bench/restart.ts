/** A restart as players see it: from the signal until each of them plays again. */
import { turn } from "../faults/rig.ts";
import { CALM, startServer } from "../kit/server.ts";
import { createWorlds } from "./load.ts";
import { followWorld, forAll } from "./followers.ts";
import { type Row, row } from "./report.ts";

/** Ends a server of its own by `signal` while `count` players are in it, and starts it again as soon as it is gone. */
export async function restart(signal: "SIGTERM" | "SIGKILL", count = 200): Promise<readonly Row[]> {
  const data = await Deno.makeTempDir({ prefix: "goldbox-restart-" });
  let server = await startServer({ data, env: CALM });
  try {
    const players = await createWorlds(server.url, count);
    const followers = (await forAll(players, (player) => followWorld(player, 1), 20)).flat();
    for (let i = 0; i < 5; i++) await forAll(players, turn);
    const cut = Promise.all(followers.map((follower) => follower.closed.promise));
    const start = performance.now();
    const ended = signal === "SIGTERM" ? server.stop() : server.kill();
    const back = cut.then(() =>
      Promise.all(followers.map(async (follower) => {
        await follower.comeBack(Math.random);
        return performance.now() - start;
      }))
    );
    await ended;
    const downMs = performance.now() - start;
    const starting = performance.now();
    server = await startServer({ data, port: server.port, env: CALM });
    const startMs = performance.now() - starting;
    const times = await back;
    const faults = followers.reduce((all, { missed, doubled }) => all + missed + doubled, 0);
    await Promise.all(followers.map((follower) => follower.close()));
    const seconds = (ms: number) => Math.round(ms) / 1_000;
    return [
      row(`${signal}, ${count} players: all back after`, seconds(Math.max(...times)), "s", 3, "less"),
      row(`${signal}: until the process was gone`, seconds(downMs), "s", 3, "less"),
      row(`${signal}: from its start until it listens`, seconds(startMs), "s", 1, "less"),
      row(`${signal}: messages missed or doubled`, faults, "", 0, "less"),
    ];
  } finally {
    await server.stop();
    await Deno.remove(data, { recursive: true });
  }
}
