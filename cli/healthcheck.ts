import { parseArgs } from "node:util";
import { loadConfig } from "./load_config.ts";
import { type CliContext, EXIT, type Subcommand } from "./subcommand.ts";

const TIMEOUT_MS = 5_000;

export const healthcheck: Subcommand = {
  name: "healthcheck",
  usage: "[--url http://HOST:PORT]",
  about: "Ask a running server for its health; exit code 0 when it is well. For containers and supervisors",
  async run(context) {
    const address = addressOf(context);
    try {
      const response = await fetch(new URL("/health", address), { signal: AbortSignal.timeout(TIMEOUT_MS) });
      const body = (await response.text()).slice(0, 2_000);
      if (response.ok) {
        context.out(body);
        return EXIT.ok;
      }
      context.err(`The server at ${address} answers ${response.status}: ${body}`);
    } catch (error) {
      context.err(`No server answers at ${address}: ${error instanceof Error ? error.message : String(error)}`);
    }
    return EXIT.failed;
  },
};

function addressOf(context: CliContext): string {
  const { values } = parseArgs({ args: [...context.args], options: { url: { type: "string" } } });
  if (values.url !== undefined) return values.url;
  const { host, port } = loadConfig(context);
  const reachable = host === "0.0.0.0"
    ? "127.0.0.1"
    : host === "::"
    ? "[::1]"
    : host.includes(":")
    ? `[${host}]`
    : host;
  return `http://${reachable}:${port}`;
}
