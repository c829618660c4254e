/** The commands of an account: worlds and characters made, each exactly once. */
import type { JsonRecord } from "../../kit/client.ts";
import type { Store } from "../../../kv/ports.ts";
import type { Stage } from "./stage.ts";

interface Made {
  readonly cseq: number;
  readonly method: string;
  readonly params: string;
  readonly result: string;
  /** The world's or the character's id. */
  readonly id: string;
}

export interface AccountOptions {
  readonly name: string;
  readonly token: string;
  readonly account: string;
  readonly session: string;
}

const TIMEOUT_MS = 12_000;

export class Account {
  readonly options: AccountOptions;
  readonly #stage: Stage;
  #made: Made[] = [];
  #cseq = 0;
  #id = 0;
  #last: Promise<unknown> = Promise.resolve();
  #open = 0;

  constructor(stage: Stage, options: AccountOptions) {
    this.#stage = stage;
    this.options = options;
  }

  get idle(): boolean {
    return this.#open === 0;
  }

  /** Makes something; one after another, asking with the same bytes until there is an answer. */
  make(method: "world.create" | "createCharacter", params: JsonRecord): Promise<JsonRecord> {
    this.#open++;
    const mine = this.#last.then(async () => {
      const cseq = ++this.#cseq;
      const body = JSON.stringify({ cseq, ...params });
      const result = await this.#insist(method, body);
      this.#made.push({ cseq, method, params: body, result: JSON.stringify(result), id: madeId(result) });
      return result;
    });
    this.#last = mine.catch(() => undefined).finally(() => this.#open--);
    return mine;
  }

  /** Asks for something made before once more. */
  again(): void {
    const one = this.#made.at(-1);
    if (one === undefined) return;
    this.#open++;
    this.#last = this.#last.then(() => this.#insist(one.method, one.params)).then((result) => {
      if (!this.#made.includes(one)) {
        // A restore came between and took it back: it is made anew.
        this.#made.push({ ...one, result: JSON.stringify(result), id: madeId(result) });
      } else if (JSON.stringify(result) !== one.result) {
        this.#stage.witness.say("same answer again", `${this.options.name} got another answer to ${one.method}`);
      }
    }).finally(() => this.#open--);
  }

  /** A backup was restored: what was made after it is forgotten, here as there. */
  async restored(store: Store): Promise<void> {
    const { account } = this.options;
    const left = [
      ...(await store.readSeats(account)).map(({ world }) => world),
      ...(await store.readRoster(account)).map(({ id }) => id),
    ];
    this.#made = this.#made.filter(({ id }) => left.includes(id));
  }

  async #insist(method: string, body: string): Promise<JsonRecord> {
    for (;;) {
      const message = await this.#ask(method, body);
      if (message?.result !== undefined) return message.result as JsonRecord;
      const data = (message?.error as JsonRecord | undefined)?.data as JsonRecord | undefined;
      if (data !== undefined && data.retry !== "same") {
        this.#stage.witness.say("account as acknowledged", `${this.options.name}: ${method} is refused: ${data.code}`);
        return {};
      }
      const pause = Promise.withResolvers<void>();
      this.#stage.agenda.after(Number(data?.retryAfterMs ?? 500), pause.resolve);
      await pause.promise;
    }
  }

  #ask(method: string, body: string): Promise<JsonRecord | undefined> {
    const { network, agenda, truth } = this.#stage;
    const answer = Promise.withResolvers<JsonRecord | undefined>();
    const id = ++this.#id;
    const rid = `r-${this.options.name}-a${id}`;
    const text = `{"jsonrpc":"2.0","id":${id},"method":"v1.${method}","params":${body},"rid":"${rid}"}`;
    agenda.after(TIMEOUT_MS, () => answer.resolve(undefined));
    const { restores } = truth;
    const given = [{ id, rid, first: false }];
    network.call({ text, token: this.options.token, given }, ([message]) => {
      // An answer still under way when a backup was restored is one of a history that is no more.
      answer.resolve(restores === truth.restores ? message : undefined);
    });
    return answer.promise;
  }

  /** What it made is in the store, once each, and nothing else is. */
  async check(store: Store): Promise<void> {
    const { account, name } = this.options;
    const say = (what: string) => this.#stage.witness.say("account as acknowledged", `${name}: ${what}`);
    const seats = (await store.readSeats(account)).map(({ world }) => world);
    const roster = (await store.readRoster(account)).map(({ id }) => id);
    const worlds = this.#made.filter(({ method }) => method === "world.create").map(({ id }) => id);
    const characters = this.#made.filter(({ method }) => method === "createCharacter").map(({ id }) => id);
    for (const id of worlds) if (!seats.includes(id)) say(`${id} is not among its worlds`);
    for (const id of characters) if (!roster.includes(id)) say(`${id} is not in its roster`);
    if (new Set(worlds).size !== worlds.length || new Set(characters).size !== characters.length) say("one id twice");
    if (roster.length > characters.length) say(`${roster.length} characters, asked for ${characters.length}`);
    const own = seats.filter((world) =>
      this.#stage.truth.worlds.get(world)?.state.seats["s_1" as never]?.["account"] === account
    );
    if (own.length > worlds.length) say(`${own.length} worlds, asked for ${worlds.length}`);
  }
}

/** The world's or the character's id in an answer. */
function madeId(result: JsonRecord): string {
  return String(result.world ?? (result.character as JsonRecord | undefined)?.id);
}
