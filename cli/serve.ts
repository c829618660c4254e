import { parseArgs } from "node:util";
import { systemClock } from "../host/clock.ts";
import type { Config } from "../host/config.ts";
import type { DiskStage } from "../host/disk_watch.ts";
import type { HostDeps } from "../host/deps.ts";
import { watchMemory } from "../host/memory.ts";
import { LoopWatch } from "../host/loop_watch.ts";
import { createMetrics } from "../host/metrics.ts";
import { createHost } from "../host/mod.ts";
import { createRules } from "../host/rules.ts";
import { dataPaths, openReserve, openStore, whereItLies } from "../kv/mod.ts";
import { createApp } from "../routes/mod.ts";
import { backUpFirst } from "./back_up.ts";
import { connectionLimit, memoryLimit, tryDescriptors } from "./limits.ts";
import { listen, type Listening, type ListenOptions } from "./listen.ts";
import { loadConfig } from "./load_config.ts";
import { configureLogs } from "./logs.ts";
import { openAdmin } from "./open_admin.ts";
import { EXIT, StartFault, type Subcommand } from "./subcommand.ts";
import { VERSION } from "./version.ts";

/** How long a stop may take before the process ends anyway; what is acknowledged is on disk by then. */
const STOP_LIMIT_MS = 10_000;
const MIB = 1_048_576;
/** Exit code when another process has taken the store over. */
const OWNER_LOST = 5;

export const serve: Subcommand = {
  name: "serve",
  usage: "",
  about: "Serve the game (what happens without a subcommand)",
  async run(context) {
    parseArgs({ args: [...context.args], options: {} });
    const asked = loadConfig(context);
    const log = configureLogs(asked.logLevel);
    const ending = Promise.withResolvers<number>();

    const opened = await openStore({
      directory: asked.data,
      version: VERSION,
      now: () => Date.now(),
      backUp: backUpFirst(asked, context.out),
    });
    const config = withLimits(asked);
    // The environment has been read; nothing that runs from here on may look at it again.
    await Deno.permissions.revoke({ name: "env" });

    const clock = systemClock();
    const metrics = createMetrics();
    const memory = watchMemory({
      clock,
      metrics,
      used: () => Deno.memoryUsage().rss,
      limit: memoryLimit(config.memoryLimit, Deno.readTextFileSync),
      log: (event, fields) => log.getChild("host").warn(event, fields),
    });
    const loop = new LoopWatch(clock, metrics);
    const shared: Pick<HostDeps, "store" | "engine" | "clock" | "metrics" | "randomBytes" | "log"> = {
      store: opened.store,
      engine: createRules(),
      clock,
      metrics,
      randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
      log: (level, event, fields) => log.getChild("host")[level === "warning" ? "warn" : level](event, fields),
    };
    const admin = await openAdmin({ ...shared, config });
    const host = createHost({
      ...shared,
      version: VERSION,
      ownerLost: () => ending.resolve(OWNER_LOST),
      failed: () => ending.resolve(EXIT.failed),
      memory,
      checks: [() => loop.check(), () => admin.check()],
      options: { worldLogLimit: config.worldLogLimit * MIB },
      ...(await roomOf(config, (stage) => admin.room(stage === "ample"))),
    });

    // The address is known only once we listen, and the app needs it: the door opens on an app that is made at once after.
    const door = Promise.withResolvers<ReturnType<typeof createApp>>();
    const listening = open({
      hostname: config.host,
      port: config.port,
      handler: async (request, info) => (await door.promise).fetch(request, info),
      onFault: (fault) => {
        metrics.faults.inc({ kind: "accept" });
        log.error("listening was interrupted, trying again", { fault: String(fault) });
      },
    });
    const address = addressOf(listening);
    const app = createApp({
      host,
      config: withAddress(config, listening),
      metrics: metrics,
      log: log.getChild("routes"),
      clock,
      memory,
      admin: admin.door,
    });
    door.resolve(app);
    await opened.noteAddress(address);
    context.out(`GoldBox is ready at ${address}`);

    const unlisten = onSignals(() => ending.resolve(EXIT.ok));
    const code = await ending.promise;
    unlisten();
    log.info("stopping");
    const limit = setTimeout(() => Deno.exit(code), STOP_LIMIT_MS);
    memory.stop();
    loop.stop();
    admin.stop();
    await app.stop();
    await host.stop();
    // Before the listener stops: it would close the sockets itself, with a code that does not say "come back".
    await app.closeSockets();
    await listening.stop();
    await opened.close(code === EXIT.ok);
    clearTimeout(limit);
    log.info("stopped");
    return code;
  },
};

/** What is held of the disk, unless none is to be. */
async function roomOf(
  { data, diskWarn, diskStop }: Config,
  changed: (stage: DiskStage) => void,
): Promise<Pick<HostDeps, "disk">> {
  if (diskWarn === 0) return {};
  const paths = dataPaths(data);
  const reserve = await openReserve(paths);
  const intact = await whereItLies(paths.store);
  return { disk: { reserve, warn: diskWarn, stop: Math.min(diskStop, diskWarn), intact, changed } };
}

/** Fills in what the system allows, where the server may look. */
function withLimits(config: Config): Config {
  // Not the store's file: whoever closes it anywhere in the process lets go of its locks.
  const tryFiles = (enough: number) => tryDescriptors(dataPaths(config.data).starts, enough);
  return { ...config, maxConnections: connectionLimit(config.maxConnections, Deno.readTextFileSync, tryFiles) };
}

/** Listens, or says in one sentence why it cannot. */
function open(options: ListenOptions): Listening {
  try {
    return listen(options);
  } catch (cause) {
    const known = cause instanceof Deno.errors.AddrInUse || cause instanceof Deno.errors.AddrNotAvailable ||
      cause instanceof Deno.errors.PermissionDenied;
    if (!known) throw cause;
    const why = cause instanceof Deno.errors.AddrInUse ? "the port is taken" : cause.message;
    throw new StartFault(
      `Cannot listen on ${options.hostname}:${options.port} as ${why}: set GOLDBOX_HOST and GOLDBOX_PORT`,
      { cause },
    );
  }
}

function addressOf({ hostname, port }: Pick<Listening, "hostname" | "port">): string {
  return `http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
}

/**
 * Fills in what follows from the listening address. Without a public URL players reach a server of this machine by more
 * than one name, and their browsers call each an origin of its own.
 */
function withAddress(config: Config, { hostname, port }: Listening): Config {
  if (config.publicUrl !== "") return config;
  const local = ["127.0.0.1", "localhost", "[::1]"].map((name) => `http://${name}:${port}`);
  const everywhere = hostname === "0.0.0.0" || hostname === "::";
  const publicUrl = everywhere ? `http://127.0.0.1:${port}` : addressOf({ hostname, port });
  return { ...config, port, publicUrl, origins: [...config.origins, ...local] };
}

/** Calls back at the first SIGTERM or SIGINT. Returns what takes the listeners away. */
function onSignals(stop: () => void): () => void {
  const signals = ["SIGTERM", "SIGINT"] as const;
  for (const signal of signals) Deno.addSignalListener(signal, stop);
  return () => {
    for (const signal of signals) Deno.removeSignalListener(signal, stop);
  };
}
