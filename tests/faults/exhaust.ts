/**
 * `deno task exhaust [name …]`: what takes longer than a test may: the real bounds of reliability, waited out at a real
 * server. Prints one line each, and writes them into docs/RELIABILITY.md when all were run and all held.
 */
import { assert, assertEquals } from "@std/assert";
import type { PlayerIntent } from "../../engine/types/command.ts";
import { rpc } from "../kit/client.ts";
import { wireCall } from "../kit/intents.ts";
import { createPlayer, type Player } from "../kit/players.ts";
import { writeSection } from "../kit/section.ts";
import { openRaw } from "./raw_socket.ts";
import { checkNothingLost, codeOf, eventually, residentBytes, seatCrowd, statusOf, turn, withServer } from "./rig.ts";
import { createSlowDisk } from "./slow_disk.ts";

const MIB = 1_048_576;

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function secondsSince(start: number): string {
  return `${((performance.now() - start) / 1_000).toFixed(1)} s`;
}

/** A body that is never finished, a byte each second. */
function endlessBody(): Promise<string> {
  return answerOf({}, async ({ port }) => {
    const conn = await Deno.connect({ hostname: "127.0.0.1", port });
    const head = "POST /rpc HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n";
    await conn.write(new TextEncoder().encode(head));
    const start = performance.now();
    const dribble = setInterval(() => void conn.write(new Uint8Array([0x20])).catch(() => undefined), 1_000);
    const part = new Uint8Array(4_096);
    let answer = "";
    for (let read = await conn.read(part); read !== null; read = await conn.read(part).catch(() => null)) {
      answer += new TextDecoder().decode(part.subarray(0, read));
      if (answer.includes("rpc/deadline")) break;
    }
    const after = secondsSince(start);
    clearInterval(dribble);
    conn.close();
    assert(answer.startsWith("HTTP/1.1 504") && answer.includes("rpc/deadline"), answer);
    return `a body without end was cut after ${after}`;
  });
}

/** A socket on which nothing is ever said. */
function mutePeer(): Promise<string> {
  return answerOf({}, async ({ url, port }) => {
    const [player] = await seatCrowd(url, 1);
    assert(player !== undefined);
    const { token } = await rpc(url, "session.guest", { name: "Mute", token: true });
    const { ticket } = await rpc(url, "session.ticket", {}, String(token));
    const mute = await openRaw(port, String(ticket));
    const start = performance.now();
    const pings = setInterval(() => void player.client.call("ping"), 20_000);
    const code = await mute.closedWith();
    clearInterval(pings);
    mute.cut();
    assertEquals(code, 1001);
    await turn(player);
    await player.client.close();
    return `a mute socket was closed with 1001 after ${secondsSince(start)}; one that pings played on`;
  });
}

/** SIGSTOP for longer than any deadline of the server. */
function longPause(ms: number): Promise<string> {
  return answerOf({}, async ({ url, pid }) => {
    const players = await seatCrowd(url, 50);
    const closed: number[] = [];
    for (const { client } of players) void client.closed.promise.then(({ code }) => closed.push(code));
    for (const player of players) await turn(player);
    Deno.kill(pid, "SIGSTOP");
    const asked = players.map((player) => turn(player));
    await delay(ms);
    Deno.kill(pid, "SIGCONT");
    const start = performance.now();
    await Promise.all(asked);
    const answered = secondsSince(start);
    // The sweep that comes late, and the one after it, throw nobody out.
    for (let i = 0; i < 12; i++) {
      for (const player of players) await turn(player);
      await delay(1_000);
    }
    assertEquals(closed, []);
    for (const player of players) await checkNothingLost(player);
    await Promise.all(players.map(({ client }) => client.close()));
    return `stopped for ${ms / 1_000} s with 50 players: answered ${answered} after it went on, no socket closed`;
  });
}

/** A turn with a clock of 20 s, through a pause of 30 s. */
function pausedTurn(): Promise<string> {
  return answerOf({}, async ({ url, pid }) => {
    const player = await createPlayer({ url, name: "Ada", characters: 6, options: { turnClock: "brisk" } });
    const { client, world } = player;
    const combat = () => client.view(world).combat;
    await findBattle(player);
    assert(await eventually(() => combat()?.endsAt !== null && combat()?.turn !== undefined), "nobody's turn came");
    const turnOf = combat()?.turn;
    Deno.kill(pid, "SIGSTOP");
    await delay(30_000);
    Deno.kill(pid, "SIGCONT");
    await delay(4_000);
    assertEquals([client.view(world).combat?.turn, turnOf !== undefined], [turnOf, true]);
    await player.command("endTurn", { character: turnOf });
    await checkNothingLost(player);
    await client.close();
    return "stopped for 30 s in a turn of 20 s: the turn was still its player's";
  });
}

/** Walks about until somebody wants to fight, and accepts. */
async function findBattle(player: Player): Promise<void> {
  const { client, world } = player;
  for (let tries = 0; tries < 2_000; tries++) {
    const { mode } = client.view(world);
    if (mode === "battle") return;
    if (mode === "encounter") await codeOf(player.command("startCombat"));
    const { options } = await client.call("getOptions", { world });
    const intents = (options as readonly { readonly intent: PlayerIntent }[]).map(({ intent }) => intent);
    const kinds = ["Travel", "Interact", "Step", "StartQuest"].filter((kind) =>
      intents.some(({ type }) => type === kind)
    );
    const kind = kinds[Math.floor(Math.random() * kinds.length)];
    const some = intents.filter(({ type }) => type === kind);
    const intent = some[Math.floor(Math.random() * some.length)];
    if (intent === undefined) continue;
    const { method, params } = wireCall(intent);
    await codeOf(player.command(method, params));
  }
  throw new Error("No battle was found");
}

/** An fsync that hangs for longer than the store is given. */
async function hangingFsync(): Promise<string> {
  const disk = await createSlowDisk();
  try {
    return await answerOf(disk.env, async ({ url }) => {
      const [player, other] = await seatCrowd(url, 2);
      assert(player !== undefined && other !== undefined);
      await disk.delay(3_600_000);
      const start = performance.now();
      const first = codeOf(turn(player));
      let cseq = 50;
      const busyAt = await reached(
        start,
        async () =>
          await Promise.race([
            codeOf(other.client.call("turn", { world: other.world, cseq: cseq++, to: "left" })),
            delay(200),
          ]) === "server/busy",
      );
      const unreadyAt = await reached(start, async () => await statusOf(`${url}/ready`) === 503);
      const live = await statusOf(`${url}/live`);
      const view = await player.client.call("getGameState", { world: player.world });
      await disk.delay(0);
      const back = performance.now();
      assert(await eventually(async () => await statusOf(`${url}/ready`) === 200));
      assert(await eventually(async () => await codeOf(turn(other)) === "ok"));
      const readyAfter = secondsSince(back);
      assert(["ok", "rpc/deadline", "server/store_unavailable"].includes(await first));
      assertEquals([live, "view" in view], [200, true]);
      await player.client.call("turn", { world: player.world, cseq: 2, to: "left" });
      for (const one of [player, other]) await checkNothingLost(one);
      await Promise.all([player, other].map(({ client }) => client.close()));
      return `fsync hung: new commands busy after ${busyAt}, not ready after ${unreadyAt}, sockets and views stayed; ` +
        `ready ${readyAfter} after it answered again`;
    });
  } finally {
    await disk.remove();
  }
}

/** How long until it is true, in words. */
async function reached(start: number, ask: () => Promise<boolean>): Promise<string> {
  assert(await eventually(ask, 60_000), "it never happened");
  return secondsSince(start);
}

/** What 64 MiB frames leave behind. */
function monsters(): Promise<string> {
  return answerOf({}, async ({ url, port, pid }) => {
    const players = await seatCrowd(url, 3);
    const { token } = await rpc(url, "session.guest", { name: "Eve", token: true });
    const before = await residentBytes(pid);
    for (let i = 0; i < 3; i++) {
      const { ticket } = await rpc(url, "session.ticket", {}, String(token));
      const socket = await openRaw(port, String(ticket));
      await socket.send("x".repeat(64 * MIB - 100));
      assertEquals(await socket.closedWith(), 1009);
      socket.cut();
    }
    const start = performance.now();
    const most = await residentBytes(pid);
    const back = await eventually(async () => {
      await Promise.all(players.map((player) => turn(player)));
      return await residentBytes(pid) < before + 32 * MIB;
    }, 60_000);
    assert(back, "the memory did not come back within a minute");
    const after = secondsSince(start);
    await Promise.all(players.map(({ client }) => client.close()));
    return `three frames of 64 MiB: ${Math.round((most - before) / MIB)} MiB more right after, back after ${after}`;
  });
}

/** A memory limit that is passed and kept again. */
async function littleMemory(): Promise<string> {
  let base = 0;
  await answerOf({}, async ({ url, pid }) => {
    const players = await seatCrowd(url, 8);
    base = await residentBytes(pid);
    await Promise.all(players.map(({ client }) => client.close()));
    return "";
  });
  // Idle at 70 %, so that one frame of 64 MiB is more than there is room for.
  const limit = Math.round(base / MIB / 0.7);
  return await answerOf({ GOLDBOX_MEMORY_LIMIT: String(limit) }, async ({ url, port, output }) => {
    const players = await seatCrowd(url, 8);
    const closes: number[] = [];
    for (const { client } of players) void client.closed.promise.then(({ code }) => closes.push(code));
    const { token } = await rpc(url, "session.guest", { name: "Eve", token: true });
    const start = performance.now();
    for (let i = 0; i < 3; i++) {
      const { ticket } = await rpc(url, "session.ticket", {}, String(token));
      const socket = await openRaw(port, String(ticket)).catch(() => undefined);
      await socket?.send("x".repeat(64 * MIB - 100));
      socket?.cut();
    }
    assert(await eventually(() => closes.includes(1013), 20_000), `nobody was let go: ${output()}`);
    const lost = secondsSince(start);
    const again = await eventually(async () => {
      const [player] = players;
      return player !== undefined && await player.client.connect().then(() => true, () => false);
    }, 90_000);
    assert(again, "nobody could come back");
    const came = secondsSince(start);
    await Promise.all(players.map(({ client }) => client.close()));
    return `limit ${limit} MiB passed: the first was let go with 1013 after ${lost}, and could come back after ${came}`;
  });
}

async function answerOf(
  env: Readonly<Record<string, string>>,
  run: (server: Parameters<Parameters<typeof withServer>[1]>[0]) => Promise<string>,
): Promise<string> {
  let answer = "";
  await withServer({ env }, async (server) => {
    answer = await run(server);
  });
  return answer;
}

const RUNS: Readonly<Record<string, () => Promise<string>>> = {
  body: endlessBody,
  mute: mutePeer,
  pause30: () => longPause(30_000),
  turn: pausedTurn,
  pause75: () => longPause(75_000),
  fsync: hangingFsync,
  frames: monsters,
  memory: littleMemory,
};

const asked = Deno.args.length > 0 ? Deno.args : Object.keys(RUNS);
const lines: string[] = [];
let failed = 0;
for (const name of asked) {
  try {
    const line = await (RUNS[name] ?? (() => Promise.reject(new Error(`There is no run ${name}`))))();
    lines.push(`- ${line}`);
    console.log(`ok   ${name}: ${line}`);
  } catch (error) {
    failed += 1;
    console.log(
      `FAIL ${name}: ${error instanceof Error ? error.message : error}\n     again: deno task exhaust ${name}`,
    );
  }
}
if (failed === 0 && Deno.args.length === 0) {
  await writeSection({
    name: "exhaust",
    title: "Bounds waited out",
    command: "deno task exhaust",
    text: lines.join("\n"),
  });
}
Deno.exit(failed === 0 ? 0 : 1);
