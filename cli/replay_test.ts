import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createPlayer } from "../tests/kit/players.ts";
import { startServer } from "../tests/kit/server.ts";
import { wander } from "../tests/kit/wander.ts";

/** In a process of its own, as a lock that was refused is given back only by the end of its process. */
async function replay(data: string, world: string) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", new URL("../main.ts", import.meta.url).pathname, "replay", "verify", world],
    env: { GOLDBOX_DATA: data },
    stdin: "null",
  }).output();
  const text = new TextDecoder();
  return { code, text: text.decode(stdout) + text.decode(stderr) };
}

Deno.test("replay verify decides a played world again to the same dice and state, and waits for the server to let go of it", async () => {
  const data = await Deno.makeTempDir({ prefix: "goldbox-replay-" });
  try {
    const server = await startServer({ data, env: { GOLDBOX_RATE_LIMITS: "off" } });
    const player = await createPlayer({ url: server.url, name: "Mia" });
    await wander(player, 10);
    await player.client.close();

    const during = await replay(data, player.world);
    await server.stop();
    const after = await replay(data, player.world);
    const absent = await replay(data, "w_absent");

    assertEquals([during.code, after.code, absent.code], [5, 0, 1]);
    assertMatch(after.text, /replays to the same state: \d+ entries/);
    assertMatch(after.text, /Dice: \d+ rolls in \d+ entries follow from the seed/);
    assertEquals(after.text.includes("could not be recomputed"), false);
    assertStringIncludes(absent.text, "no such world");
  } finally {
    await Deno.remove(data, { recursive: true });
  }
});
