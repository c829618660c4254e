import { assert, assertEquals } from "@std/assert";
import { LinkLost, RpcError } from "../kit/client.ts";
import { createPlayer, type Player } from "../kit/players.ts";
import { CALM, startServer } from "../kit/server.ts";
import { checkNothingLost, turn } from "./rig.ts";

const PLAYERS = 20;

/** Plays until the server goes. */
async function playOn(player: Player): Promise<void> {
  try {
    for (;;) await turn(player);
  } catch (error) {
    if (!(error instanceof LinkLost || (error instanceof RpcError && error.code === "server/going_away"))) throw error;
  }
}

Deno.test("SIGTERM in the middle of play: each is told when to come back and closed with 1012; nothing answered is lost", async () => {
  const data = await Deno.makeTempDir({ prefix: "goldbox-stop-" });
  const server = await startServer({ data, env: CALM });
  const told: number[] = [];
  const players = await Promise.all(
    Array.from({ length: PLAYERS }, (_, i) =>
      createPlayer({
        url: server.url,
        name: `Player ${i}`,
        onMessage: ({ method, retryAfterMs }) => method === "server.goingAway" && told.push(Number(retryAfterMs)),
      })),
  );
  const closed = Promise.all(players.map(({ client }) => client.closed.promise));
  for (const player of players) await turn(player);

  const playing = players.map(playOn);
  const code = await server.stop();
  await Promise.all(playing);
  const codes = new Set((await closed).map((event) => event.code));
  const again = await startServer({ data, port: server.port, env: CALM });
  for (const player of players) {
    await player.client.connect();
    await player.client.subscribe(player.world);
    await checkNothingLost(player);
    await player.client.close();
  }
  assertEquals(await again.stop(), 0);
  await Deno.remove(data, { recursive: true });

  assertEquals([code, [...codes]], [0, [1012]]);
  assertEquals(told.length, PLAYERS);
  assert(told.every((ms) => ms >= 200 && ms <= 1_500), String(told));
  assert(new Set(told).size > PLAYERS / 2, `all come back together: ${told}`);
});
