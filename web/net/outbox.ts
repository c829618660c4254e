import type { Connection, Reply } from "./connection.ts";
import type { JsonObject } from "./json.ts";
import { createPatience } from "./patience.ts";

/** Settled for good: a result, or a refusal that repeating would not change. */
export type Settled = Exclude<Reply, { readonly type: "unknown" }>;

/**
 * The commands of one lane, strictly one after another. Unknown outcome is a result: the same bytes go out again until
 * there is an answer, before anything newer (protocol, "Commands and receipts").
 */
export interface Outbox {
  /** The next number the server expects; never goes down. */
  lift(nextCseq: number): void;
  lastCseq(): number;
  send(method: string, params: JsonObject): Promise<Settled>;
  /** Forgets what was not sent yet: the world was restored. */
  drop(): void;
}

/** So often a fault of the server is asked again before the player is told. */
const MOST_FAULTS = 8;

export function createOutbox(
  line: Pick<Connection, "call" | "ready"> & Partial<Pick<Connection, "held">>,
  common: () => JsonObject,
  wait: (ms: number) => Promise<void>,
): Outbox {
  let next = 1;
  let generation = 0;
  let tail: Promise<unknown> = Promise.resolve();

  async function deliver(method: string, params: JsonObject): Promise<Settled> {
    const bytes = { ...common(), ...params, cseq: next++ };
    const patience = createPatience(line.held);
    for (let faults = 0;;) {
      await line.ready();
      const reply = await line.call(`v1.${method}`, bytes);
      if (reply.type === "unknown") {
        await wait(100);
        continue;
      }
      const fault = reply.type === "error" && reply.error.code === "server/internal";
      if (reply.type === "error" && reply.error.retry === "same" && !(fault && ++faults > MOST_FAULTS)) {
        patience.refused(reply.error);
        await wait(Math.max(50, reply.error.retryAfterMs));
        continue;
      }
      patience.over();
      return reply;
    }
  }

  return {
    lift: (nextCseq) => next = Math.max(next, nextCseq),
    lastCseq: () => next - 1,
    drop: () => generation++,
    send(method, params) {
      const born = generation;
      const turn = tail.then((): Promise<Settled> => {
        if (born === generation) return deliver(method, params);
        const error = { code: "command/other_epoch", message: "", hint: "", retryAfterMs: 0, details: {} };
        return Promise.resolve({ type: "error", error: { ...error, retry: "changed" } });
      });
      tail = turn.catch(() => {});
      return turn;
    },
  };
}
