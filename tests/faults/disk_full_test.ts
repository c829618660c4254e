import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type JsonRecord, rpc, RpcError } from "../kit/client.ts";
import { createPlayer, type Player } from "../kit/players.ts";
import { type RunningServer, serveCommand, startServer } from "../kit/server.ts";
import { limitedFiles, mountedVolume, type SmallVolume } from "./small_volume.ts";

const MIB = 1_048_576;
const WARN = 16 * MIB;
const STOP = 6 * MIB;
const VOLUME = 64 * MIB;
/** Longest wait for something that comes by itself. */
const PATIENCE_MS = 60_000;
/** Answers a lane keeps. */
const RECEIPTS = 64;

/** May this user mount? Asked once, before the tests are listed. */
const mounting = await mountedVolume(MIB).then(async (volume) => {
  await volume?.[Symbol.asyncDispose]();
  return volume !== undefined;
});

interface Health {
  readonly http: number;
  readonly status: string;
  readonly checks: Readonly<Record<string, string>>;
}

async function health(url: string): Promise<Health> {
  const response = await fetch(`${url}/health`);
  const body = await response.json() as { status: string; checks: { name: string; status: string }[] };
  const checks = Object.fromEntries(body.checks.map(({ name, status }) => [name, status]));
  return { http: response.status, status: body.status, checks };
}

async function statusOf(url: string): Promise<number> {
  const response = await fetch(url);
  await response.body?.cancel();
  return response.status;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const late = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > late) throw new Error(`It never came to this: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function serve({ path, prefix }: Pick<SmallVolume, "path" | "prefix">): Promise<RunningServer> {
  const env = { GOLDBOX_DISK_WARN: String(WARN), GOLDBOX_DISK_STOP: String(STOP), GOLDBOX_RATE_LIMITS: "off" };
  return startServer({ data: path, env, command: [...prefix, ...serveCommand(path)] });
}

/** The code a call is refused with; undefined: it was answered. */
async function codeOf(call: Promise<JsonRecord>): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof RpcError) return error.code;
    throw error;
  }
}

const say = (player: Player, text: string) => player.command("talk.say", { text });

/** The last command's bytes again until they are answered; every refusal on the way has to be the one for a full disk. */
async function insist(player: Player): Promise<void> {
  const cseq = player.sent.size;
  const asked = player.sent.get(cseq);
  assert(asked !== undefined);
  for (;;) {
    try {
      player.answers.set(cseq, await player.client.call(asked.method, { world: player.world, cseq, ...asked.params }));
      return;
    } catch (error) {
      assert(error instanceof RpcError);
      assertEquals(error.code, "server/read_only");
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

async function heldBytes(path: string): Promise<number> {
  try {
    return (await Deno.stat(`${path}/reserve`)).size;
  } catch {
    return 0;
  }
}

/** Every answer given so far is given again, member by member. */
async function assertRemembered({ client, world, answers, sent }: Player, url: string): Promise<void> {
  client.url = url;
  await client.connect();
  for (const [cseq, answer] of [...answers].slice(-RECEIPTS)) {
    const asked = sent.get(cseq);
    assert(asked !== undefined);
    assertEquals(await client.call(asked.method, { world, cseq, ...asked.params }), answer);
  }
}

/** Plays on a disk that fills up and is freed again, then kills the server: what was acknowledged is still there. */
async function playThrough(volume: SmallVolume): Promise<void> {
  let server = await serve(volume);
  try {
    const players = [
      await createPlayer({ url: server.url, name: "Ada" }),
      await createPlayer({ url: server.url, name: "Bo" }),
    ];
    const [ada, bo] = players;
    assert(ada !== undefined && bo !== undefined);
    await say(ada, "before");
    await until("the reserve is held", async () => await heldBytes(volume.path) === WARN);
    const well = await health(server.url);
    assertEquals([well.http, well.checks.store, well.checks.disk], [200, "ok", "ok"]);

    // Twice where the reserve is real room, as giving half of it back makes some.
    let code: string | undefined;
    for (let i = 0; code === undefined && i < 2_000; i++) {
      await volume.fill(server.pid);
      code = await codeOf(say(ada, `while it fills ${i}`));
    }
    assertEquals(code, "server/read_only");
    assertEquals(await codeOf(say(bo, "as well")), "server/read_only");
    const ill = await health(server.url);
    assertEquals([ill.http, ill.status, ill.checks.store, ill.checks.disk], [503, "unhealthy", "fail", "fail"]);
    assertEquals([await statusOf(`${server.url}/ready`), await statusOf(`${server.url}/live`)], [503, 200]);
    const seen = await ada.client.call("getGameState", { world: ada.world });
    assert(Number(seen.seq) > 0, "players keep looking");

    await volume.free(server.pid);
    for (const player of players) await insist(player);
    await say(ada, "after");
    await until("ready again", async () => await statusOf(`${server.url}/ready`) === 200);
    const made = await codeOf(rpc(server.url, "session.guest", { name: "Cy", lang: "en", token: true }));
    assertEquals(made, undefined);

    await server.kill();
    for (const { client } of players) await client.closed.promise;
    server = await serve(volume);
    for (const player of players) await assertRemembered(player, server.url);
    for (const { client } of players) await client.close();
  } finally {
    await server.stop();
  }
}

Deno.test("a server that can write nothing is read only, tells why, and goes on by itself with nothing lost", async () => {
  await using volume = await limitedFiles();

  await playThrough(volume);
});

Deno.test({
  name: "a volume of 64 MiB that fills up: players keep looking, and play goes on by itself once there is room",
  ignore: !mounting,
  async fn() {
    await using volume = await mountedVolume(VOLUME) ?? failed();

    await playThrough(volume);
  },
});

Deno.test({
  name: "a volume with little room left takes no new worlds, and a full one lets the server stop and start",
  ignore: !mounting,
  async fn() {
    await using volume = await mountedVolume(VOLUME) ?? failed();
    let server = await serve(volume);
    const ada = await createPlayer({ url: server.url, name: "Ada" });
    await until("the reserve is held", async () => await heldBytes(volume.path) === WARN);

    await volume.fill(server.pid);
    await until("it is noticed", async () => (await health(server.url)).checks.disk === "warn");
    assertEquals(await heldBytes(volume.path), STOP);
    assertEquals(await codeOf(say(ada, "goes on")), undefined);
    assertEquals(await codeOf(ada.client.call("world.create", { cseq: 3, name: "Second" })), "server/read_only");
    assertEquals((await health(server.url)).http, 200);

    await volume.fill(server.pid);
    await until("it is full", async () => (await health(server.url)).checks.disk === "fail");
    await volume.fill(server.pid);
    assertEquals(await server.stop(), 0);
    await ada.client.closed.promise;

    // Nothing at all is left, not even for a start.
    const refused = await serve(volume).then(() => "it started", (error: Error) => error.message);
    assertStringIncludes(refused, "the disk is full");
    await volume.free(0);
    server = await serve(volume);
    await assertRemembered(ada, server.url);
    await ada.client.close();
    assertEquals(await server.stop(), 0);
  },
});

Deno.test("a data directory that is moved away makes the server read only, and brought back lets it go on", async () => {
  const parent = await Deno.makeTempDir({ prefix: "goldbox-moved-" });
  const path = `${parent}/data`;
  const server = await serve({ path, prefix: [] });
  try {
    const ada = await createPlayer({ url: server.url, name: "Ada" });
    await say(ada, "before");

    await Deno.rename(path, `${parent}/away`);
    await until("it is noticed", async () => await statusOf(`${server.url}/ready`) === 503);
    assertEquals((await health(server.url)).checks.disk, "fail");
    assertEquals(await codeOf(say(ada, "while it is away")), "server/read_only");
    assert("view" in await ada.client.call("getGameState", { world: ada.world }));
    await Deno.rename(`${parent}/away`, path);
    await insist(ada);
    await say(ada, "after");

    await ada.client.close();
    assertEquals(await server.stop(), 0);
    const again = await serve({ path, prefix: [] });
    await assertRemembered(ada, again.url);
    await ada.client.close();
    assertEquals(await again.stop(), 0);
  } finally {
    await server.stop();
    await Deno.remove(parent, { recursive: true });
  }
});

function failed(): never {
  throw new Error("Cannot mount a volume, though it could be done a moment ago");
}
