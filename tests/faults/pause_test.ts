import { assertEquals } from "@std/assert";
import { checkNothingLost, seatCrowd, turn, withServer } from "./rig.ts";

const PAUSE_MS = 3_000;

Deno.test("a server that is stopped for a while by SIGSTOP answers what was asked meanwhile; nobody is thrown out", () =>
  withServer({}, async (server) => {
    const players = await seatCrowd(server.url, 10);
    const closed: number[] = [];
    for (const { client } of players) void client.closed.promise.then(({ code }) => closed.push(code));
    for (const player of players) await turn(player);

    Deno.kill(server.pid, "SIGSTOP");
    const asked = players.map((player) => turn(player));
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    Deno.kill(server.pid, "SIGCONT");
    await Promise.all(asked);
    for (const player of players) await turn(player);

    assertEquals(closed, []);
    for (const player of players) await checkNothingLost(player);
    await Promise.all(players.map(({ client }) => client.close()));
  }));
