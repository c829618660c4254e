/** Pauses before listening again, in ms; the last one repeats. */
const PAUSES_MS = [100, 250, 500, 1_000, 2_000] as const;
/** How long connections that are open but idle are waited for; an older Deno would wait for them without end. */
const IDLE_MS = 500;

export interface ListenOptions {
  readonly hostname: string;
  /** 0 takes any free port, and keeps that one. */
  readonly port: number;
  readonly handler: (request: Request, info: Deno.ServeHandlerInfo<Deno.NetAddr>) => Response | Promise<Response>;
  /** Told when the accept loop ended by itself, with what ended it; listening goes on after a pause. */
  readonly onFault: (fault: unknown) => void;
  /** Starts to serve; tests pass one that fails. */
  readonly serve?: typeof serveOnce;
}

export interface Listening {
  readonly hostname: string;
  readonly port: number;
  /** Takes no new connections, answers what is under way, and settles when it is done, or half a second later. */
  stop(): Promise<void>;
}

/**
 * Listens, and listens again when the accept loop ends by itself: Deno rejects `finished` when file descriptors run out,
 * while the sockets that are open live on. Throws when it cannot listen at all.
 */
export function listen(options: ListenOptions): Listening {
  const serve = options.serve ?? serveOnce;
  const stopping = new AbortController();
  let server = serve(options, options.port);
  const { hostname, port } = server.addr;

  const ended = (async () => {
    for (let failures = 0; !stopping.signal.aborted;) {
      try {
        await server.finished;
        if (stopping.signal.aborted) return;
        options.onFault(new Error("The accept loop ended"));
      } catch (fault) {
        if (stopping.signal.aborted) return;
        options.onFault(fault);
      }
      for (;;) {
        await pause(PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)] ?? 0, stopping.signal);
        if (stopping.signal.aborted) return;
        failures += 1;
        try {
          server = serve(options, port);
          break;
        } catch (fault) {
          options.onFault(fault);
        }
      }
    }
  })();

  return {
    hostname,
    port,
    async stop() {
      stopping.abort();
      const shut = new AbortController();
      void Promise.all([server.shutdown(), ended]).finally(() => shut.abort());
      await pause(IDLE_MS, shut.signal);
    },
  };
}

function serveOnce({ hostname, handler }: ListenOptions, port: number) {
  return Deno.serve({ hostname, port, onListen: () => {} }, handler);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
