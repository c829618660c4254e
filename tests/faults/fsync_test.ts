import { assert, assertEquals } from "@std/assert";
import { rpc, RpcError } from "../kit/client.ts";
import { startServer } from "../kit/server.ts";
import { checkNothingLost, codeOf, eventually, seatCrowd, statusOf, turn, withServer } from "./rig.ts";
import { createSlowDisk, type SlowDisk } from "./slow_disk.ts";

async function withSlowDisk(run: (disk: SlowDisk) => Promise<void>): Promise<void> {
  const disk = await createSlowDisk();
  try {
    await run(disk);
  } finally {
    await disk.remove();
  }
}

for (const ms of [5, 50]) {
  Deno.test(`with ${ms} ms added to every fsync many players share each wait, and nothing is lost or doubled`, () =>
    withSlowDisk((disk) =>
      withServer({ env: disk.env }, async (server) => {
        const players = await seatCrowd(server.url, 20);
        await disk.delay(ms);

        await Promise.all(players.map(async (player) => {
          for (let i = 0; i < 200 / ms; i++) await turn(player);
        }));

        // Had each command waited for an fsync of its own, there would be as many commits as commands.
        const metrics = await (await fetch(`${server.url}/metrics`)).text();
        const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(metrics)?.[1]);
        const [packs, commands] = [value("commit_size_commands_count"), value("commit_size_commands_sum")];
        assert(packs < commands / 1.5, `${packs} packs for ${commands} commands`);
        for (const player of players) await checkNothingLost(player);
        await Promise.all(players.map(({ client }) => client.close()));
      })
    ));
}

Deno.test("while an fsync hangs new commands are answered at once, sockets and views stay, and play goes on by itself", () =>
  withSlowDisk((disk) =>
    withServer({ env: disk.env }, async (server) => {
      const [first, second] = await seatCrowd(server.url, 2);
      assert(first !== undefined && second !== undefined);
      await turn(first);

      await disk.delay(600_000);
      const hanging = turn(first);
      // Until it is clear that this is more than a slow write, commands wait with it.
      const busy = await eventually(async () => {
        const waits = Promise.withResolvers<string>();
        const timer = setTimeout(() => waits.resolve("waits"), 100);
        const code = codeOf(second.client.call("turn", { world: second.world, cseq: 50, to: "left" }));
        const told = await Promise.race([code, waits.promise]);
        clearTimeout(timer);
        return told === "server/busy";
      });
      assertEquals(busy, true);
      const refused = await second.client.call("turn", { world: second.world, cseq: 51, to: "left" }).catch((e) => e);
      const guest = await rpc(server.url, "session.guest", { name: "Late", token: true }).catch((error) => error);
      const view = await first.client.call("getGameState", { world: first.world });
      const pong = await second.client.call("ping");
      await disk.delay(0);
      await hanging;
      await second.client.call("turn", { world: second.world, cseq: 51, to: "left" });

      assert(refused instanceof RpcError && refused.code === "server/busy");
      assert(Number(refused.data.retryAfterMs) >= 200);
      assert(guest instanceof RpcError && guest.code === "server/busy");
      assert("view" in view && "time" in pong);
      assertEquals(await statusOf(`${server.url}/health`), 200);
      for (const player of [first, second]) await checkNothingLost(player);
      await Promise.all([first, second].map(({ client }) => client.close()));
    })
  ));

Deno.test("a kill while an fsync hangs loses nothing that was acknowledged, and the unanswered command happens once", () =>
  withSlowDisk(async (disk) => {
    await withServer({ env: disk.env }, async (server, data) => {
      const [player] = await seatCrowd(server.url, 1);
      assert(player !== undefined);
      for (let i = 0; i < 5; i++) await turn(player);
      await disk.delay(600_000);
      const cut = codeOf(player.command("turn", { to: "left" })).catch(() => "cut");
      await eventually(async () => /slow/.test(await (await fetch(`${server.url}/health`)).text()));
      await server.kill();
      assertEquals(await cut, "cut");

      const again = await startServer({ data, port: server.port });
      await player.client.connect();
      await player.client.subscribe(player.world);
      const answer = await player.client.call("turn", { world: player.world, cseq: 7, to: "left" });
      assertEquals(await player.client.call("turn", { world: player.world, cseq: 7, to: "left" }), answer);
      await checkNothingLost(player);
      await player.client.close();
      assertEquals(await again.stop(), 0);
    });
  }));
