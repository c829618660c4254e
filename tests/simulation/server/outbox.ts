/** The commands of one lane: numbers in order, the same bytes again until there is an answer. */
import type { CommandCall } from "../../kit/history.ts";
import type { JsonRecord } from "../../kit/client.ts";
import type { Stage } from "./stage.ts";

/** A command that has its number. */
export interface Sent {
  readonly call: CommandCall;
  readonly rid: string;
  readonly method: string;
  /** Bytes of the params, the same for every attempt. */
  readonly params: string;
  attempts: number;
  state: "waiting" | "asked" | "done";
  /** Not again before. */
  notBefore: number;
  result?: JsonRecord;
}

export interface OutboxOptions {
  readonly stage: Stage;
  readonly client: string;
  readonly session: string;
  readonly world: string;
  readonly lane: number;
  /** How many may be under way at once. */
  readonly window: number;
  /** Sends; false when there is no way to. `done` is called once at most. */
  readonly ask: (
    command: Sent,
    first: boolean,
    done: (message: JsonRecord | undefined) => void,
  ) => boolean;
  /** Params of every command beside its own: the epoch, where this client sends it. */
  readonly common: () => JsonRecord;
  readonly settled: (command: Sent, code: string) => void;
}

/** These say nothing of what became of a command; of all others, `retry: same` does not either. */
const OPEN = new Set(["world/quarantined", "account/damaged", "command/receipt_gone"]);
const RETRY_MS = 500;

export class Outbox {
  readonly #options: OutboxOptions;
  #cseq = 0;
  #under: Sent[] = [];
  readonly #wanted: { readonly method: string; readonly params: JsonRecord }[] = [];
  acknowledged: readonly Sent[] = [];

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Nothing waits and nothing is under way. */
  get idle(): boolean {
    return this.#wanted.length === 0 && this.#under.length === 0;
  }

  get size(): number {
    return this.#wanted.length + this.#under.length;
  }

  /** Highest number used so far. */
  get last(): number {
    return this.#cseq;
  }

  /** Where the party's stream stood after the newest acknowledged command; the other streams have no number here. */
  seen(audience: string): number | undefined {
    const last = this.acknowledged.at(-1)?.result;
    return audience === "party" && last !== undefined ? Number(last.seq) : undefined;
  }

  /** What still has no answer, for people. */
  get open(): string {
    return this.#under.map(({ rid, method, state }) => `${rid} ${method} ${state}`).join(", ");
  }

  want(method: string, params: JsonRecord): void {
    this.wantAll([[method, params]]);
  }

  /** Asks for several things, as many of them at once as `window` says. */
  wantAll(wanted: readonly (readonly [method: string, params: JsonRecord])[], window = this.#options.window): void {
    for (const [method, params] of wanted) this.#wanted.push({ method, params });
    this.pump(window);
  }

  /** Numbers may be skipped, never used again. */
  skip(): void {
    this.#cseq++;
  }

  /** Sends what may be sent, oldest first; nothing newer goes before something that waits. */
  pump(window = this.#options.window): void {
    const { stage } = this.#options;
    for (const command of [...this.#under]) {
      if (command.state !== "waiting") continue;
      // By HTTP a number may overtake another: one after another, then.
      if (this.#under.filter(({ state }) => state === "asked").length >= window) return;
      if (command.notBefore > stage.agenda.now || !this.#send(command)) return;
    }
    while (this.#under.length < window) {
      const next = this.#wanted.shift();
      if (next === undefined) return;
      const command = this.#number(next.method, next.params);
      this.#under.push(command);
      if (!this.#send(command)) return;
    }
  }

  /** Asks for something settled once more: it has to be answered as before. */
  again(command: Sent): void {
    this.#attempt(command, (code) => {
      // Only a restore takes an acknowledgement back; the checker knows whether there was one.
      if (code !== undefined && code !== "ok") this.acknowledged = this.acknowledged.filter((one) => one !== command);
    });
  }

  /** The same number with something else in it: refused, whatever it says. */
  reuse(command: Sent, method: string, params: string, done: (message: JsonRecord | undefined) => void): void {
    this.#options.ask({ ...command, method, params }, false, done);
  }

  #number(method: string, own: JsonRecord): Sent {
    const { client, world, session, lane } = this.#options;
    const cseq = ++this.#cseq;
    return {
      call: { type: "command", world, session, lane, cseq },
      rid: `r-${client}-${cseq}`,
      method,
      params: JSON.stringify({ world, cseq, lane, ...this.#options.common(), ...own }),
      attempts: 0,
      state: "waiting",
      notBefore: 0,
    };
  }

  #send(command: Sent): boolean {
    const { stage } = this.#options;
    command.state = "asked";
    const asked = this.#attempt(command, (code, retryAfterMs) => {
      if (command.state === "done") return;
      if (code !== undefined) {
        command.state = "done";
        this.#under = this.#under.filter((other) => other !== command);
        this.#options.settled(command, code);
        return this.pump();
      }
      command.state = "waiting";
      command.notBefore = stage.agenda.now + retryAfterMs;
      stage.agenda.after(retryAfterMs, () => this.pump());
    });
    if (!asked) command.state = "waiting";
    return asked;
  }

  /** One attempt; `outcome` has the code it was settled with, or undefined and a time to wait. */
  #attempt(command: Sent, outcome: (code: string | undefined, retryAfterMs: number) => void): boolean {
    const { stage, client, ask } = this.#options;
    const { history, witness } = stage;
    const { call, rid } = command;
    const first = command.attempts === 0;
    let op = 0;
    const asked = ask(command, first, (message) => {
      const result = message?.result as JsonRecord | undefined;
      const data = (message?.error as JsonRecord | undefined)?.data as JsonRecord | undefined;
      if (result !== undefined) {
        if (result.world !== call.world || result.cseq !== call.cseq) {
          witness.say("answer as the log says", `${rid} got somebody else's answer`);
        }
        const digest = JSON.stringify(result);
        history.write({ type: "ok", op, epoch: Number(result.epoch), seq: Number(result.seq), digest });
        if (command.result === undefined) this.acknowledged = [...this.acknowledged, command];
        command.result = result;
        return outcome("ok", 0);
      }
      const code = data === undefined ? undefined : String(data.code);
      if (code !== undefined && data?.retry !== "same" && !OPEN.has(code) && !code.startsWith("auth/")) {
        history.write({ type: "fail", op, code });
        return outcome(code, 0);
      }
      history.write({ type: "unknown", op, why: code ?? "no answer" });
      if (code === "command/receipt_gone") return outcome(code, 0);
      outcome(undefined, Number(data?.retryAfterMs ?? RETRY_MS));
    });
    if (!asked) return false;
    command.attempts++;
    op = history.invoke(client, call);
    witness.note(client, `asks ${rid} ${command.method} ${first ? "" : "again"}`);
    return true;
  }
}
