import { assert, assertEquals } from "@std/assert";
import { rpc } from "../kit/client.ts";
import { checkNothingLost, codeOf, eventually, seatCrowd, turn, withServer } from "./rig.ts";

/** What strangers leave lying about: connections that say nothing, half a request, half a body. */
const HALVES = ["", "GET / HTTP/1.1\r\nhost: x", "POST /rpc HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n[1,"];
const STRANGERS = 600;

Deno.test("hundreds of connections that never finish a request take nothing from those who play", () =>
  withServer({}, async (server) => {
    const players = await seatCrowd(server.url, 5);

    const strangers = await Promise.all(
      Array.from({ length: STRANGERS }, async (_, i) => {
        const conn = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
        await conn.write(new TextEncoder().encode(HALVES[i % HALVES.length] ?? ""));
        return conn;
      }),
    );
    for (let i = 0; i < 20; i++) await Promise.all(players.map((player) => turn(player)));
    const guest = await rpc(server.url, "session.guest", { name: "Late", token: true });
    for (const stranger of strangers) stranger.close();

    assertEquals("account" in guest, true);
    for (const player of players) await checkNothingLost(player);
    await Promise.all(players.map(({ client }) => client.close()));
  }));

Deno.test("a body that is too large or too deep is refused, and the connection next to it does not notice", () =>
  withServer({}, async (server) => {
    const [player] = await seatCrowd(server.url, 1);
    assert(player !== undefined);
    const post = (body: BodyInit) =>
      fetch(`${server.url}/rpc`, { method: "POST", headers: { "content-type": "application/json" }, body });
    const endless = new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(65_536).fill(0x20)) });

    const declared = await post("x".repeat(300_000));
    // The server answers before the body has ended, which some clients tell as a broken pipe.
    const counted = await post(endless).then((response) => response, () => undefined);
    const deep = await post("[".repeat(1_000) + "]".repeat(1_000));

    assertEquals(declared.status, 413);
    assertEquals(counted?.status ?? 413, 413);
    assertEquals((await deep.json()).error.code, -32600);
    await turn(player);
    await Promise.all([declared, counted].map((response) => response?.body?.cancel()));
    await player.client.close();
  }));

Deno.test("short of memory a server takes no new worlds and no new sockets, and goes on answering", () =>
  withServer({ env: { GOLDBOX_MEMORY_LIMIT: "32" } }, async (server) => {
    const { token } = await rpc(server.url, "session.guest", { name: "Ada", token: true });

    const world = await codeOf(rpc(server.url, "world.create", { cseq: 1, name: "One more" }, String(token)));
    const { ticket } = await rpc(server.url, "session.ticket", {}, String(token));
    const socket = await fetch(`${server.url}/ws?ticket=${ticket}`, { headers: { upgrade: "websocket" } });
    const { error } = await socket.json();
    const logged = await eventually(() => server.output().includes("memory pressure"));

    assertEquals([world, socket.status, error.data.code], ["server/busy", 503, "limit/connections"]);
    assert(logged);
    assertEquals("worlds" in await rpc(server.url, "world.list", {}, String(token)), true);
  }));
