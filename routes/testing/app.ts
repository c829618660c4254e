/** The doors over a small host, and short ways to knock at them. */
import { parseConfig } from "../../host/config.ts";
import type { Json, JsonObject } from "../../host/api.ts";
import { type Clock, systemClock } from "../../host/clock.ts";
import { createMetrics } from "../../host/metrics.ts";
import { type App, createApp } from "../mod.ts";
import { createSmallHost, type SmallHost } from "./small_host.ts";

export const ORIGIN = "http://game.test";

export interface Doors {
  readonly app: App;
  readonly host: SmallHost;
  readonly metrics: ReturnType<typeof createMetrics>;
  /** Errors the doors logged. */
  readonly errors: string[];
  post(body: string | Uint8Array<ArrayBuffer>, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** One call with a fresh guest's token; the answer object. */
  call(method: string, params?: JsonObject): Promise<JsonObject>;
}

export function createDoors(
  { env = {}, clock = systemClock() }: {
    readonly env?: Readonly<Record<string, string>>;
    readonly clock?: Clock;
  } = {},
): Doors {
  const parsed = parseConfig({ GOLDBOX_PUBLIC_URL: ORIGIN, GOLDBOX_RATE_LIMITS: "off", ...env }, () => "");
  if (!parsed.ok) throw new Error(parsed.faults.join("; "));
  const host = createSmallHost();
  const metrics = createMetrics();
  const errors: string[] = [];
  const quiet = () => {};
  const log = { debug: quiet, info: quiet, warn: quiet, error: (event: string) => void errors.push(event) };
  const app = createApp({ host, config: parsed.config, metrics, log, clock });

  function post(body: string | Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = {}) {
    const request = new Request(`${ORIGIN}/rpc`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
    return app.fetch(request, peer("192.0.2.1"));
  }

  return {
    app,
    host,
    metrics,
    errors,
    post,
    async call(method, params = {}) {
      const guest = await host.guest({ name: "Ada", lang: "en" });
      const token = guest.ok ? guest.result.token : "";
      const response = await post(JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }), {
        authorization: `Bearer ${token}`,
      });
      return objectOf(await response.json());
    },
  };
}

export function peer(hostname: string) {
  return { remoteAddr: { transport: "tcp", hostname, port: 1 } } as const;
}

export function objectOf(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value as JsonObject : {};
}

/** `error.data.code` of an answer. */
export function codeOf(answer: JsonObject): unknown {
  return objectOf(objectOf(answer["error"])["data"])["code"];
}
