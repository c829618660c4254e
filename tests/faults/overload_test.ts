import { assert, assertEquals } from "@std/assert";
import { rpc, RpcError } from "../kit/client.ts";
import type { Player } from "../kit/players.ts";
import { checkNothingLost, codeOf, eventually, seatCrowd, withServer } from "./rig.ts";
import { createSlowDisk } from "./slow_disk.ts";

const PLAYERS = 200;
const FSYNC_MS = 400;

/** One turn, asked for with the same bytes until it is done; says each time it was turned away, always with a time to wait. */
async function patientTurn(player: Player, cseq: number, turnedAway: () => void): Promise<void> {
  const params = { world: player.world, cseq, to: "left" };
  for (;;) {
    try {
      player.answers.set(cseq, await player.client.call("turn", params));
      player.sent.set(cseq, { method: "turn", params: { to: "left" } });
      return;
    } catch (error) {
      assert(error instanceof RpcError && error.code === "server/busy", String(error));
      const wait = Number(error.data.retryAfterMs);
      assert(wait >= 200 && wait < 6_000, `retryAfterMs ${wait}`);
      turnedAway();
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

Deno.test("more commands than the disk can take are turned away with a time to come back, and each happens once in the end", async () => {
  const disk = await createSlowDisk();
  try {
    await withServer({ env: disk.env }, async (server) => {
      const players = await seatCrowd(server.url, PLAYERS);
      await disk.delay(FSYNC_MS);

      let pressing = true;
      let shed = 0;
      const refused = players.map(async (player) => {
        while (pressing) await patientTurn(player, player.sent.size + 1, () => shed++);
      });
      // With so many under way nobody new is let in, and nobody who plays is asked to leave.
      const guest = () => codeOf(rpc(server.url, "session.guest", { name: "Late", token: true }));
      const keptOut = await eventually(async () => shed > 0 && await guest() === "server/busy", 30_000);
      pressing = false;
      await disk.delay(0);
      await Promise.all(refused);
      const later = await guest();
      const metrics = await (await fetch(`${server.url}/metrics`)).text();

      assert(shed > 0, "nobody was turned away");
      assertEquals([keptOut, later], [true, "ok"]);
      assert(Number(/^shed_total\{what="command"\} (\d+)$/m.exec(metrics)?.[1]) >= shed);
      assert(Number(/^shed_total\{what="guest"\} (\d+)$/m.exec(metrics)?.[1]) >= 1);
      for (const player of players) await checkNothingLost(player);
      await Promise.all(players.map(({ client }) => client.close()));
    });
  } finally {
    await disk.remove();
  }
});
