import { assert, assertEquals } from "@std/assert";
import { rpc } from "../kit/client.ts";
import { openRaw } from "./raw_socket.ts";
import { checkNothingLost, eventually, seatCrowd, turn, withServer } from "./rig.ts";

/** Answers a reader leaves unread at most: far more than the buffers of both ends and the server's patience hold. */
const QUESTIONS = 400;

Deno.test("who does not read is closed with 4008 before the server fills up, and resumes with the whole gap", () =>
  withServer({}, async (server) => {
    const [player] = await seatCrowd(server.url, 1);
    assert(player !== undefined);
    const { client, world } = player;
    const { ticket } = await rpc(server.url, "session.ticket", {}, client.options.token);
    const slow = await openRaw(server.port, String(ticket));
    const before = client.stream(world)?.seq ?? 0;
    const seen = structuredClone(client.stream(world));
    assert(seen !== undefined);

    await slow.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "stream.subscribe", params: { world } }));
    let asked = 0;
    const closed = await eventually(async () => {
      for (let i = 0; i < 20 && asked < QUESTIONS; i++, asked++) {
        // A peer that was closed cannot be written to: that is the point.
        await slow.send(JSON.stringify({ jsonrpc: "2.0", id: asked, method: "rpc.discover" })).catch(() => undefined);
      }
      await turn(player);
      return /socket_closes_total\{code="4008"\} 1/.test(await (await fetch(`${server.url}/metrics`)).text());
    }, 20_000);
    slow.cut();
    assert(closed, `still open after ${asked} answers that nobody read`);

    // Whoever had the stream up to `before` gets everything since, and nothing twice.
    client.streams.set(`${world}/party`, seen);
    const { mode, seq } = await client.subscribe(world);
    await client.until(() => client.stream(world)?.seq === seq);

    assertEquals(mode, "gap");
    assert(Number(seq) > before);
    await checkNothingLost(player);
    await client.close();
  }));
