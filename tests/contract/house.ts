/** The whole server in this process: real doors, real host, real rules, a store in memory, time and chance passed in. */
import type { Admin, BackupLine } from "../../host/admin.ts";
import { AdminJobs } from "../../host/admin_jobs.ts";
import type { Host } from "../../host/api.ts";
import { tokenCheck } from "../../cli/admin_token.ts";
import { createHost } from "../../host/mod.ts";
import { parseConfig } from "../../host/config.ts";
import type { EnginePort } from "../../host/engine_port.ts";
import { createMetrics } from "../../host/metrics.ts";
import { createRules } from "../../host/rules.ts";
import { memoryStore } from "../../kv/memory_store.ts";
import type { Store } from "../../kv/ports.ts";
import { createApp } from "../../routes/mod.ts";
import { findMethod } from "../../routes/rpc/registry.ts";
import { createVirtualClock, type VirtualClock } from "../kit/virtual_clock.ts";
import type { JsonRecord } from "../kit/client.ts";

export const URL_OF_HOUSE = "http://game.test";
export const OPERATOR_TOKEN = "operator-operator-operator-operator";

/** What came back from one call. */
export type Reply = { readonly ok: true; readonly result: JsonRecord } | {
  readonly ok: false;
  readonly code: string;
  readonly data: JsonRecord;
};

/** Everything answered so far, by method. */
export interface Ledger {
  readonly succeeded: ReadonlySet<string>;
  readonly refused: ReadonlyMap<string, ReadonlySet<string>>;
  /** `method code` answered though the method does not name it; results that do not fit their schema. */
  readonly faults: ReadonlySet<string>;
}

export interface House {
  readonly host: Host;
  readonly metrics: ReturnType<typeof createMetrics>;
  readonly clock: VirtualClock;
  readonly ledger: Ledger;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly log: string[];
  guest(name: string): Promise<Guest>;
  /** A call by the operator. */
  operator(method: string, params?: JsonRecord): Promise<Reply>;
  /** A call without a session. */
  call(method: string, params?: JsonRecord): Promise<Reply>;
  close(): Promise<void>;
}

/** A signed-in caller who counts their own commands. */
export interface Guest {
  readonly token: string;
  readonly account: string;
  call(method: string, params?: JsonRecord): Promise<Reply>;
  /** With the next cseq of this world. */
  command(method: string, world: string, params?: JsonRecord): Promise<Reply>;
  /** With the next cseq of the account. */
  own(method: string, params?: JsonRecord): Promise<Reply>;
}

export interface HouseOptions {
  readonly seed?: number;
  readonly rules?: (rules: EnginePort) => EnginePort;
  readonly env?: Readonly<Record<string, string>>;
  readonly store?: (store: Store) => Store;
  /** Hears each answer as it is sent, with the headers, and whose token asked. */
  readonly hear?: (token: string, text: string) => void;
  /** Lines of every level go into the log, not of errors only. */
  readonly verbose?: boolean;
  /** Hears of everything that reaches the operator's tools, with the name of a world or a file where it has one. */
  readonly operated?: (name: string) => void;
}

export function openHouse(
  { seed = 1, rules = (same) => same, env = {}, store = (same) => same, verbose = false, hear, operated = () => {} }:
    HouseOptions = {},
): House {
  const parsed = parseConfig({ GOLDBOX_PUBLIC_URL: URL_OF_HOUSE, GOLDBOX_RATE_LIMITS: "off", ...env }, () => "");
  if (!parsed.ok) throw new Error(parsed.faults.join("; "));
  const clock = createVirtualClock();
  const log: string[] = [];
  const note = (event: string, fields: object) => void log.push(`${event} ${JSON.stringify(fields)}`);
  const metrics = createMetrics();
  const host = createHost({
    store: store(memoryStore()),
    engine: rules(createRules()),
    clock,
    metrics,
    randomBytes: bytesFrom(seed),
    log: (level, event, fields) => (verbose || level === "error") && note(event, fields),
    version: "0.0.0",
    ownerLost: () => {},
    options: { checkAll: true },
  });
  const quiet = verbose ? note : () => {};
  const app = createApp({
    host,
    config: parsed.config,
    metrics,
    log: { debug: quiet, info: quiet, warn: quiet, error: note },
    clock,
    admin: { knows: tokenCheck(OPERATOR_TOKEN), admin: createSmallAdmin(clock, operated) },
  });
  const succeeded = new Set<string>();
  const refused = new Map<string, Set<string>>();
  const faults = new Set<string>();

  async function send(method: string, params: JsonRecord, headers: Readonly<Record<string, string>>): Promise<Reply> {
    const response = await app.fetch(
      new Request(`${URL_OF_HOUSE}/rpc`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
      }),
    );
    const text = await response.text();
    hear?.(headers["authorization"]?.slice("Bearer ".length) ?? "", JSON.stringify([...response.headers]) + text);
    const answer = JSON.parse(text);
    const reply: Reply = "error" in answer
      ? { ok: false, code: answer.error.data.code, data: answer.error.data }
      : { ok: true, result: answer.result };
    note_(method, reply);
    return reply;
  }

  function note_(method: string, reply: Reply): void {
    const record = findMethod(method);
    if (record === undefined) return;
    if (!reply.ok) {
      refused.set(record.name, (refused.get(record.name) ?? new Set()).add(reply.code));
      if (!record.errors.some((code) => code === reply.code)) faults.add(`${record.name} answered ${reply.code}`);
    } else {
      succeeded.add(record.name);
      const fits = record.result.safeParse(reply.result);
      if (!fits.success) faults.add(`${record.name} answered a result that does not fit: ${fits.error.message}`);
    }
  }

  return {
    host,
    metrics,
    clock,
    log,
    ledger: { succeeded, refused, faults },
    fetch: (request) => app.fetch(request),
    call: (method, params = {}) => send(method, params, {}),
    operator: (method, params = {}) => send(method, params, { authorization: `Bearer ${OPERATOR_TOKEN}` }),
    async guest(name) {
      const signedIn = await send("session.guest", { name, token: true }, {});
      if (!signedIn.ok) throw new Error(`no guest: ${signedIn.code}`);
      const token = String(signedIn.result["token"]);
      const headers = { authorization: `Bearer ${token}` };
      const numbers = new Map<string, number>();
      const next = (key: string) => {
        const number = (numbers.get(key) ?? 0) + 1;
        numbers.set(key, number);
        return number;
      };
      return {
        token,
        account: String(signedIn.result["account"]),
        call: (method, params = {}) => send(method, params, headers),
        command: (method, world, params = {}) => send(method, { world, cseq: next(world), ...params }, headers),
        own: (method, params = {}) => send(method, { cseq: next(""), ...params }, headers),
      };
    },
    async close() {
      await app.stop();
      await host.stop();
      await app.closeSockets();
    },
  };
}

/** What is behind the operator's door here: real jobs, and nothing on a disk. */
function createSmallAdmin(clock: VirtualClock, operated: (name: string) => void): Admin {
  let made = 0;
  const jobs = new AdminJobs(clock, () => `j_${++made}`);
  const line: BackupLine = {
    file: "goldbox-20261122T182031Z.kv",
    reason: "command",
    takenAt: clock.now(),
    bytes: 1,
    worlds: 1,
    entries: 1,
    accounts: 1,
    version: "0.0.0",
    schema: 1,
    damaged: [],
  };
  return {
    backup() {
      operated("");
      return jobs.add("backup", () => Promise.resolve({ ...line }));
    },
    backups() {
      operated("");
      return Promise.resolve([line]);
    },
    exportWorld(world) {
      operated(world);
      return jobs.add("export", () => Promise.resolve({ file: `${world}.goldbox` }));
    },
    importWorld(file) {
      operated(file);
      return jobs.add("import", () => Promise.reject(new Error(`Cannot import ${file}`)));
    },
    job(id) {
      operated("");
      return jobs.find(id);
    },
  };
}

/** The same bytes for the same seed, so that a world of a test is the same every time (mulberry32). */
function bytesFrom(seed: number): (count: number) => Uint8Array {
  let state = seed >>> 0;
  return (count) => {
    const bytes = new Uint8Array(count);
    for (let index = 0; index < count; index++) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      bytes[index] = (mixed ^ (mixed >>> 14)) & 0xff;
    }
    return bytes;
  };
}
