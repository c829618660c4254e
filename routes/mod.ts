/** The doors of the server: everything that speaks HTTP or WebSocket. */
import { Hono } from "hono";
import { cors } from "hono/cors";
import { secureHeaders } from "hono/secure-headers";
import { readClient, readMessages } from "./assets.ts";
import { createClientAddress } from "./auth/client_address.ts";
import { cookieRules } from "./auth/cookie.ts";
import { createNetworks } from "./auth/networks.ts";
import type { AppDeps } from "./deps.ts";
import type { DoorDeps } from "./http/door.ts";
import { errorPage } from "./http/error_page.ts";
import { checkConnections, health, live, ready } from "./http/health.ts";
import { answerRest } from "./http/rest_door.ts";
import { answerRpc, refuseVerb } from "./http/rpc_door.ts";
import { createStatic } from "./http/static.ts";
import { Hub } from "./live/hub.ts";
import { Pacer } from "./live/pacer.ts";
import { createTurnAway } from "./live/turn_away.ts";
import { upgrade } from "./live/upgrade.ts";
import { createAnswerer } from "./rpc/answer.ts";
import type { Services } from "./rpc/call.ts";
import { createDispatcher } from "./rpc/dispatcher.ts";
import { describeServer } from "./rpc/openrpc.ts";
import { createRateLimits, NO_LIMITS } from "./rpc/rate_limits.ts";
import { createRidMaker } from "./rid.ts";
import { isCode } from "./wire/codes.ts";
import { createMessages } from "./wire/messages.ts";

/** Sockets opened, or newcomers' first frames read, in one turn of the event loop: about two milliseconds of work. */
const ARRIVALS_AT_ONCE = 8;

/** How long the goodbyes may take to arrive; closing the listener would cut them off. */
const GOODBYE_MS = 250;

export type { AppDeps } from "./deps.ts";

/** What `Deno.serve` tells about a connection, as far as we ask. */
export interface PeerInfo {
  readonly remoteAddr: Deno.Addr;
}

export interface App {
  fetch(request: Request, info?: PeerInfo): Promise<Response>;
  /** First step of stopping: refuses new work and waits for calls under way. */
  stop(): Promise<void>;
  /** Last step: says goodbye to sockets, closes them with 1012, and waits a moment for those who have to hear it. */
  closeSockets(): Promise<void>;
}

type Env = { readonly Bindings: { readonly address: string } };

export function createApp(deps: AppDeps): App {
  const { host, config, clock, metrics, log } = deps;
  const random = deps.random ?? Math.random;
  const messages = createMessages(readMessages());
  const answerer = createAnswerer(messages);
  const isTrusted = createNetworks(config.trustedNets);
  const clientAddress = createClientAddress(config.proxies);
  const hub = new Hub({
    clock,
    metrics,
    random,
    isTrusted,
    limited: config.rateLimits,
    most: config.maxConnections,
    pressure: () => deps.memory?.pressure ?? "none",
  });
  const makeRid = createRidMaker(random);
  const description = describeServer(host.status().version, messages);
  // Anybody may ask, and it is long: written out once.
  const described = JSON.stringify(description);
  const services: Services = {
    host,
    ...(deps.admin === undefined ? {} : { admin: deps.admin.admin }),
    clock,
    languages: messages.languages,
    endSockets: (session) => hub.endSession(session),
    describe: () => description,
  };
  const limits = config.rateLimits ? createRateLimits(isTrusted) : NO_LIMITS;
  const dispatcher = createDispatcher(deps, services, answerer, limits);
  const door: DoorDeps = {
    host,
    config,
    clock,
    metrics,
    ...(deps.admin === undefined ? {} : { admin: deps.admin }),
    dispatcher,
    answerer,
    messages,
    cookie: cookieRules(config.publicUrl),
    makeRid,
  };
  const arrivals = new Pacer(clock, ARRIVALS_AT_ONCE);
  const upgradeDeps = {
    ...door,
    log,
    hub,
    arrivals,
    live: {
      host,
      clock,
      log,
      metrics,
      dispatcher,
      messages,
      makeRid,
      arrivals,
      turnAway: createTurnAway({ host, answerer, makeRid }),
    },
    stopping: () => stopping,
  };
  const serveStatic = createStatic(readClient());
  let stopping = false;

  const app = new Hono<Env>();
  app.use(secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    strictTransportSecurity: config.publicUrl.startsWith("https:") ? "max-age=15552000" : false,
    xFrameOptions: "DENY",
  }));
  if (config.origins.length > 0) {
    const allowed = cors({
      origin: [...config.origins],
      allowMethods: ["POST"],
      allowHeaders: ["authorization", "content-type", "x-request-id"],
      exposeHeaders: ["x-request-id", "retry-after"],
      credentials: false,
      maxAge: 600,
    });
    app.use("/rpc", allowed);
    app.use("/api/*", allowed);
  }
  app.post("/rpc", (c) => answerRpc(c.req.raw, c.env.address, door));
  app.all("/rpc", refuseVerb);
  app.post("/api/v1/:method", (c) => answerRest(c.req.raw, c.req.param("method"), c.env.address, door));
  app.all("/api/v1/:method", refuseVerb);
  app.get("/openrpc.json", (c) => {
    return c.body(described, 200, { "content-type": "application/json; charset=utf-8", "cache-control": "no-cache" });
  });
  app.get("/health", () => health(host, [checkConnections({ size: hub.size, most: config.maxConnections })]));
  app.get("/ready", () => ready(host, stopping));
  app.get("/live", live);
  app.get("/metrics", async (c) => {
    const text = await metrics.registry.metrics();
    return c.body(text, 200, { "content-type": metrics.registry.contentType, "cache-control": "no-store" });
  });
  app.get("/docs/errors/:area/:reason", (c) => {
    const code = `${c.req.param("area")}/${c.req.param("reason")}`;
    if (!isCode(code)) return c.notFound();
    const lang = messages.pick(c.req.query("lang"), c.req.header("accept-language"));
    return c.html(errorPage(code, messages.of({ code }, lang)));
  });
  app.get("*", async (c, next) => {
    const path = c.req.path === "/" || /^\/i\/[^/]+$/.test(c.req.path) ? "/index.html" : c.req.path;
    return await serveStatic(path, c.req.header("accept-encoding") ?? "") ?? await next();
  });
  app.notFound((c) => c.json({ error: { code: 404, message: "There is nothing at this address" } }, 404));
  app.onError((fault, c) => {
    log.error("request failed", { path: c.req.path, fault: fault.stack ?? fault.message });
    metrics.faults.inc({ kind: "request" });
    const rid = makeRid();
    return c.json({ error: answerer.error({ code: "server/internal" }, messages.languages[0] ?? "en", rid) }, 500);
  });

  return {
    async fetch(request, info) {
      const address = clientAddress(addressOf(info), request.headers);
      // Before Hono: an upgraded response must not be touched by middleware.
      if (new URL(request.url).pathname === "/ws") return await upgrade(request, address, upgradeDeps);
      const response = await app.fetch(request, { address });
      // Connections that are kept open take descriptors from those who play.
      if (hub.full) response.headers.set("connection", "close");
      return response;
    },
    async stop() {
      stopping = true;
      dispatcher.close(hub.retryAfterMs());
      await dispatcher.drained();
    },
    async closeSockets() {
      stopping = true;
      const late = Promise.withResolvers<void>();
      const cancel = clock.after(GOODBYE_MS, late.resolve);
      await Promise.race([hub.stop(), late.promise]);
      cancel();
    },
  };
}

function addressOf(info: PeerInfo | undefined): string {
  return info !== undefined && "hostname" in info.remoteAddr ? info.remoteAddr.hostname : "";
}
