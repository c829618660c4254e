/** A client that only follows: counts a stream's messages by their numbers, and costs the machine as little as it can. */

const NUMBER = /"seq":(\d+)/;
const TRIES_MS = [500, 1_000, 2_000] as const;

export interface FollowerOptions {
  readonly url: string;
  readonly token: string;
  readonly world: string;
  /** Hears each message's number. */
  readonly heard?: (seq: number) => void;
}

/** One socket that follows one party's stream, from where it was each time it connects. */
export class Follower {
  readonly #options: FollowerOptions;
  #socket: WebSocket | undefined;
  #epoch = 0;
  /** Newest number heard. */
  seq = 0;
  missed = 0;
  doubled = 0;
  /** Connections that were refused or failed. */
  failed = 0;
  /** Wait the server announced before it closed. */
  announcedMs: number | undefined;
  closed = Promise.withResolvers<number>();

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  /** Connects and resumes; resolves once everything missed has come, as the server's marker tells. Rejects when it cannot. */
  async connect(): Promise<void> {
    const { url, token, world } = this.#options;
    // The types of the browser know no headers here; Deno does.
    const options = { headers: { authorization: `Bearer ${token}` } } as unknown as string[];
    const socket = new WebSocket(`${url.replace("http", "ws")}/ws`, options);
    const resumed = Promise.withResolvers<void>();
    this.closed = Promise.withResolvers();
    socket.onopen = () => {
      const position = this.seq === 0 ? "" : `,"epoch":${this.#epoch},"lastSeq":${this.seq}`;
      const params = `{"world":"${world}","audience":"party","lane":0${position}}`;
      socket.send(`{"jsonrpc":"2.0","id":1,"method":"v1.stream.subscribe","params":${params}}`);
    };
    socket.onerror = () => resumed.reject(new Error("The socket failed"));
    socket.onclose = ({ code }) => {
      resumed.reject(new Error(`The socket closed with ${code}`));
      this.closed.resolve(code);
    };
    socket.onmessage = ({ data }: MessageEvent<string>) => this.#hear(data, resumed);
    this.#socket = socket;
    await resumed.promise;
  }

  /** Connects as the browser does after a drop: after the announced wait, else after half a second to one, then ever later. */
  async comeBack(random: () => number): Promise<void> {
    let wait = this.announcedMs ?? 500 + random() * 500;
    this.announcedMs = undefined;
    for (let attempt = 0;; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      try {
        return await this.connect();
      } catch {
        // Refused or cut: counted, and tried again.
        this.failed += 1;
        wait = 500 + random() * (TRIES_MS[Math.min(attempt, TRIES_MS.length - 1)] ?? 0);
      }
    }
  }

  /** Cuts the connection without a word to the server's face; the stream is resumed by {@link Follower.comeBack}. */
  async close(): Promise<void> {
    this.#socket?.close(1000);
    await this.closed.promise;
  }

  #hear(text: string, resumed: PromiseWithResolvers<void>): void {
    const kind = text.slice(27, 55);
    if (kind.startsWith("v1.stream.message")) {
      const seq = Number(NUMBER.exec(text)?.[1]);
      if (seq <= this.seq) this.doubled += 1;
      else this.missed += seq - this.seq - 1;
      this.seq = Math.max(this.seq, seq);
      this.#options.heard?.(seq);
    } else if (kind.startsWith("v1.stream.snapshot")) {
      this.seq = Number(NUMBER.exec(text)?.[1]);
      this.#epoch = Number(/"epoch":(\d+)/.exec(text)?.[1]);
    } else if (kind.startsWith("v1.stream.resumed")) {
      resumed.resolve();
    } else if (kind.startsWith("v1.server.goingAway")) {
      this.announcedMs = Number(/"retryAfterMs":(\d+)/.exec(text)?.[1]);
    } else if (text.includes('"error"')) {
      resumed.reject(new Error(text));
    }
  }
}
