/** A socket's line between a client and a server process, with everything that can happen to one. */
import type { JsonRecord } from "../../kit/client.ts";
import type { Agenda } from "./agenda.ts";
import type { Chance } from "./chance.ts";
import type { Life } from "./life.ts";
import type { Weather } from "./weather.ts";

export interface LineOptions {
  readonly agenda: Agenda;
  readonly life: Life;
  readonly chance: Chance;
  readonly weather: () => Weather;
  /** Hears what the server says, at the moment at which it says it, and reads it: one message, or those of a batch. */
  readonly said: (text: string) => readonly JsonRecord[];
  /** The server has closed or lost its end. */
  readonly serverEnded: () => void;
  /** The client's end. */
  readonly heard: (message: JsonRecord) => void;
  readonly lost: (code: number) => void;
}

/** The server's end, as the runtime gives it. */
class ServerEnd extends EventTarget {
  readyState: number = WebSocket.OPEN;
  bufferedAmount = 0;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: ((event: { readonly code: number }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly #line: Line;

  constructor(line: Line) {
    super();
    this.#line = line;
  }

  send(text: string): void {
    if (this.readyState !== WebSocket.OPEN) throw new DOMException("The socket is not open", "InvalidStateError");
    this.#line.down(text);
  }

  close(code = 1005): void {
    if (this.readyState !== WebSocket.OPEN) return;
    this.readyState = WebSocket.CLOSING;
    this.#line.closedByServer(code);
  }
}

export class Line {
  readonly server = new ServerEnd(this);
  readonly #options: LineOptions;
  #open = true;
  /** Half open: nothing passes, and nobody is told. */
  #dead = false;
  #upAt = 0;
  #downAt = 0;

  constructor(options: LineOptions) {
    this.#options = options;
    options.life.onEnd(() => this.#serverDied());
  }

  /** The server's end as a socket. It has what a connection uses of one. */
  get socket(): WebSocket {
    return this.server as unknown as WebSocket;
  }

  /** From the client to the server; `arrived` is called when the server takes it in. */
  up(text: string, arrived: () => void): void {
    const { agenda, life } = this.#options;
    if (!this.#open || this.#dead) return;
    this.#upAt = Math.max(this.#upAt, agenda.now + this.#delay());
    agenda.after(this.#upAt - agenda.now, () => {
      if (!this.#open || this.#dead) return;
      life.enter(() => {
        if (this.server.readyState !== WebSocket.OPEN) return;
        arrived();
        this.server.onmessage?.({ data: text });
      });
    });
  }

  /** From the server to the client. */
  down(text: string): void {
    const { agenda, life, said, heard } = this.#options;
    if (!life.alive) return;
    const messages = said(text);
    if (!this.#open || this.#dead) return;
    this.#downAt = Math.max(this.#downAt, agenda.now + this.#delay());
    agenda.after(this.#downAt - agenda.now, () => {
      for (const message of messages) if (this.#open && !this.#dead) heard(message);
    });
  }

  closedByServer(code: number): void {
    const { agenda, serverEnded, lost } = this.#options;
    serverEnded();
    this.#downAt = Math.max(this.#downAt, agenda.now + this.#delay());
    agenda.after(this.#downAt - agenda.now, () => {
      if (!this.#open || this.#dead) return;
      this.#open = false;
      lost(code);
    });
    this.#tellServer(code);
  }

  closedByClient(): void {
    if (!this.#open) return;
    this.#open = false;
    if (!this.#dead) this.#tellServer(1000);
  }

  /** The line breaks: what is under way is lost, and both ends hear of it. */
  cut(): void {
    if (!this.#open) return;
    this.#open = false;
    const { agenda, lost } = this.#options;
    agenda.after(this.#delay(), () => lost(1006));
    this.#tellServer(1006);
  }

  /** Nothing passes any more. Whoever waits for an answer finds out by waiting. */
  halfOpen(): void {
    this.#dead = true;
  }

  /** The client reads no more: what it is sent piles up at the server. */
  mute(): void {
    this.server.bufferedAmount = 5 * 1024 * 1024;
  }

  #tellServer(code: number): void {
    const { agenda, life, serverEnded } = this.#options;
    agenda.after(this.#delay(), () =>
      life.enter(() => {
        if (this.server.readyState === WebSocket.CLOSED) return;
        this.server.readyState = WebSocket.CLOSED;
        serverEnded();
        this.server.onclose?.({ code });
      }));
  }

  /** What it had sent arrives or does not; then the end of the line, unless the machine went with it. */
  #serverDied(): void {
    const { agenda, chance, lost } = this.#options;
    if (!this.#open || this.#dead) return;
    if (chance.happens(0.1)) return this.halfOpen();
    const arrives = chance.happens(0.5) ? Math.max(this.#downAt - agenda.now, 0) : 0;
    agenda.after(arrives, () => {
      if (!this.#open || this.#dead) return;
      this.#open = false;
      lost(1006);
    });
  }

  #delay(): number {
    return this.#options.chance.int(0, this.#options.weather().latency);
  }
}
