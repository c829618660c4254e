/**
 * `deno task dev`: the server on this machine without limits, restarted when its sources change; the client is built
 * again when its sources change. Stops with Ctrl+C.
 */
import { buildIfStale } from "./build_web.ts";

const ROOT = new URL("../", import.meta.url);
/** Editors write a file in several steps: one build for all of them. */
const QUIET_MS = 150;

async function build(): Promise<void> {
  try {
    if (await buildIfStale()) console.error("Built the client: reload the page");
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
}

await build();
const server = new Deno.Command(Deno.execPath(), {
  args: ["run", "--watch", "-A", "main.ts", "serve"],
  cwd: ROOT,
  env: { GOLDBOX_RATE_LIMITS: "off", GOLDBOX_LOG_LEVEL: Deno.env.get("GOLDBOX_LOG_LEVEL") ?? "debug" },
}).spawn();

const watcher = Deno.watchFs(["web", "engine", "locales"].map((path) => new URL(path, ROOT).pathname));
let timer: ReturnType<typeof setTimeout> | undefined;
(async () => {
  for await (const change of watcher) {
    if (change.kind === "access") continue;
    clearTimeout(timer);
    timer = setTimeout(build, QUIET_MS);
  }
})();

Deno.exit((await server.status).code);
