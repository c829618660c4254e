/** One client of the kill loop: plays, asks again with the same bytes until there is an answer, resumes, and writes it all down. */
import { createHash } from "node:crypto";
import type { PlayerIntent } from "../../engine/types/command.ts";
import type { Dice } from "../../engine/core/rng.ts";
import { GameClient, type JsonRecord, LinkLost, RpcError } from "../kit/client.ts";
import type { History, HistoryCall } from "../kit/history.ts";
import { wireCall } from "../kit/intents.ts";
import { createPlayer, type Player, playIn } from "../kit/players.ts";

const AUDIENCES = ["party", "party.talk"] as const;
/** What a client of a loop leaves alone: it would leave its table or end its world. */
const LEFT_ALONE: ReadonlySet<string> = new Set(["LeaveGame", "GiveLead", "Say", "EndWorld"]);

/** What one client saw and was told. */
export interface Seat {
  readonly name: string;
  readonly player: Player;
  readonly history: History;
  /** Lines of talk whose command was acknowledged. */
  readonly said: Set<string>;
  readonly heard: Map<string, number>;
  /** Numbers refused for good. */
  readonly refused: Set<number>;
  readonly refusals: Map<string, number>;
  /** From a lost link, or from when the next server was ready, until both streams had resumed; in ms. */
  readonly outages: number[];
  /** Called with the number of each command whose answer has come. */
  readonly told?: (cseq: number) => void;
  /** Says that the server will not come back. */
  readonly gone?: AbortSignal;
  readonly server: ServerTimes;
}

/** When the server that runs now was ready (ms, as `performance.now()`). */
export interface ServerTimes {
  readyAt: number;
}

export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A world with two clients in it. */
export async function sitDown(
  url: string,
  i: number,
  history: History,
  server: ServerTimes = { readyAt: 0 },
): Promise<readonly Seat[]> {
  const names = [`host${i}`, `guest${i}`] as const;
  const [hostHeard, guestHeard] = [new Map<string, number>(), new Map<string, number>()];
  const host = await createPlayer({
    url,
    name: names[0],
    characters: 3,
    audiences: AUDIENCES,
    onMessage: listen(names[0], history, hostHeard),
  });
  const { invite } = await host.client.call("world.invite", { world: host.world });
  const client = await GameClient.guest(url, names[1], { onMessage: listen(names[1], history, guestHeard) });
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
  for (const audience of AUDIENCES) await client.subscribe(host.world, audience);
  const seatOf = (name: string, player: Player, heard: Map<string, number>): Seat => (
    { name, player, history, heard, said: new Set(), refused: new Set(), refusals: new Map(), outages: [], server }
  );
  return [seatOf(names[0], host, hostHeard), seatOf(names[1], guest, guestHeard)];
}

const KINDS = { "stream.snapshot": "snapshot", "stream.message": "message", "stream.resumed": "resumed" } as const;

function listen(client: string, history: History, heard: Map<string, number>): (message: JsonRecord) => void {
  return (message) => {
    const kind = KINDS[message.method as keyof typeof KINDS];
    if (kind === undefined) return;
    const { world, audience, epoch, seq } = message;
    const place = { world: String(world), audience: String(audience), epoch: Number(epoch), seq: Number(seq) };
    history.write({ type: "heard", client, kind, ...place, digest: digest(message) });
    if (kind !== "message" || audience !== "party.talk") return;
    for (const event of message.events as readonly JsonRecord[]) {
      heard.set(String(event.text), (heard.get(String(event.text)) ?? 0) + 1);
    }
  };
}

function digest(value: unknown): string {
  return createHash("sha1").update(JSON.stringify(value)).digest("base64");
}

/** Talks, looks and plays legal things until told to stop, with a pause of at most `thinkMs` between two. */
export async function play(seat: Seat, dice: Dice, stop: AbortSignal, thinkMs: number): Promise<void> {
  const { name, player, refusals } = seat;
  for (let k = 0; !stop.aborted; k += 1) {
    await delay(dice.int(0, thinkMs));
    try {
      const text = `${name} says ${k}`;
      if (k % 8 === 7) await look(seat);
      else if (k % 2 === 0) {
        await insist(seat, "talk.say", { text });
        seat.said.add(text);
      } else {
        const call = await pickLegal(player, dice);
        if (call) await insist(seat, call.method, call.params);
      }
    } catch (error) {
      if (seat.gone?.aborted === true) return;
      if (error instanceof LinkLost) await resume(seat);
      else if (error instanceof RpcError) refusals.set(error.code, (refusals.get(error.code) ?? 0) + 1);
      else throw error;
    }
  }
}

async function pickLegal({ client, world }: Player, dice: Dice) {
  const { options } = await client.call("getOptions", { world });
  const intents = (options as readonly { readonly intent: PlayerIntent }[]).map(({ intent }) => intent)
    .filter(({ type }) => !LEFT_ALONE.has(type));
  return intents.length === 0 ? undefined : wireCall(dice.pick(intents));
}

/** A query, which has to show everything that was shown to anybody before it was asked. */
async function look({ name, player: { client, world }, history }: Seat): Promise<void> {
  const op = history.invoke(name, { type: "query", world, audience: "party" });
  try {
    const { epoch, seq } = await client.call("getGameState", { world });
    history.write({ type: "ok", op, epoch: Number(epoch), seq: Number(seq) });
  } catch (error) {
    history.write({ type: "unknown", op, why: String(error) });
    throw error;
  }
}

/** Same bytes again until there is an answer: a drop means connecting anew, `retry: same` means waiting as told. */
async function insist(seat: Seat, method: string, params: JsonRecord): Promise<void> {
  const { name, player, history } = seat;
  const { client, world } = player;
  const cseq = player.sent.size + 1;
  const call: HistoryCall = { type: "command", world, session: name, lane: 0, cseq };
  for (let attempt = 0;; attempt += 1) {
    const op = history.invoke(name, call);
    try {
      const answer = attempt === 0
        ? await player.command(method, params)
        : await client.call(method, { world, cseq, ...params });
      player.answers.set(cseq, answer);
      seat.told?.(cseq);
      history.write({ type: "ok", op, epoch: Number(answer.epoch), seq: Number(answer.seq), digest: digest(answer) });
      return;
    } catch (error) {
      if (error instanceof LinkLost) {
        history.write({ type: "unknown", op, why: error.message });
        await resume(seat);
      } else if (error instanceof RpcError && error.data.retry === "same") {
        history.write({ type: "unknown", op, why: error.code });
        await delay(Math.min(Number(error.data.retryAfterMs ?? 20), 500));
      } else if (error instanceof RpcError) {
        const open = error.code === "command/receipt_gone";
        history.write(open ? { type: "unknown", op, why: error.code } : { type: "fail", op, code: error.code });
        if (!open) seat.refused.add(cseq);
        throw error;
      } else throw error;
    }
  }
}

/** Connects again, however often it takes, and resumes both streams. */
async function resume(seat: Seat): Promise<void> {
  const { client, world, sent } = seat.player;
  const lost = performance.now();
  for (;;) {
    try {
      await client.connect();
      for (const audience of AUDIENCES) await client.subscribe(world, audience, sent.size);
      seat.outages.push(performance.now() - Math.max(lost, seat.server.readyAt));
      return;
    } catch (error) {
      if (seat.gone?.aborted === true || !(error instanceof LinkLost || error instanceof TypeError)) throw error;
      await delay(20);
    }
  }
}

/** Both streams resumed on a new socket and caught up: on the old one a message may be under way while it is asked for. */
export async function settle(seat: Seat): Promise<void> {
  const { client, world } = seat.player;
  await client.close();
  await client.connect();
  for (const audience of AUDIENCES) {
    const { seq } = await client.subscribe(world, audience);
    await client.until(() => (client.stream(world, audience)?.seq ?? 0) >= Number(seq));
  }
}
