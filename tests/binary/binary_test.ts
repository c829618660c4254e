import { assert, assertEquals, assertMatch } from "@std/assert";
import { type RunningServer, startServer } from "../kit/server.ts";
import { goldbox } from "../kit/goldbox.ts";
import { createPlayer, playIn } from "../kit/players.ts";
import { wander } from "../kit/wander.ts";
import { compiledBinary } from "./compiled.ts";

async function assertServesClient({ url }: RunningServer): Promise<void> {
  const html = await (await fetch(`${url}/`)).text();
  assertMatch(html, /<html/);
  const assets = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1]);
  assert(assets.length >= 2);
  for (const asset of assets) {
    const response = await fetch(`${url}${asset}`);
    await response.body?.cancel();
    assertEquals([asset, response.status], [asset, 200]);
  }
}

Deno.test("the compiled binary boots in an empty folder, plays a game over the socket, and keeps it over a restart", async (t) => {
  const folder = await Deno.makeTempDir({ prefix: "goldbox-binary-" });
  const cwd = `${folder}/empty`;
  const env = { GOLDBOX_RATE_LIMITS: "off" };
  const command = [await compiledBinary(folder), "serve"];
  await Deno.mkdir(cwd);
  let server = await startServer({ command, cwd, env, data: "./data" });
  try {
    await t.step("it is well and serves the client", async () => {
      const health = await fetch(`${server.url}/health`);
      await health.body?.cancel();
      assertEquals(health.status, 200);
      await assertServesClient(server);
    });

    await t.step("it plays, and goes on after a polite stop and after SIGKILL", async () => {
      let player = await createPlayer({ url: server.url, name: "Mia", characters: 2 });
      for (const end of ["stop", "kill"] as const) {
        assertEquals((await wander(player, 15)).length, 15);
        const before = await player.client.call("getGameState", { world: player.world });
        assertEquals(player.client.desyncs, []);
        await player.client.close();

        await server[end]();
        server = await startServer({ command, cwd, env, data: "./data", port: server.port });
        const { client, world, character } = player;
        await client.connect();
        const resumed = await client.subscribe(world);
        player = playIn(client, world, character, Number(resumed.nextCseq));

        assertEquals(await client.call("getGameState", { world }), before);
      }
      await player.client.close();
    });

    await t.step("it makes a verified backup while it serves, and restores it once it is stopped", async () => {
      const [binary = ""] = command;
      const made = await goldbox("./data", ["backup", "create"], { program: [binary], cwd });
      assertEquals(made.code, 0, made.err);
      const backup = /goldbox-\d{8}T\w+\.kv/.exec(made.out)?.[0] ?? "";
      await server.stop();
      const restored = await goldbox("./data", ["backup", "restore", backup], { program: [binary], cwd });
      assertEquals(restored.code, 0, restored.err);
      server = await startServer({ command, cwd, env, data: "./data" });
      const health = await fetch(`${server.url}/health`);
      await health.body?.cancel();
      assertEquals(health.status, 200);
    });
  } finally {
    assertEquals(await server.stop(), 0);
    await Deno.remove(folder, { recursive: true });
  }
});
