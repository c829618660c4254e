/**
 * `deno task dev`: the server on this machine, without rate limits. A change builds the client again where its sources
 * changed and starts the server anew, which reads the client and the languages when it starts. Stops with Ctrl+C.
 */
import { buildIfStale } from "./build_web.ts";

const ROOT = new URL("../", import.meta.url);
const SOURCES = ["main.ts", "cli", "engine", "host", "kv", "locales", "routes", "web"];
/** Editors write a file in several steps: one restart for all of them. */
const QUIET_MS = 150;

async function build(): Promise<void> {
  try {
    if (await buildIfStale()) console.error("Built the client: reload the page");
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
}

function startServer(): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "main.ts", "serve"],
    cwd: ROOT,
    env: { GOLDBOX_RATE_LIMITS: "off", GOLDBOX_LOG_LEVEL: Deno.env.get("GOLDBOX_LOG_LEVEL") ?? "debug" },
    stdin: "null",
  }).spawn();
}

async function stopServer(server: Deno.ChildProcess): Promise<void> {
  try {
    server.kill("SIGTERM");
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error; // it has ended by itself
  }
  await server.status;
}

/** Yields once for each burst of changes. */
async function* changes(watcher: Deno.FsWatcher): AsyncIterable<void> {
  let wake = Promise.withResolvers<void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  (async () => {
    for await (const { kind } of watcher) {
      if (kind === "access") continue;
      clearTimeout(timer);
      timer = setTimeout(() => wake.resolve(), QUIET_MS);
    }
  })();
  for (;;) {
    await wake.promise;
    wake = Promise.withResolvers();
    yield;
  }
}

await build();
let server = startServer();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.addSignalListener(signal, async () => {
    await stopServer(server);
    Deno.exit(0);
  });
}
for await (const _ of changes(Deno.watchFs(SOURCES.map((path) => new URL(path, ROOT).pathname)))) {
  await build();
  await stopServer(server);
  server = startServer();
}
