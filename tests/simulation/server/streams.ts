/** A client's streams: positions and views, each frame held against what the log says it has to be. */
import type { Audience } from "../../../engine/types/names.ts";
import type { View } from "../../../engine/types/view.ts";
import type { Patch } from "../../../host/engine_port.ts";
import type { JsonRecord } from "../../kit/client.ts";
import type { Stage } from "./stage.ts";

export interface StreamPosition {
  epoch: number;
  seq: number;
  view: View;
  /** Whether the marker has come after which everything is new. */
  live: boolean;
}

export class ClientStreams {
  readonly #stage: Stage;
  readonly #client: string;
  readonly #account: string;
  readonly #positions = new Map<string, StreamPosition>();

  constructor(stage: Stage, client: string, account: string) {
    this.#stage = stage;
    this.#client = client;
    this.#account = account;
  }

  at(world: string, audience: string): StreamPosition | undefined {
    return this.#positions.get(`${world}/${audience}`);
  }

  /** The line is gone: where we stand stays, but nothing comes. */
  pause(): void {
    for (const position of this.#positions.values()) position.live = false;
  }

  forget(world: string, audience: string): void {
    if (this.#positions.delete(`${world}/${audience}`)) {
      this.#stage.history.write({ type: "forget", client: this.#client, world, audience });
    }
  }

  /** Takes a frame in. */
  hear(kind: "snapshot" | "message" | "resumed", params: JsonRecord): void {
    const { history, witness, engine, truth } = this.#stage;
    const world = String(params.world);
    const audience = params.audience as Audience;
    const epoch = Number(params.epoch);
    const seq = Number(params.seq);
    const hash = typeof params.hash === "string" ? params.hash : "";
    history.write({
      type: "heard",
      client: this.#client,
      kind,
      world,
      audience,
      epoch,
      seq,
      ...(hash === "" ? {} : { digest: hash }),
    });
    const who = `${this.#client} at ${world} ${audience} ${seq}`;
    const expected = truth.message(world, audience, seq, epoch);
    const position = this.at(world, audience);
    if (kind === "resumed") {
      if (position !== undefined) position.live = true;
      return;
    }
    if (kind === "snapshot") {
      const view = params.view as View;
      this.#positions.set(`${world}/${audience}`, { epoch, seq, view, live: false });
      if (engine.hash(view) !== hash) witness.say("hash equal", `${who}: the snapshot's hash is not that of its view`);
      if (expected !== undefined && expected.hash !== hash) {
        witness.say("view as the log says", `${who}: the snapshot is not the view the log gives`);
      }
      return;
    }
    if (expected === undefined) {
      return witness.say("message as the log says", `${who}: the log has no such message`);
    }
    if (!expected.members.has(this.#account)) {
      witness.say("nothing of a hidden audience", `${who}: sent to somebody without a seat`);
    }
    if (JSON.stringify(params.events) !== expected.events) {
      witness.say("message as the log says", `${who}: its events are not those of the log`);
    }
    if (params.at !== expected.at || params.rid !== expected.rid) {
      witness.say("message as the log says", `${who}: it bears another stamp than its entry`);
    }
    if (hash !== expected.hash) {
      witness.say("view as the log says", `${who}: its hash is not that of the view the log gives`);
    }
    if (position === undefined || position.epoch !== epoch || seq <= position.seq) return;
    if (seq > position.seq + 1) return witness.say("stream in order", `${who}: a message after ${position.seq}`);
    position.seq = seq;
    position.view = engine.apply(position.view, params.patch as Patch);
    if (engine.hash(position.view) !== hash) witness.say("hash equal", `${who}: the patch gives another view`);
  }
}
