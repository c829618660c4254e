/** Starts the real server in a process of its own, the way a self-hoster does, and ends it politely or not. */

const ROOT = new URL("../../", import.meta.url);
const READY = /^GoldBox is ready at (http:\/\/\S+)$/m;

/** One machine plays many players here: none of them is to meet a limit by address. */
export const CALM: Readonly<Record<string, string>> = {
  GOLDBOX_RATE_LIMITS: "off",
  GOLDBOX_TRUSTED_NETS: "127.0.0.0/8",
};

export interface ServerOptions {
  readonly data: string;
  /** 0: any free port. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Command line instead of `deno run … main.ts serve`, e.g. a compiled binary. */
  readonly command?: readonly string[];
  readonly cwd?: string;
  /** Ends a server that is not ready yet with SIGKILL: starting it then rejects. */
  readonly signal?: AbortSignal;
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Everything printed so far. */
  readonly output: () => string;
  /** SIGKILL: the power cut. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number>;
  /** The exit code of a server that ends by itself. */
  readonly ended: Promise<number>;
}

/** The permissions of the set `server` for a data directory anywhere, as flags that an older Deno knows too. */
export function serveCommand(data: string): readonly string[] {
  const read = [new URL("dist", ROOT).pathname, new URL("locales", ROOT).pathname, "/run/secrets", data].join(",");
  const permissions = ["--allow-net", "--allow-env", `--allow-read=${read}`, `--allow-write=${data}`];
  return [Deno.execPath(), "run", "--no-prompt", ...permissions, new URL("main.ts", ROOT).pathname, "serve"];
}

/** Starts a server and waits for its ready line; throws with its output when it ends first. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const [program = Deno.execPath(), ...args] = options.command ?? serveCommand(options.data);
  const child = new Deno.Command(program, {
    args,
    cwd: options.cwd ?? ROOT.pathname,
    env: {
      GOLDBOX_HOST: "127.0.0.1",
      GOLDBOX_PORT: String(options.port ?? 0),
      GOLDBOX_DATA: options.data,
      GOLDBOX_LOG_LEVEL: "warning",
      // Tests that are not about a full disk hold none of it.
      GOLDBOX_DISK_WARN: "0",
      ...options.env,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let printed = "";
  const ready = Promise.withResolvers<string>();
  const reading = Promise.all([child.stdout, child.stderr].map(async (stream) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      printed += text;
      const url = READY.exec(printed)?.[1];
      if (url !== undefined) ready.resolve(url);
    }
  }));
  reading.then(() => ready.reject(new Error(`The server ended before it was ready:\n${printed}`)));
  const cut = () => child.kill("SIGKILL");
  options.signal?.addEventListener("abort", cut);
  const url = await ready.promise.finally(() => options.signal?.removeEventListener("abort", cut));
  const end = async (signal: Deno.Signal) => {
    try {
      child.kill(signal);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    const [status] = await Promise.all([child.status, reading]);
    return status.code;
  };
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid,
    output: () => printed,
    kill: async () => void await end("SIGKILL"),
    stop: () => end("SIGTERM"),
    ended: child.status.then(({ code }) => code),
  };
}
