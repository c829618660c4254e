/** One server process: the real host, dispatcher, hub and connections over simulated time, store and sockets. */
import type { Caller } from "../../../host/api.ts";
import type { Host } from "../../../host/api.ts";
import type { Clock } from "../../../host/clock.ts";
import type { HostOptions } from "../../../host/deps.ts";
import type { EnginePort } from "../../../host/engine_port.ts";
import { createHost } from "../../../host/mod.ts";
import { createMetrics } from "../../../host/metrics.ts";
import type { Cells } from "../../../kv/cells.ts";
import { encodeValue } from "../../../kv/codec.ts";
import { metaOwnerKey } from "../../../kv/keys.ts";
import type { Store } from "../../../kv/ports.ts";
import { createStore } from "../../../kv/store.ts";
import { readMessages } from "../../../routes/assets.ts";
import { Connection } from "../../../routes/live/connection.ts";
import { Hub } from "../../../routes/live/hub.ts";
import { createAnswerer } from "../../../routes/rpc/answer.ts";
import type { RequestContext } from "../../../routes/rpc/call.ts";
import { createDispatcher } from "../../../routes/rpc/dispatcher.ts";
import type { RateLimits } from "../../../routes/rpc/rate_limits.ts";
import { createRidMaker } from "../../../routes/rid.ts";
import { createMessages, type Messages } from "../../../routes/wire/messages.ts";
import type { Chance } from "./chance.ts";
import type { Life } from "./life.ts";
import type { Line } from "./line.ts";
import type { Importer } from "./newcomers.ts";
import type { Plant } from "./plant.ts";
import type { Witness } from "./witness.ts";

const ADDRESS = "192.0.2.1";
const PUBLIC_URL = "http://sim.test";

export interface ProcessOptions {
  readonly life: Life;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly witness: Witness;
  /** The cells of the machine, whoever uses them. */
  readonly disk: Cells;
  /** The same cells as this process reaches them. */
  readonly cells: Cells;
  readonly engine: EnginePort;
  readonly options: Partial<HostOptions>;
  readonly plant: Plant;
  readonly messages: Messages;
  readonly limits: RateLimits;
}

export interface Process {
  readonly host: Host;
  readonly life: Life;
  /** For the operator's jobs, which write beside the host. */
  readonly importer: Importer;
  /** One call by HTTP; undefined when the token is good for nothing. */
  call(text: string, token: string | undefined): Promise<string | undefined>;
  /** Takes a socket; false when there is no session or no room for it. */
  open(line: Line, token: string): Promise<boolean>;
  /** As on SIGTERM: refuses, drains, says goodbye. */
  stop(): Promise<void>;
}

/** The texts of the server, read once for all runs. */
export function serverMessages(): Messages {
  return createMessages(readMessages());
}

/** Few, so that short logs have packed entries too. */
const PACKED_TOGETHER = 4;

/** What a store that fails makes a server log. */
const STORE_FAILED = /The store (cannot be read|failed (before|after) writing)|Cannot reach the store/;

export async function startProcess(given: ProcessOptions): Promise<Process> {
  const { life, chance, witness, disk, engine, plant, messages } = given;
  const owner = await disk.commit([], [{ key: metaOwnerKey, value: encodeValue({ boot: chance.int(1, 1e9) }) }]);
  const stored = createStore(plant.cells?.(given.cells, given) ?? given.cells, owner, PACKED_TOGETHER);
  const store: Store = plant.store?.(stored, given) ?? stored;
  const clock = plant.clock?.(given.clock, given) ?? given.clock;
  const metrics = createMetrics();

  function log(level: string, event: string, fields: Readonly<Record<string, unknown>>): void {
    if (!life.alive) return;
    witness.note(level, `${event} ${JSON.stringify(fields)}`);
    if (event === "undocumented code") witness.say("documented codes", JSON.stringify(fields));
    if (event === "world frozen" || event === "world quarantined") {
      witness.say("no world stops", `${event}: ${JSON.stringify(fields)}`);
    } else if (level === "error" && !STORE_FAILED.test(String(fields["fault"]))) {
      witness.say("no unforeseen fault", `${event}: ${JSON.stringify(fields)}`);
    }
  }
  const routesLog = {
    debug: () => {},
    info: () => {},
    warn: (event: string, fields: Record<string, unknown>) => log("warning", event, fields),
    error: (event: string, fields: Record<string, unknown>) => log("error", event, fields),
  };

  const real = createHost({
    store,
    engine: plant.engine?.(engine, given) ?? engine,
    clock,
    metrics,
    randomBytes: chance.bytes,
    log,
    version: "0.0.0-sim",
    ownerLost: () => life.alive && witness.say("no unforeseen fault", "the owner record was lost"),
    failed: () => life.alive && witness.say("no unforeseen fault", "the committer failed"),
    options: given.options,
  });
  const host = plant.host?.(real, given) ?? real;
  const hub = new Hub({
    clock,
    metrics,
    random: chance.next,
    isTrusted: () => true,
    limited: false,
    most: 1_000,
    pressure: () => "none",
  });
  const makeRid = createRidMaker(chance.next);
  const answerer = createAnswerer(messages);
  const deps = { clock, metrics, log: routesLog, config: { logLevel: "info" as const } };
  const services = {
    host,
    clock,
    languages: messages.languages,
    endSockets: (session: string) => hub.endSession(session),
    describe: () => ({}),
  };
  const dispatching = createDispatcher(deps, services, answerer, given.limits);
  const dispatcher = plant.dispatcher?.(dispatching, given) ?? dispatching;
  const live = { host, clock, log: routesLog, metrics, dispatcher, messages, makeRid };
  let stopping = false;
  let lines = 0;

  function context(caller: Caller | undefined): RequestContext {
    return {
      transport: "http",
      caller,
      address: ADDRESS,
      lang: "en",
      rid: makeRid(),
      publicUrl: PUBLIC_URL,
      sameOrigin: false,
      link: undefined,
      reply: {},
    };
  }

  return {
    host,
    life,
    importer: { engine, chance, store, now: () => clock.now() },
    async call(text, token) {
      const caller = token === undefined ? undefined : await host.authenticate(token);
      if (token !== undefined && caller === undefined) return undefined;
      // As at the door: paid for first, with one refusal for each call of a message that is not.
      const asked = context(caller);
      const prepared = dispatcher.prepare(text);
      const charge = await dispatcher.charge(prepared, asked);
      const reply = charge === undefined || charge.ok
        ? await dispatcher.run(prepared, asked)
        : dispatcher.decline(prepared, { code: "limit/rate", retryAfterMs: charge.retryAfterMs }, asked);
      return reply.text;
    },
    async open(line, token) {
      const caller = stopping ? undefined : await host.authenticate(token);
      if (caller === undefined || !hub.hasRoom(caller.session, ADDRESS)) return false;
      const connection = new Connection(line.socket, {
        id: `line-${++lines}`,
        caller,
        address: ADDRESS,
        lang: "en",
        publicUrl: PUBLIC_URL,
        metered: true,
        onClosed: (closed, code) => hub.remove(closed, code),
        onStrike: () => {},
      }, live);
      hub.add(connection);
      return true;
    },
    async stop() {
      stopping = true;
      dispatcher.close(hub.retryAfterMs());
      await dispatcher.drained();
      await host.stop();
      hub.stop();
      await new Promise<void>((resolve) => clock.soon(resolve));
    },
  };
}
