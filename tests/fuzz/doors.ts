/** The doors of a whole server in this process, sockets included, with a count of what was stored. */
import type { Host } from "../../host/api.ts";
import type { Store } from "../../kv/ports.ts";
import { readMessages } from "../../routes/assets.ts";
import { Connection } from "../../routes/live/connection.ts";
import { createAnswerer } from "../../routes/rpc/answer.ts";
import { createDispatcher, type Dispatcher, type Reply } from "../../routes/rpc/dispatcher.ts";
import { NO_LIMITS } from "../../routes/rpc/rate_limits.ts";
import { Wire } from "../../routes/testing/wire.ts";
import { createMessages, type Messages } from "../../routes/wire/messages.ts";
import { type Guest, type House, openHouse, URL_OF_HOUSE } from "../contract/house.ts";
import type { Input } from "./inputs.ts";

/** What a door said. */
export interface Said {
  readonly status: number;
  /** Empty: nothing. */
  readonly text: string;
  /** Whether time had to pass before there was an answer. */
  readonly waited: boolean;
}

export interface Doors {
  readonly house: House;
  /** Atomics and sessions stored so far. */
  stored(): number;
  /** Names that have reached the operator's tools since this was asked last; empty for what needs no name. */
  operated(): readonly string[];
  say(input: Input, guest: Guest): Promise<Said>;
  close(): Promise<void>;
}

const quiet = () => {};

export function openDoors(seed: number): Doors {
  let stored = 0;
  const counted = <A extends unknown[], T>(write: (...args: A) => Promise<T>) => (...args: A): Promise<T> => {
    stored += 1;
    return write(...args);
  };
  const store = (real: Store): Store => ({
    ...real,
    commit: counted(real.commit),
    writeSession: counted(real.writeSession),
    endSession: counted(real.endSession),
  });
  let operated: string[] = [];
  const house = openHouse({ seed, store, operated: (name) => void operated.push(name) });
  const sockets = new Sockets(house);
  return {
    house,
    stored: () => stored,
    operated() {
      const names = operated;
      operated = [];
      return names;
    },
    async say(input, guest) {
      const asked = input.door === "frame" ? sockets.say(input, guest) : ask(house, input);
      let said: Omit<Said, "waited"> | undefined;
      const done = asked.then((answer) => void (said = answer));
      for (let turn = 0; said === undefined && turn < 20; turn += 1) {
        await Promise.race([done, new Promise((resolve) => setTimeout(resolve, turn))]);
      }
      let waited = false;
      // Something waits for time: a question that may wait for news.
      for (let step = 0; said === undefined && step < 200; step += 1) {
        waited = true;
        house.clock.advance();
        await Promise.race([done, new Promise((resolve) => setTimeout(resolve))]);
      }
      if (said === undefined) throw new Error("There is no answer, however long it is waited for");
      const { status, text }: Omit<Said, "waited"> = said;
      return { status, text, waited };
    },
    close: () => house.close(),
  };
}

async function ask(house: House, { body, path, verb, headers }: Input): Promise<Omit<Said, "waited">> {
  const response = await house.fetch(new Request(`${URL_OF_HOUSE}${path}`, { method: verb, headers, body }));
  return { status: response.status, text: await response.text() };
}

/** One connection per guest; a new one whenever the server has closed it. */
class Sockets {
  readonly #host: Host;
  readonly #house: House;
  readonly #messages: Messages;
  readonly #open = new Map<Guest, { readonly wire: Wire; readonly connection: Connection }>();
  #running: Promise<Reply>[] = [];

  constructor(house: House) {
    this.#house = house;
    this.#host = house.host;
    this.#messages = createMessages(readMessages());
  }

  async say({ body }: Input, guest: Guest): Promise<Omit<Said, "waited">> {
    const wire = (await this.#of(guest))?.wire;
    if (wire === undefined) return { status: 0, text: "" };
    wire.sent.length = 0;
    this.#running = [];
    const data = typeof body === "string" ? body : body.buffer;
    Reflect.get(wire, "onmessage").call(wire, { data });
    const replies = await Promise.all(this.#running);
    if (wire.closedWith !== undefined || replies.length === 0) this.#open.delete(guest);
    return { status: wire.closedWith ?? 0, text: replies.map(({ text }) => text ?? "").join("") };
  }

  async #of(guest: Guest) {
    const present = this.#open.get(guest);
    if (present !== undefined) return present;
    const caller = await this.#host.authenticate(guest.token);
    if (caller === undefined) return undefined;
    const wire = new Wire();
    const { clock, metrics } = this.#house;
    const log = { debug: quiet, info: quiet, warn: quiet, error: (event: string) => void this.#house.log.push(event) };
    const makeRid = () => "r-00000001";
    const options = { id: `k${Math.random()}`, caller, address: "192.0.2.1", lang: "en", publicUrl: URL_OF_HOUSE };
    const connection = new Connection(
      wire as unknown as WebSocket,
      { ...options, metered: false, onClosed: quiet, onStrike: quiet },
      { host: this.#host, clock, log, metrics, dispatcher: this.#dispatcher(log), messages: this.#messages, makeRid },
    );
    const made = { wire, connection };
    this.#open.set(guest, made);
    return made;
  }

  /** Keeps what is under way, so that one knows when it is done. */
  #dispatcher(log: Parameters<typeof createDispatcher>[0]["log"]): Dispatcher {
    const { clock, metrics } = this.#house;
    const services = {
      host: this.#host,
      clock,
      languages: this.#messages.languages,
      endSockets: quiet,
      describe: () => ({}),
    };
    const deps = { clock, metrics, log, config: { logLevel: "info" as const } };
    const real = createDispatcher(deps, services, createAnswerer(this.#messages), NO_LIMITS);
    return {
      ...real,
      run: (prepared, context) => {
        const running = real.run(prepared, context);
        this.#running.push(running);
        return running;
      },
    };
  }
}
