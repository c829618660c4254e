import { assert, assertEquals } from "@std/assert";
import { rpc } from "../kit/client.ts";
import { serveCommand } from "../kit/server.ts";
import { checkNothingLost, eventually, seatCrowd, secondTab, statusOf, turn, withServer } from "./rig.ts";

const FILES = 120;
const NEWCOMERS = 400;

/** The server's own command line under a limit of open files. */
function limited(data: string): readonly string[] {
  return ["bash", "-c", `ulimit -n ${FILES}; exec "$@"`, "bash", ...serveCommand(data)];
}

Deno.test("with 120 file descriptors the sockets that play go on through a storm of connections", () =>
  withServer({ command: limited, env: { GOLDBOX_LOG_LEVEL: "error" } }, async (server) => {
    const players = await seatCrowd(server.url, 10);
    let storming = true;
    const playing = players.map(async (player) => {
      let turns = 0;
      for (; storming || turns < 20; turns++) await turn(player);
      return turns;
    });

    const storm: Deno.Conn[] = [];
    for (let i = 0; i < NEWCOMERS; i++) {
      await Deno.connect({ hostname: "127.0.0.1", port: server.port }).then((one) => storm.push(one), () => undefined);
    }
    // The accept loop has met the limit: whoever is inside plays, and nobody else comes in.
    assert(await eventually(() => server.output().includes("listening was interrupted")), "the limit was never met");
    for (const one of storm) one.close();
    assert(await eventually(async () => await statusOf(`${server.url}/health`).catch(() => 0) === 200));
    storming = false;
    const turns = await Promise.all(playing);

    assert(turns.every((count) => count >= 20), String(turns));
    for (const player of players) await checkNothingLost(player);
    await Promise.all(players.map(({ client }) => client.close()));
  }));

Deno.test("a full server tells newcomers so with 503 before it takes their socket, and takes them when there is room", () =>
  withServer({ command: limited, env: { GOLDBOX_MAX_CONNECTIONS: "3" } }, async (server) => {
    const [first, second, third] = await seatCrowd(server.url, 3);
    assert(first !== undefined && second !== undefined && third !== undefined);
    const { ticket } = await rpc(server.url, "session.ticket", {}, first.client.options.token);
    const upgrade = () =>
      fetch(`${server.url}/ws?ticket=${ticket}`, {
        headers: {
          upgrade: "websocket",
          "sec-websocket-key": "x3JJHMbDL1EzLkh9GBhXDw==",
          "sec-websocket-version": "13",
        },
      });

    const refused = await upgrade();
    const { error } = await refused.json();
    await turn(first);
    await third.client.close();
    const fourth = secondTab(second);
    await eventually(() => fourth.connect().then(() => true, () => false));

    assertEquals([refused.status, error.data.code, error.data.retry], [503, "limit/connections", "same"]);
    assert(Number(refused.headers.get("retry-after")) > 0);
    assertEquals("time" in await fourth.call("ping"), true);
    await Promise.all([first.client, second.client, fourth].map((client) => client.close()));
  }));
