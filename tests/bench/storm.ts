/** Thousands of clients cut at once: how long until all have resumed, and whether each has had every message once. */
import { LinkLost } from "../kit/client.ts";
import { createPlayer, insist, type Player } from "../kit/players.ts";
import { CALM, startServer } from "../kit/server.ts";
import type { Follower } from "./follower.ts";
import { followWorld, forAll } from "./followers.ts";
import { seatOthers } from "./others.ts";
import { spread } from "./process.ts";
import { type Row, row } from "./report.ts";

const PER_WORLD = 50;
const OTHERS = 20;

/**
 * `cut` closes the clients' sockets while others play on; `kill` ends the server with SIGKILL and starts it again. Needs
 * as many file descriptors as clients here and in the server.
 */
export async function storm(how: "cut" | "kill", count = 5_000): Promise<readonly Row[]> {
  const data = await Deno.makeTempDir({ prefix: "goldbox-storm-" });
  let server = await startServer({ data, env: CALM });
  try {
    const worlds = Array.from({ length: Math.ceil(count / PER_WORLD) }, (_, i) => i);
    const players = await forAll(
      worlds,
      (i) => createPlayer({ url: server.url, name: `World ${i}`, verify: false }),
      10,
    );
    const followers = (await forAll(players, (player) => followWorld(player, PER_WORLD), 4)).flat();
    await forAll(players, turn);
    const others = how === "cut" ? await seatOthers(server.url, OTHERS) : undefined;

    const start = performance.now();
    const back = followers.map(async (follower) => {
      await (how === "cut" ? follower.close() : follower.closed.promise);
      await follower.comeBack(Math.random);
      return performance.now() - start;
    });
    if (how === "kill") {
      await server.kill();
      server = await startServer({ data, port: server.port, env: CALM });
      await forAll(players, reconnect);
    }
    others?.play();
    // What they missed while they were away.
    const missed = forAll(players, turn);
    const times = await Promise.all(back);
    await missed;
    const answers = await others?.stop();
    await forAll(players, turn);
    await settled(followers, PER_WORLD);
    const faults = followers.reduce((all, { missed, doubled }) => all + missed + doubled, 0);
    const unequal = followers.filter((follower, i) => follower.seq !== followers[i - (i % PER_WORLD)]?.seq).length;
    const failed = followers.reduce((all, follower) => all + follower.failed, 0);
    await Promise.all([...followers, ...players.map(({ client }) => client)].map((one) => one.close()));
    const name = `${followers.length} clients ${how === "cut" ? "cut" : "after SIGKILL"}`;
    return [
      row(
        `${name}: all resumed after (${failed} tries failed)`,
        Math.round(Math.max(...times)) / 1_000,
        "s",
        10,
        "less",
      ),
      row(`${name}: messages missed or doubled`, faults + unequal, "", 0, "less"),
      ...(answers === undefined
        ? []
        : [row(`${name}: the others' answers meanwhile, p99`, spread(answers).p99, "ms", 100, "less")]),
    ];
  } finally {
    await server.stop();
    await Deno.remove(data, { recursive: true });
  }
}

/** One command, done exactly once whatever becomes of the line. */
async function turn(player: Player): Promise<void> {
  await insist(player, () => reconnect(player), "turn", { to: "left" });
}

async function reconnect({ client }: Player): Promise<void> {
  for (;;) {
    try {
      return await client.connect();
    } catch (error) {
      if (!(error instanceof LinkLost)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** Waits until all of a world have heard the same, at most ten seconds. */
async function settled(followers: readonly Follower[], perWorld: number): Promise<void> {
  const equal = () => followers.every((follower, i) => follower.seq === followers[i - (i % perWorld)]?.seq);
  for (const until = performance.now() + 10_000; !equal() && performance.now() < until;) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
