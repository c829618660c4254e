/**
 * Kills the real server at random moments under socket clients that retry and resume, and checks every promise they were given:
 * nothing acknowledged is lost or doubled, views and hashes are equal after resume.
 */
import type { PlayerIntent } from "../../engine/types/command.ts";
import { hashOf, type HashValue } from "../../engine/view/hash.ts";
import { rngAt } from "../../engine/core/rng.ts";
import { GameClient, type JsonRecord, LinkLost, rpc, RpcError } from "../kit/client.ts";
import { wireCall } from "../kit/intents.ts";
import { createPlayer, insist, type Player, playIn } from "../kit/players.ts";
import { type RunningServer, type ServerOptions, startServer } from "../kit/server.ts";

export interface KillLoopOptions {
  readonly kills: number;
  /** Two clients sit in each world. */
  readonly worlds: number;
  /** 32 hex digits: which moments and which commands. */
  readonly seed: string;
  readonly data: string;
  readonly server?: Partial<ServerOptions>;
}

export interface KillLoopReport {
  readonly kills: number;
  readonly clients: number;
  readonly acknowledged: number;
  /** How often a code refused a command. */
  readonly refused: Readonly<Record<string, number>>;
  readonly resumed: number;
  /** One line for each broken promise; empty when all were kept. */
  readonly broken: readonly string[];
}

/** What one client saw and was told. */
interface Seat {
  readonly player: Player;
  /** Lines of talk whose command was acknowledged. */
  readonly said: Set<string>;
  readonly heard: Map<string, number>;
  resumed: number;
  readonly refused: Map<string, number>;
}

const CALM: Readonly<Record<string, string>> = { GOLDBOX_RATE_LIMITS: "off", GOLDBOX_TRUSTED_NETS: "127.0.0.0/8" };

export async function killLoop(options: KillLoopOptions): Promise<KillLoopReport> {
  const dice = rngAt(options.seed, "kill-loop").dice();
  let server = await startServer({ ...options.server, data: options.data, env: CALM });
  const { port } = server;
  const seats = (await Promise.all(Array.from({ length: options.worlds }, (_, i) => sitDown(server, i)))).flat();
  const finished = new AbortController();
  const playing = seats.map((seat, i) => play(seat, rngAt(options.seed, `player/${i}`).dice(), finished.signal));
  const failed = Promise.all(playing);
  for (let kill = 0; kill < options.kills; kill += 1) {
    await Promise.race([failed, delay(dice.int(50, 1200))]);
    await server.kill();
    server = await startServer({ ...options.server, data: options.data, port, env: CALM });
  }
  finished.abort();
  await failed;
  await Promise.all(seats.map(settle));
  const broken = (await Promise.all(seats.map((seat, i) => check(seat, seats[i ^ 1])))).flat();
  await Promise.all(seats.map((seat) => seat.player.client.close()));
  await server.stop();
  return {
    kills: options.kills,
    clients: seats.length,
    acknowledged: seats.reduce((all, seat) => all + seat.player.answers.size, 0),
    refused: addUp(seats.map((seat) => seat.refused)),
    resumed: seats.reduce((all, seat) => all + seat.resumed, 0),
    broken,
  };
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function sitDown(server: RunningServer, i: number): Promise<readonly Seat[]> {
  const audiences = ["party", "party.talk"];
  const hostHeard = new Map<string, number>();
  const host = await createPlayer({
    url: server.url,
    name: `Host ${i}`,
    characters: 3,
    audiences,
    onMessage: listen(hostHeard),
  });
  const { invite } = await host.client.call("world.invite", { world: host.world });
  const guestHeard = new Map<string, number>();
  const client = await GameClient.guest(server.url, `Guest ${i}`, { onMessage: listen(guestHeard) });
  await client.connect();
  const made = await client.call("createCharacter", {
    cseq: 1,
    name: "Greta",
    class: "cleric",
    lineage: "human",
    background: "acolyte",
    method: "standard",
    assign: ["wis", "con", "str", "dex", "cha", "int"],
  });
  const character = String((made.character as JsonRecord).id);
  const guest = playIn(client, host.world, character);
  const code = String(invite).split("/").at(-1) ?? "";
  await guest.command("joinGame", { invite: code, characters: [character] });
  for (const audience of audiences) await client.subscribe(host.world, audience);
  return [seatOf(host, hostHeard), seatOf(guest, guestHeard)];
}

function seatOf(player: Player, heard: Map<string, number>): Seat {
  return { player, heard, said: new Set(), resumed: 0, refused: new Map() };
}

function listen(heard: Map<string, number>): (message: JsonRecord) => void {
  return (message) => {
    if (message.method !== "stream.message" || message.audience !== "party.talk") return;
    for (const event of message.events as readonly JsonRecord[]) {
      heard.set(String(event.text), (heard.get(String(event.text)) ?? 0) + 1);
    }
  };
}

/** Talks and plays legal things until told to stop; every command is asked again until it has an answer. */
async function play(seat: Seat, dice: ReturnType<ReturnType<typeof rngAt>["dice"]>, stop: AbortSignal): Promise<void> {
  const { player } = seat;
  for (let k = 0; !stop.aborted; k += 1) {
    try {
      const text = `${player.character} says ${k}`;
      const call = k % 2 === 0 ? { method: "talk.say", params: { text } } : await pickLegal(seat, dice);
      if (call) await insist(player, () => resume(seat), call.method, call.params);
      if (call?.method === "talk.say") seat.said.add(text);
    } catch (error) {
      if (error instanceof LinkLost) await resume(seat);
      else if (error instanceof RpcError) seat.refused.set(error.code, (seat.refused.get(error.code) ?? 0) + 1);
      else throw error;
    }
  }
}

async function pickLegal(seat: Seat, dice: ReturnType<ReturnType<typeof rngAt>["dice"]>) {
  const { options } = await seat.player.client.call("getOptions", { world: seat.player.world });
  const intents = (options as readonly { readonly intent: PlayerIntent }[]).map(({ intent }) => intent)
    .filter(({ type }) => type !== "LeaveGame" && type !== "GiveLead" && type !== "Say");
  return intents.length === 0 ? undefined : wireCall(dice.pick(intents));
}

/** Connects again, however often it takes, and resumes both streams. */
async function resume(seat: Seat): Promise<void> {
  const { client, world, sent } = seat.player;
  for (;;) {
    try {
      await client.connect();
      for (const audience of ["party", "party.talk"]) await client.subscribe(world, audience, sent.size);
      seat.resumed += 1;
      return;
    } catch (error) {
      if (!(error instanceof LinkLost || error instanceof TypeError)) throw error;
      await delay(20);
    }
  }
}

function addUp(counts: readonly ReadonlyMap<string, number>[]): Readonly<Record<string, number>> {
  const all: Record<string, number> = {};
  for (const one of counts) for (const [code, times] of one) all[code] = (all[code] ?? 0) + times;
  return all;
}

/** Both streams resumed once more and caught up: the marker comes after everything before it. */
async function settle(seat: Seat): Promise<void> {
  const { client, world } = seat.player;
  for (const audience of ["party", "party.talk"]) {
    const { seq } = await client.subscribe(world, audience);
    await client.until(() => (client.stream(world, audience)?.seq ?? 0) >= Number(seq));
  }
}

/** Every promise of one seat, checked against the restarted server. */
async function check(seat: Seat, other: Seat | undefined): Promise<readonly string[]> {
  const { player } = seat;
  const { client, world } = player;
  const broken = [...client.desyncs.map((line) => `${player.character}: desync ${line}`)];
  const recent = [...player.answers].slice(-40);
  for (const [cseq, answer] of recent) {
    const { method, params } = player.sent.get(cseq) ?? { method: "", params: {} };
    const again = await client.call(method, { world, cseq, ...params });
    if (JSON.stringify(again) !== JSON.stringify(answer)) broken.push(`${player.character}: answer ${cseq} changed`);
  }
  const spoken = new Set([...seat.said, ...(other?.said ?? [])]);
  await client.until(() => [...spoken].every((text) => seat.heard.has(text)) || spoken.size === 0);
  for (const text of spoken) {
    if (seat.heard.get(text) !== 1) {
      broken.push(`${player.character}: heard "${text}" ${seat.heard.get(text) ?? 0} times`);
    }
  }
  const state = await rpc(client.url, "getGameState", { world }, client.options.token);
  const mine = client.stream(world);
  if (mine && mine.seq === state.seq && hashOf(mine.view) !== hashOf(state.view as HashValue)) {
    broken.push(`${player.character}: view differs at seq ${mine.seq}`);
  }
  return broken;
}
