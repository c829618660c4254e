import { assert, assertEquals, assertMatch } from "@std/assert";
import { buildIfStale } from "../../tools/build_web.ts";
import { GameClient, type JsonRecord, rpc, RpcError } from "../kit/client.ts";
import { goldbox, type Ran } from "../kit/goldbox.ts";
import { createPlayer, type Player, playIn } from "../kit/players.ts";
import { CALM, type RunningServer, startServer } from "../kit/server.ts";
import { checkNothingLost, codeOf, seatCrowd, turn } from "./rig.ts";

const PLAYERS = 12;
const BACKUPS = 2;

function fine({ code, out, err }: Ran): string {
  assertEquals(code, 0, `${out}\n${err}`);
  return out;
}

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  await buildIfStale();
  const folder = await Deno.makeTempDir({ prefix: "goldbox-backup-" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function withServer(data: string, run: (server: RunningServer) => Promise<void>): Promise<void> {
  const server = await startServer({ data, env: CALM });
  try {
    await run(server);
  } finally {
    assertEquals(await server.stop(), 0, server.output());
  }
}

/** One command, asked again with the same bytes when the machine has too much to do. */
async function turnInTime(player: Player): Promise<void> {
  const { client, world, sent, answers } = player;
  for (let answer = turn(player);;) {
    try {
      return await answer;
    } catch (refused) {
      if (!(refused instanceof RpcError) || refused.data.retry !== "same") throw refused;
      const wait = Number(refused.data.retryAfterMs ?? 100);
      await new Promise((resolve) => setTimeout(resolve, wait));
      const cseq = sent.size;
      answer = client.call("turn", { world, cseq, to: "left" }).then((result) => void answers.set(cseq, result));
    }
  }
}

/** Restores a backup into a directory of its own and plays on there, as every player who was there when it was made. */
async function playOnIn(
  data: string,
  backup: string,
  players: readonly Player[],
  acknowledged: ReadonlyMap<string, number>,
) {
  fine(await goldbox(data, ["backup", "restore", backup]));
  await withServer(data, async (server) => {
    for (const player of players) {
      const { client: before, world, character } = player;
      const stream = before.stream(world);
      assert(stream !== undefined);
      const client = new GameClient(server.url, before.options);
      client.streams.set(`${world}/party`, { ...stream, messages: new Map() });
      await client.connect();

      const resumed = await client.subscribe(world, "party", player.sent.size);
      await client.until(() => client.stream(world)?.epoch === resumed.epoch);
      assertEquals([resumed.mode, resumed.reason], ["snapshot", "epoch"]);
      assert(Number(resumed.epoch) > stream.epoch, "the epoch has risen");
      assert(Number(resumed.seq) >= (acknowledged.get(world) ?? 0), "what was acknowledged before the copy is in it");
      const late = client.call("turn", { world, cseq: Number(resumed.nextCseq), epoch: stream.epoch, to: "left" });
      assertEquals(await codeOf(late), "command/other_epoch");
      const again = playIn(client, world, character, Number(resumed.nextCseq) + 1);
      for (const to of ["left", "right", "left"] as const) await turn(again, to);
      await checkNothingLost(again);
      await client.close();
    }
  });
  // The log has entries of both histories, each with the dice of its own.
  const [first] = players;
  assertMatch(fine(await goldbox(data, ["replay", "verify", first?.world ?? ""])), /replays to the same state/);
}

Deno.test("backups during play: none of the players notices, each restores into a second server, and old clients learn of the new epoch", async () => {
  await withFolder(async (folder) => {
    const data = `${folder}/first`;
    const marks: { readonly backup: string; readonly acknowledged: ReadonlyMap<string, number> }[] = [];
    let players: readonly Player[] = [];
    await withServer(data, async ({ url }) => {
      players = await seatCrowd(url, PLAYERS);
      let playing = true;
      const play = players.map(async (player) => {
        while (playing) await turnInTime(player);
      });
      for (let made = 0; made < BACKUPS; made++) {
        const acknowledged = new Map(players.map(({ client, world }) => [world, client.stream(world)?.seq ?? 0]));
        const out = fine(await goldbox(data, ["backup", "create"]));
        const backup = /goldbox-\d{8}T\w+\.kv/.exec(out)?.[0] ?? "";
        marks.push({ backup, acknowledged });
      }
      playing = false;
      await Promise.all(play);
      for (const player of players) await checkNothingLost(player);
      const health = await (await fetch(`${url}/health`)).json();
      assertEquals(health.checks.find(({ name }: { name: string }) => name === "backups")?.status, "ok");
      for (const { client } of players) await client.close();
    });

    assertEquals(new Set(marks.map(({ backup }) => backup)).size, BACKUPS);
    for (const [i, { backup, acknowledged }] of marks.entries()) {
      const second = `${folder}/second-${i}`;
      await Deno.mkdir(second);
      await playOnIn(second, `${data}/backups/${backup}`, players, acknowledged);
    }
  });
});

Deno.test("the commands know who has the store: restore waits for nobody, and a stopped server's store is backed up alone", async () => {
  await withFolder(async (data) => {
    assertEquals((await goldbox(data, ["backup", "create"])).code, 6, "there is nothing to save");
    await withServer(data, async ({ url }) => {
      const player = await createPlayer({ url, name: "Mia" });
      await turn(player);
      fine(await goldbox(data, ["backup", "create"]));
      const refused = await goldbox(data, ["backup", "restore", (await newest(data)).name]);
      assertEquals(refused.code, 5, refused.err);
      const stranger = await goldbox(data, ["backup", "create"], { env: { GOLDBOX_ADMIN_TOKEN: "x".repeat(40) } });
      assertEquals(stranger.code, 1);
      assertMatch(stranger.err, /does not know this token/);
      assertEquals(((await Deno.stat(`${data}/admin.token`)).mode ?? 0) & 0o777, 0o600);
      const token = (await Deno.readTextFile(`${data}/admin.token`)).trim();
      const { backups } = await rpc(url, "admin.backupList", {}, token);
      assertEquals((backups as readonly JsonRecord[]).length, 1);
      await player.client.close();
    });
    fine(await goldbox(data, ["backup", "create"]));
    fine(await goldbox(data, ["backup", "verify"]));
    assertEquals(fine(await goldbox(data, ["backup", "list"])).split("\n").length, 2);
    const { path } = await newest(data);
    const bytes = await Deno.readFile(path);
    await Deno.writeFile(path, bytes.map((byte, i) => i === 5_000 ? byte ^ 16 : byte));
    for (const command of ["verify", "restore"]) {
      const refused = await goldbox(data, ["backup", command, path]);
      assertEquals(refused.code, 1);
      assertMatch(refused.err, /bytes are not those that were verified/);
    }
  });
});

Deno.test("a world goes to another server as a file: its players come back by their keys, and a damaged file changes nothing", async () => {
  await withFolder(async (folder) => {
    const [here, there, file] = [`${folder}/here`, `${folder}/there`, `${folder}/ash.goldbox`];
    let world = "";
    let view: unknown;
    await withServer(here, async ({ url }) => {
      const player = await createPlayer({ url, name: "Mia", characters: 2 });
      for (let i = 0; i < 120; i++) await turn(player);
      world = player.world;
      ({ view } = await player.client.call("getGameState", { world }));
      fine(await goldbox(here, ["world", "export", world, "--out", file]));
      assertEquals((await goldbox(here, ["world", "export", world, "--out", file])).code, 1, "no file is overwritten");
      assertEquals((await goldbox(here, ["world", "export", "w_none", "--out", `${file}2`])).code, 1);
      const nowhere = await goldbox(here, ["world", "export", world, "--out", `${folder}/none/ash.goldbox`]);
      assertEquals(nowhere.code, 1);
      assertMatch(nowhere.err, /^Cannot export to .* as it cannot be written \(NotFound\)$/);
      assertEquals(await Array.fromAsync(Deno.readDir(`${here}/exports`)), [], "no secrets are left behind");
      assertEquals((await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).toSorted(), [
        "ash.goldbox",
        "here",
      ]);
      await player.client.close();
    });
    await withServer(there, async ({ url }) => {
      const whole = await Deno.readFile(file);
      const bad = `${folder}/bad.goldbox`;
      const harms: readonly Uint8Array<ArrayBuffer>[] = [
        whole.slice(0, whole.length - 20),
        whole.map((byte, i) => i === whole.length >> 1 ? byte ^ 1 : byte),
        new TextEncoder().encode("hello"),
        new Uint8Array(),
      ];
      for (const bytes of harms) {
        await Deno.writeFile(bad, bytes);
        const refused = await goldbox(there, ["world", "import", bad]);
        assertEquals(refused.code, 1);
        assertMatch(refused.err, /Cannot use the file of this world as/);
      }
      assertEquals(await Array.fromAsync(Deno.readDir(`${there}/imports`)), []);

      const out = fine(await goldbox(there, ["world", "import", file]));
      const fresh = / as (w_\w+):/.exec(out)?.[1] ?? "";
      const key = /return key (\S+)/.exec(out)?.[1] ?? "";
      assert(fresh !== "" && fresh !== world);
      assertMatch(out, /signed by another store/);
      const { token } = await rpc(url, "session.return", { key, token: true });
      const { worlds } = await rpc(url, "world.list", {}, String(token));
      assertEquals((worlds as readonly JsonRecord[]).map((one) => one.world), [fresh]);
      const client = new GameClient(url, { token: String(token) });
      await client.connect();
      const resumed = await client.subscribe(fresh);
      await client.until(() => client.stream(fresh) !== undefined);
      assertEquals(aside(client.view(fresh)), aside(view));
      const again = playIn(client, fresh, "", Number(resumed.nextCseq));
      for (let i = 0; i < 4; i++) await turn(again);
      await checkNothingLost(again);
      await client.close();
    });
    // What was imported replays by itself, and once more from a backup.
    fine(await goldbox(there, ["backup", "create"]));
    const out = fine(await goldbox(there, ["world", "import", file]));
    const copy = / as (w_\w+):/.exec(out)?.[1] ?? "";
    fine(await goldbox(there, ["replay", "verify", copy]));
    fine(await goldbox(there, ["world", "export", copy, "--out", `${folder}/again.goldbox`]));
    assertMatch(fine(await goldbox(there, ["world", "import", `${folder}/again.goldbox`])), /signed by this store/);
  });
});

/** A view without what is new in another store: the world's id. */
function aside(view: unknown): string {
  return JSON.stringify(view).replaceAll(/"w_\w+"/g, '"w"');
}

async function newest(data: string): Promise<{ readonly name: string; readonly path: string }> {
  const names = await Array.fromAsync(Deno.readDir(`${data}/backups`), ({ name }) => name);
  const name = names.filter((one) => one.endsWith(".kv")).toSorted().at(-1) ?? "";
  return { name, path: `${data}/backups/${name}` };
}
