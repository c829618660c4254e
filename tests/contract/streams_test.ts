import { assert, assertEquals, assertRejects } from "@std/assert";
import { GameClient, type JsonRecord, RpcError } from "../kit/client.ts";
import { type Guest, openHouse } from "./house.ts";
import { codeOf, layTable, resultOf, type Table } from "./table.ts";

type Connect = (guest: Guest, onMessage?: (message: JsonRecord) => void) => Promise<GameClient>;

/** A table whose house listens on a port, since sockets need one. */
async function withSockets(run: (table: Table, connect: Connect) => Promise<void>): Promise<void> {
  const house = openHouse({ seed: 11 });
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, house.fetch);
  const url = `http://127.0.0.1:${server.addr.port}`;
  const clients: GameClient[] = [];
  try {
    await run(await layTable(house), async ({ token }, onMessage) => {
      const client = new GameClient(url, { token, ...(onMessage === undefined ? {} : { onMessage }) });
      await client.connect();
      clients.push(client);
      return client;
    });
  } finally {
    for (const client of clients) await client.close();
    await house.close();
    await server.shutdown();
  }
}

Deno.test("two sockets see each command once, in order, with a hash that fits; the answer comes first", async () => {
  await withSockets(async ({ leader, member, world }, connect) => {
    const heard: string[] = [];
    const mine = await connect(leader, ({ method, seq }) => void heard.push(`${method} ${seq}`));
    const theirs = await connect(member);
    const subscribed = await mine.subscribe(world);
    await theirs.subscribe(world);
    await mine.until(() => heard.some((line) => line.startsWith("stream.resumed")));

    const { seq } = await mine.call("turn", { world, cseq: 100, to: "left" });
    const before = [...heard];
    await mine.until(() => heard.includes(`stream.message ${seq}`));
    await theirs.until(() => theirs.stream(world)?.seq === seq);

    assertEquals(subscribed["mode"], "snapshot");
    assertEquals(before.includes(`stream.message ${seq}`), false);
    assertEquals(heard.slice(0, 2).map((line) => line.split(" ")[0]), ["stream.snapshot", "stream.resumed"]);
    assertEquals([mine.desyncs, theirs.desyncs], [[], []]);
    assertEquals(mine.view(world).party.facing, theirs.view(world).party.facing);
  });
});

Deno.test("after a drop the whole gap comes, then what follows; a stream left is silent", async () => {
  await withSockets(async ({ leader, member, world }, connect) => {
    const theirs = await connect(member);
    await theirs.subscribe(world);
    await theirs.until(() => theirs.stream(world) !== undefined);
    await theirs.close();
    for (const to of ["left", "right", "about"]) resultOf(await leader.command("turn", world, { to }));

    await theirs.connect();
    const resumed = await theirs.subscribe(world);
    await theirs.until(() => theirs.stream(world)?.seq === resumed["seq"]);
    await theirs.call("stream.unsubscribe", { world });
    const last = theirs.stream(world)?.seq;
    resultOf(await leader.command("turn", world, { to: "left" }));
    const { heads } = await theirs.call("ping");

    assertEquals(resumed["mode"], "gap");
    assertEquals(theirs.desyncs, []);
    assertEquals([...theirs.stream(world)?.messages.values() ?? []], [1, 1, 1]);
    assertEquals(theirs.stream(world)?.seq, last);
    assertEquals(heads, []);
  });
});

Deno.test("a ping shows the heads of what is followed", async () => {
  await withSockets(async ({ leader, world }, connect) => {
    const client = await connect(leader);
    const { seq } = await client.subscribe(world);

    const { heads } = await client.call("ping");

    assertEquals((heads as readonly JsonRecord[]).map((head) => [head["world"], head["audience"], head["seq"]]), [
      [world, "party", seq],
    ]);
  });
});

Deno.test("a stranger follows nothing, and nine streams are too many", async () => {
  await withSockets(async ({ leader, stranger, world }, connect) => {
    const client = await connect(stranger);
    const refused = await assertRejects(() => client.subscribe(world), RpcError);
    assertEquals(refused.code, "world/unknown");

    const busy = await connect(leader);
    const worlds = [world];
    for (let count = 0; count < 4; count++) {
      const made = resultOf(await leader.own("world.create", { name: `World ${count}` }));
      resultOf(
        await leader.command("joinGame", String(made["world"]), { invite: String(made["invite"]).split("/").at(-1) }),
      );
      worlds.push(String(made["world"]));
    }
    const streams = worlds.flatMap((one) => [[one, "party"], [one, "party.talk"]] as const);
    for (const [one, audience] of streams.slice(0, 8)) await busy.subscribe(one, audience);
    const [ninth = "", audience] = streams[8] ?? [];
    const limit = await assertRejects(() => busy.subscribe(ninth, audience), RpcError);
    assertEquals(limit.code, "limit/connections");
  });
});

Deno.test("whoever leaves the game hears the stream end", async () => {
  await withSockets(async ({ member, world }, connect) => {
    const ended: JsonRecord[] = [];
    const client = await connect(member, (message) => {
      if (message["method"] === "stream.ended") ended.push(message);
    });
    await client.subscribe(world);

    await client.call("leaveGame", { world, cseq: 100 });
    await client.until(() => ended.length > 0);

    assertEquals([ended[0]?.["world"], ended[0]?.["code"]], [world, "world/unknown"]);
    assertEquals(codeOf(await member.call("getGameState", { world })), "world/unknown");
    assert(String(ended[0]?.["message"]).length > 3);
  });
});
