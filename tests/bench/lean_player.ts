/**
 * A player that costs the machine as little as possible: load generator and server share its cores, so whatever the
 * generator spends is missing on the other side. It sends the bytes any client sends, and looks at each answer only far
 * enough to know which call it answers and whether it was accepted.
 */
import type { Player } from "../kit/players.ts";
import { rpc } from "../kit/client.ts";

const ANSWER = '{"jsonrpc":"2.0","id":';
const ACCEPTED = '"result":{';

const BUSY = "server/busy";

class Busy extends Error {
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super(BUSY);
    this.retryAfterMs = retryAfterMs;
  }
}

export interface LeanPlayer {
  /** One durable command, asked again as told while the server is busy; resolves when it is acknowledged. */
  turn(): Promise<void>;
  /** Messages of the world's stream heard so far. */
  heard(): number;
  close(): Promise<void>;
}

/** Takes over a seat from where its player left off: same session, same lane, a socket of its own, subscribed. */
export async function leanPlayer({ client, world, sent }: Player): Promise<LeanPlayer> {
  const { ticket } = await rpc(client.url, "session.ticket", {}, client.options.token);
  const socket = new WebSocket(`${client.url.replace("http", "ws")}/ws?ticket=${ticket}`);
  const opened = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  let cseq = sent.size;
  let messages = 0;
  const waiting = new Map<string, PromiseWithResolvers<void>>();
  socket.onopen = () => opened.resolve();
  socket.onerror = () => opened.reject(new Error("The socket did not open"));
  socket.onclose = () => {
    for (const one of waiting.values()) one.reject(new Error("The socket closed"));
    closed.resolve();
  };
  socket.onmessage = ({ data }: MessageEvent<string>) => {
    if (!data.startsWith(ANSWER)) {
      messages += 1;
      return;
    }
    const comma = data.indexOf(",", ANSWER.length);
    const id = data.slice(ANSWER.length, comma);
    const asked = waiting.get(id);
    waiting.delete(id);
    if (data.startsWith(ACCEPTED, comma + 1)) return asked?.resolve();
    const { code, retryAfterMs } = JSON.parse(data).error.data;
    asked?.reject(code === BUSY ? new Busy(retryAfterMs) : new Error(data));
  };
  await opened.promise;

  function send(id: number, method: string, params: string): Promise<void> {
    const answer = Promise.withResolvers<void>();
    waiting.set(String(id), answer);
    socket.send(`${ANSWER}${id},"method":"v1.${method}","params":{"world":"${world}",${params}}}`);
    return answer.promise;
  }

  /** Turned away it comes back as told, with a new number: others of this player may have gone ahead meanwhile. */
  function ask(): Promise<void> {
    cseq += 1;
    return send(cseq, "turn", `"cseq":${cseq},"to":"left"`).catch(async (fault) => {
      if (!(fault instanceof Busy)) throw fault;
      await new Promise((resolve) => setTimeout(resolve, fault.retryAfterMs));
      return await ask();
    });
  }

  await send(0, "stream.subscribe", '"audience":"party","lane":0');
  return {
    turn: ask,
    heard: () => messages,
    async close() {
      socket.close(1000);
      await closed.promise;
    },
  };
}
