/** A socket for loads that fall due whatever the answers do: many commands under way on one lane, each with the time it was due. */
import { rpc } from "../kit/client.ts";
import type { Player } from "../kit/players.ts";

const ANSWER = '{"jsonrpc":"2.0","id":';
const ACCEPTED = '"result":{';
/** The server refuses the 33rd call under way, which would be a refusal of another kind. */
const UNDER_WAY = 30;

/** How a command ended: acknowledged, turned away for load, or anything else. */
export type Ending = "stored" | "busy" | "other";

export class OpenSocket {
  readonly #socket: WebSocket;
  readonly #world: string;
  readonly #due = new Map<number, number>();
  readonly #ended: (ending: Ending, ms: number) => void;
  #cseq: number;

  private constructor(socket: WebSocket, world: string, cseq: number, ended: (ending: Ending, ms: number) => void) {
    this.#socket = socket;
    this.#world = world;
    this.#cseq = cseq;
    this.#ended = ended;
    socket.onmessage = ({ data }: MessageEvent<string>) => this.#hear(data);
  }

  /**
   * Takes over a player's seat: same session and lane, a socket of its own, subscribed to the world. `ended` hears of each
   * command, in ms since it was due.
   */
  static async open(
    { client, world, sent }: Player,
    ended: (ending: Ending, ms: number) => void,
  ): Promise<OpenSocket> {
    const { ticket } = await rpc(client.url, "session.ticket", {}, client.options.token);
    const socket = new WebSocket(`${client.url.replace("http", "ws")}/ws?ticket=${ticket}`);
    const opened = Promise.withResolvers<void>();
    socket.onopen = () => opened.resolve();
    socket.onerror = () => opened.reject(new Error("The socket did not open"));
    await opened.promise;
    socket.send(`${ANSWER}"s","method":"v1.stream.subscribe","params":{"world":"${world}"}}`);
    return new OpenSocket(socket, world, sent.size, ended);
  }

  get underWay(): number {
    return this.#due.size;
  }

  /** Sends one more command; false when too many are under way already. */
  turn(due: number): boolean {
    if (this.#due.size >= UNDER_WAY || this.#socket.readyState !== WebSocket.OPEN) return false;
    const cseq = ++this.#cseq;
    this.#due.set(cseq, due);
    const params = `{"world":"${this.#world}","cseq":${cseq},"to":"left"}`;
    this.#socket.send(`${ANSWER}${cseq},"method":"v1.turn","params":${params}}`);
    return true;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#socket.onclose = () => resolve());
    this.#socket.close(1000);
    await closed;
  }

  #hear(text: string): void {
    if (!text.startsWith(ANSWER)) return;
    const comma = text.indexOf(",", ANSWER.length);
    const cseq = Number(text.slice(ANSWER.length, comma));
    const due = this.#due.get(cseq);
    if (due === undefined) return;
    this.#due.delete(cseq);
    const ending = text.startsWith(ACCEPTED, comma + 1) ? "stored" : text.includes('"server/busy"') ? "busy" : "other";
    this.#ended(ending, performance.now() - due);
  }
}
