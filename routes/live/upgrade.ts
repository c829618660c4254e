/** `GET /ws`: everything is settled before the upgrade, so that a refusal is an HTTP answer. */
import type { AppDeps } from "../deps.ts";
import { identifyUpgrade } from "../auth/identify.ts";
import { publicUrlOf } from "../auth/origin.ts";
import { chargeRefusal, type DoorDeps, headersOf, langOf } from "../http/door.ts";
import type { RequestContext } from "../rpc/call.ts";
import { rowOf } from "../wire/codes.ts";
import type { WireRefusal } from "../wire/encode.ts";
import { Connection } from "./connection.ts";
import type { Hub } from "./hub.ts";
import type { LiveDeps } from "./live_deps.ts";
import type { Pacer } from "./pacer.ts";

/** When a newcomer to a full server may try again. */
const FULL_RETRY_MS = 5_000;

export interface UpgradeDeps extends DoorDeps, Pick<AppDeps, "log"> {
  readonly hub: Hub;
  readonly live: LiveDeps;
  readonly arrivals: Pacer;
  readonly stopping: () => boolean;
}

export async function upgrade(request: Request, address: string, deps: UpgradeDeps): Promise<Response> {
  const { hub, config } = deps;
  const lang = langOf(request, deps.messages);
  const refuse = (refusal: WireRefusal, status?: number) =>
    refuseUpgrade(refusal, { address, lang, request, status }, deps);

  if (deps.stopping()) return await refuse({ code: "server/going_away", retryAfterMs: hub.retryAfterMs() });
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    return await refuse({ code: "rpc/unsupported_type" });
  }
  if (hub.full) {
    deps.metrics.shed.inc({ what: "connection" });
    return await refuse({ code: "limit/connections", details: { reason: "full" }, retryAfterMs: FULL_RETRY_MS }, 503);
  }
  // After a cut thousands come back at once: whoever is here already goes first.
  await hub.expect(deps.arrivals.turn());
  if (deps.stopping()) return await refuse({ code: "server/going_away", retryAfterMs: hub.retryAfterMs() });
  const banned = hub.bannedMs(address);
  if (banned > 0) return await refuse({ code: "limit/connections", retryAfterMs: banned });
  const identity = await identifyUpgrade(request, deps);
  if (!identity.ok) return await refuse(identity.refusal);
  const { caller } = identity;
  if (caller === undefined) return await refuse({ code: "auth/required" });
  if (!hub.hasRoom(caller.session, address)) return await refuse({ code: "limit/connections", retryAfterMs: 30_000 });

  const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
  const connection = new Connection(socket, {
    id: crypto.randomUUID(),
    caller,
    address,
    lang: deps.messages.pick(caller.lang, lang),
    publicUrl: publicUrlOf(request, config),
    metered: config.rateLimits,
    onClosed: (closed, code) => hub.remove(closed, code),
    onStrike: () => hub.strike(address),
  }, deps.live);
  hub.add(connection);
  return response;
}

async function refuseUpgrade(
  asked: WireRefusal,
  from: {
    readonly address: string;
    readonly lang: string;
    readonly request: Request;
    readonly status: number | undefined;
  },
  deps: UpgradeDeps,
): Promise<Response> {
  const context: RequestContext = {
    transport: "http",
    caller: undefined,
    address: from.address,
    lang: from.lang,
    rid: deps.makeRid(),
    publicUrl: publicUrlOf(from.request, deps.config),
    sameOrigin: false,
    link: undefined,
    reply: {},
  };
  // Who comes back while the server is stopping has done nothing wrong.
  const { refusal, charge } = asked.code === "server/going_away"
    ? { refusal: asked, charge: undefined }
    : await chargeRefusal(asked, context, deps);
  deps.metrics.refused.inc({ code: refusal.code });
  const { text } = deps.answerer.refusal(null, refusal, context.lang, context.rid);
  return new Response(text, {
    status: from.status ?? rowOf(refusal.code).http,
    headers: headersOf(context, deps, { charge, refusal }),
  });
}
