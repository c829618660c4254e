import { assert, assertEquals, assertMatch } from "@std/assert";
import { rpc, RpcError } from "../kit/client.ts";
import { createPlayer } from "../kit/players.ts";
import { type RunningServer, serveCommand, startServer } from "../kit/server.ts";

const ROOT = new URL("../../", import.meta.url);
const OWNED = 5;

async function withServer(run: (server: RunningServer, data: string) => Promise<void>): Promise<void> {
  const data = await Deno.makeTempDir({ prefix: "goldbox-two-" });
  const server = await startServer({ data });
  try {
    await run(server, data);
  } finally {
    await server.kill();
    await Deno.remove(data, { recursive: true });
  }
}

/** Runs another process on the data directory until it ends. */
async function other(
  command: readonly string[],
  data: string,
): Promise<{ readonly code: number; readonly said: string }> {
  const [program = "", ...args] = command;
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args,
    cwd: ROOT,
    env: { GOLDBOX_DATA: data, GOLDBOX_PORT: "0", GOLDBOX_HOST: "127.0.0.1", NO_COLOR: "1" },
    stdin: "null",
  }).output();
  return { code, said: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

const tool = (...args: readonly string[]) => [Deno.execPath(), "run", "-A", "--no-check", "main.ts", ...args];

Deno.test("a second server on a data directory ends with exit code 5, names the first, and the first plays on", () =>
  withServer(async (server, data) => {
    const player = await createPlayer({ url: server.url, name: "Mia" });

    const { code, said } = await other(serveCommand(data), data);
    const answer = await player.command("turn", { to: "left" });
    await player.client.close();

    assertEquals(code, OWNED, said);
    assertMatch(said, new RegExp(`pid ${server.pid} at ${server.url}`));
    assert(Number(answer.seq) > 0);
  }));

Deno.test("a tool that needs the store to itself ends with exit code 5 while a server has it, and changes nothing", () =>
  withServer(async (server, data) => {
    const player = await createPlayer({ url: server.url, name: "Mia" });

    for (const args of [["replay", "verify", player.world], ["migrate", "up"]]) {
      const { code, said } = await other(tool(...args), data);
      assertEquals([args.join(" "), code], [args.join(" "), OWNED], said);
    }
    const answer = await player.command("turn", { to: "left" });
    await player.client.close();

    assert(Number(answer.seq) > 0);
  }));

Deno.test("with the lock removed by hand the first server stops at its next commit with exit code 5, and the second one has every promise", () =>
  withServer(async (first, data) => {
    const player = await createPlayer({ url: first.url, name: "Mia" });
    const { token } = player.client.options;
    const kept = await player.command("turn", { to: "left" });
    await Deno.remove(`${data}/lock`);
    const second = await startServer({ data });
    try {
      const asked = await player.command("turn", { to: "right" }).then(() => "acknowledged", (error) => String(error));
      const code = await first.ended;
      const params = (cseq: number, to: string) => ({ world: player.world, cseq, to });
      const again = await rpc(second.url, "turn", params(2, "left"), token);
      const retried = await rpc(second.url, "turn", params(3, "right"), token);
      const state = await rpc(second.url, "getGameState", { world: player.world }, token).catch((error) => {
        throw error instanceof RpcError ? new Error(error.code) : error;
      });
      await player.client.close();

      assert(asked !== "acknowledged", "the first server must not acknowledge what it cannot store");
      assertEquals(code, OWNED, first.output());
      assertEquals(again, kept);
      assertEquals(state.seq, retried.seq);
    } finally {
      await second.kill();
    }
  }));
