/** What a client asks without changing anything: the whole view, and the stream by polling. */
import type { Audience } from "../../../engine/types/names.ts";
import type { View } from "../../../engine/types/view.ts";
import type { JsonRecord } from "../../kit/client.ts";
import type { QueryCall } from "../../kit/history.ts";
import type { Stage } from "./stage.ts";

export interface QuestionsOptions {
  readonly stage: Stage;
  readonly client: string;
  readonly world: string;
  /** False: there is no line to ask by. */
  readonly call: (
    method: string,
    params: JsonRecord,
    audience: Audience,
    done: (message: JsonRecord | undefined) => void,
  ) => boolean;
}

export class Questions {
  readonly #options: QuestionsOptions;
  #polled: { readonly epoch: number; readonly seq: number } | undefined;

  constructor(options: QuestionsOptions) {
    this.#options = options;
  }

  /** Looks at the whole view, at least as new as `minSeq` where one is given. */
  view(audience: Audience, minSeq?: number): void {
    const { stage, client, world, call } = this.#options;
    const { history, truth, witness, engine } = stage;
    const least = minSeq === undefined ? {} : { minSeq };
    const query: QueryCall = { type: "query", world, audience, ...least };
    let op = 0;
    const asked = call("getGameState", { world, audience, ...least }, audience, (message) => {
      const result = message?.result as JsonRecord | undefined;
      if (result === undefined) return history.write({ type: "unknown", op, why: "no view" });
      const seq = Number(result.seq);
      history.write({ type: "ok", op, epoch: Number(result.epoch), seq });
      const expected = truth.message(world, audience, seq, Number(result.epoch));
      if (expected !== undefined && engine.hash(result.view as View) !== expected.hash) {
        witness.say("view as the log says", `${client}'s query of ${world} ${audience} at ${seq} gives another view`);
      }
    });
    if (asked) op = history.invoke(client, query);
  }

  /** Follows the party's stream by asking for what has come since. */
  poll(waitMs: number): void {
    const { world, call } = this.#options;
    const from = this.#polled;
    const since = from === undefined ? {} : { epoch: from.epoch, afterSeq: from.seq };
    call("events.list", { world, audience: "party", waitMs, ...since }, "party", (message) => {
      const result = message?.result as JsonRecord | undefined;
      // Of two polls under way the later one may have been answered first.
      if (result === undefined || this.#polled !== from) return;
      if (result.snapshot !== undefined) this.#hear("snapshot", result.snapshot as JsonRecord);
      for (const one of result.messages as readonly JsonRecord[]) this.#hear("message", one);
    });
  }

  #hear(kind: "snapshot" | "message", { epoch, seq, hash }: JsonRecord): void {
    const { stage, client, world } = this.#options;
    const at = { epoch: Number(epoch), seq: Number(seq) };
    this.#polled = at;
    stage.history.write({
      type: "heard",
      client: `${client}/poll`,
      kind,
      world,
      audience: "party",
      ...at,
      digest: String(hash),
    });
  }
}
