/** Listens to the sockets of a page: what was asked, what was acknowledged, what the stream told. */
import type { Page } from "playwright-core";

export interface Acknowledged {
  readonly method: string;
  readonly lane: number;
  readonly cseq: number;
  readonly seq: number;
}

export interface Told {
  readonly seq: number;
  readonly rid: string;
  readonly types: readonly string[];
}

export interface Recorder {
  readonly acknowledged: readonly Acknowledged[];
  /** Messages of the party stream by seq; one that came twice is kept once. */
  readonly told: ReadonlyMap<number, Told>;
  /** How many sockets the page has opened. */
  readonly sockets: () => number;
  /** Resolves when the stream has told the newest acknowledged act: an answer comes before its own message. */
  readonly caughtUp: () => Promise<void>;
}

type Json = { readonly [key: string]: unknown };

/** Starts listening; call before the page opens its first socket. */
export function record(page: Page): Recorder {
  const asked = new Map<string, Json>();
  const acknowledged: Acknowledged[] = [];
  const told = new Map<number, Told>();
  let sockets = 0;
  let heard = Promise.withResolvers<void>();
  page.on("websocket", (socket) => {
    const number = ++sockets;
    socket.on("framesent", ({ payload }) => {
      const call = objectOf(JSON.parse(String(payload)));
      asked.set(`${number}:${call["id"]}`, call);
    });
    socket.on("framereceived", ({ payload }) => {
      const message = objectOf(JSON.parse(String(payload)));
      const params = objectOf(message["params"]);
      if (message["method"] === "v1.stream.message" && params["audience"] === "party") {
        const events = Array.isArray(params["events"]) ? params["events"].map(objectOf) : [];
        const seq = Number(params["seq"]);
        told.set(seq, { seq, rid: String(params["rid"]), types: events.map((event) => String(event["type"])) });
        heard.resolve();
        heard = Promise.withResolvers<void>();
      }
      const call = asked.get(`${number}:${message["id"]}`);
      const result = objectOf(message["result"]);
      const sent = objectOf(call?.["params"]);
      if (call === undefined || typeof result["seq"] !== "number" || typeof sent["cseq"] !== "number") return;
      if (sent["world"] === undefined) return;
      acknowledged.push({
        method: String(call["method"]),
        lane: Number(sent["lane"] ?? 0),
        cseq: sent["cseq"],
        seq: result["seq"],
      });
    });
  });
  async function caughtUp(): Promise<void> {
    const acts = acknowledged.filter(({ method }) => method !== "v1.talk.say");
    const newest = Math.max(0, ...acts.map(({ seq }) => seq));
    while (newest > 0 && !told.has(newest)) await heard.promise;
  }

  return { acknowledged, told, sockets: () => sockets, caughtUp };
}

function objectOf(value: unknown): Json {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
