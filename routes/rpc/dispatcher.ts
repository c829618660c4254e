/**
 * From a text to its answer: parse, find the record, authenticate, charge, validate, run. Doors differ in how they read
 * and write; what happens in between happens here. There is no list of methods in this file.
 */
import { STORE_RETRY_MS } from "../../host/answers.ts";
import { StoreUnavailable } from "../../host/circuit.ts";
import { AccountDamaged } from "../../host/sound_accounts.ts";
import type { JsonObject } from "../../host/api.ts";
import type { AppDeps } from "../deps.ts";
import { LIMITS } from "../wire/limits.ts";
import { type Entry, type Message, parseMessage } from "../wire/jsonrpc.ts";
import { rowOf } from "../wire/codes.ts";
import type { WireRefusal } from "../wire/encode.ts";
import type { Answerer } from "./answer.ts";
import { faultRefusal } from "./answer.ts";
import { type Call, type Outcome, refuse, type RequestContext, type Services } from "./call.ts";
import { createDeadlines } from "./deadlines.ts";
import { type Charge, type RateLimits, UNCOUNTED } from "./rate_limits.ts";
import { findMethod } from "./registry.ts";
import type { Method } from "./method.ts";

/** A message read but not yet run. */
export interface Prepared {
  readonly message: Message;
  /** Tokens all entries cost together. */
  readonly cost: number;
}

export interface Reply {
  /** undefined: nothing is answered (notifications). */
  readonly text: string | undefined;
  /** Status of the HTTP answer to a refusal before dispatch, else undefined. */
  readonly early: number | undefined;
  /** The refusal that answered a single call or the whole message. */
  readonly refusal: WireRefusal | undefined;
}

export interface Dispatcher {
  prepare(text: string): Prepared;
  prepareCall(entry: Entry): Prepared;
  /** Pays for a message. undefined: nothing is counted for this caller, so there is nothing to wait for. */
  charge(prepared: Pick<Prepared, "cost">, context: RequestContext): Promise<Charge> | undefined;
  /** Runs a message. Everything up to the host's mailbox happens before this returns, so callers' order is kept. */
  run(prepared: Prepared, context: RequestContext): Promise<Reply>;
  /** Answers a message with one refusal for each of its calls, without running any. */
  decline(prepared: Prepared, refusal: WireRefusal, context: RequestContext): Reply;
  /** One call outside of JSON-RPC. */
  call(name: string, params: Runnable["params"], context: RequestContext): Promise<Outcome>;
  /** Refuses whatever comes from now on: the server is stopping. */
  close(retryAfterMs: number): void;
  /** Resolves when no call is under way. */
  drained(): Promise<void>;
}

/** An entry that names a method. */
type Runnable = Exclude<Entry, { type: "invalid" }>;

export function createDispatcher(
  deps: Pick<AppDeps, "clock" | "metrics" | "log"> & { readonly config: Pick<AppDeps["config"], "logLevel"> },
  services: Services,
  answerer: Answerer,
  limits: RateLimits,
): Dispatcher {
  const { clock, metrics, log } = deps;
  const verbose = deps.config.logLevel === "debug";
  const deadlines = createDeadlines(clock, LIMITS.deadlineMs);
  const longDeadlines = createDeadlines(clock, LIMITS.waitDeadlineMs);
  let closing: WireRefusal | undefined;
  let underWay = 0;
  let wakers: (() => void)[] = [];

  function prepare(text: string): Prepared {
    const message = parseMessage(text);
    const cost = message.type === "single"
      ? costOf(message.entry)
      : message.type === "batch"
      ? message.entries.reduce((sum, entry) => sum + costOf(entry), 0)
      : 1;
    return { message, cost };
  }

  function run({ message }: Prepared, context: RequestContext): Promise<Reply> {
    return message.type === "single" ? answer(message.entry, context) : runOther(message, context);
  }

  async function runOther(message: Exclude<Message, { type: "single" }>, context: RequestContext): Promise<Reply> {
    const { lang, rid } = context;
    if (message.type === "refused") {
      const refusal = faultRefusal(message.fault);
      count(undefined, "", refusal.code);
      return { text: answerer.refusal(null, refusal, lang, rid).text, early: undefined, refusal };
    }
    const texts: string[] = [];
    for (const entry of message.entries) {
      const { text } = await answer(entry, context);
      if (text !== undefined) texts.push(text);
    }
    return { text: texts.length === 0 ? undefined : `[${texts.join(",")}]`, early: undefined, refusal: undefined };
  }

  async function answer(entry: Entry, context: RequestContext): Promise<Reply> {
    const { lang } = context;
    if (entry.type === "invalid") {
      const refusal = faultRefusal(entry.fault);
      count(undefined, "", refusal.code);
      return { text: answerer.refusal(entry.id, refusal, lang, context.rid).text, early: undefined, refusal };
    }
    const rid = entry.rid ?? context.rid;
    const outcome = await perform(entry, context, rid);
    const refusal = outcome.ok ? undefined : outcome.refusal;
    const text = entry.type === "notification" ? undefined : answerer.outcome(entry.id, outcome, lang, rid).text;
    return {
      text,
      early: closing !== undefined && refusal === closing ? rowOf(closing.code).http : undefined,
      refusal,
    };
  }

  async function perform(entry: Pick<Runnable, "method" | "params">, context: RequestContext, rid: string) {
    const started = clock.monotonic();
    const method = findMethod(entry.method);
    const outcome = await attempt(method, entry.params, { context, services, rid }, started);
    const seconds = (clock.monotonic() - started) / 1000;
    const code = outcome.ok ? "ok" : outcome.refusal.code;
    count(method, entry.method, code);
    metrics.rpcSeconds.observe({ method: method?.name ?? "other" }, seconds);
    if (verbose) {
      const { transport, caller } = context;
      log.debug("call", { method: method?.name ?? "other", code, seconds, rid, transport, session: caller?.session });
    }
    if (!outcome.ok && method !== undefined && !method.errors.includes(outcome.refusal.code)) {
      metrics.undocumentedCodes.inc({ method: method.name });
      log.warn("undocumented code", { method: method.name, code: outcome.refusal.code, rid });
    }
    return outcome;
  }

  function attempt(
    method: Method | undefined,
    params: Runnable["params"],
    call: Call,
    started: number,
  ): Outcome | Promise<Outcome> {
    const { admin, caller } = call.context;
    if (closing !== undefined) return { ok: false, refusal: closing };
    if (method === undefined) return refuse("rpc/unknown_method");
    if (method.who === "admin") {
      if (admin !== true) return refuse(caller === undefined ? "auth/required" : "auth/forbidden");
    } else if (method.who !== "anyone" && caller === undefined) return refuse("auth/required");
    if (params === undefined) return refuse("rpc/invalid_params", { details: { reason: "byName" } });
    return invoke(method, params, call, started);
  }

  /** What the method answers, or `rpc/deadline`: the work itself goes on, and a command may still be stored. */
  function invoke(method: Method, params: JsonObject, call: Call, started: number): Promise<Outcome> {
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    let open = true;
    underWay++;
    const end = (outcome: Outcome) => {
      if (!open) return;
      open = false;
      takeBack();
      underWay--;
      if (underWay === 0) settle();
      resolve(outcome);
    };
    const failed = (fault: unknown) => end(refusalFor(fault, method, call.rid));
    const takeBack = (method.waits ? longDeadlines : deadlines).start(started, () => {
      end(refuse("rpc/deadline", method.kind === "command" ? { details: { outcome: "unknown" } } : {}));
    });
    try {
      method.invoke(params, call).then(end, failed);
    } catch (fault) {
      failed(fault);
    }
    return promise;
  }

  function refusalFor(fault: unknown, method: Method, rid: string): Outcome {
    if (fault instanceof StoreUnavailable) return refuse("server/store_unavailable", { retryAfterMs: STORE_RETRY_MS });
    if (fault instanceof AccountDamaged) return refuse("account/damaged");
    log.error("call failed", { method: method.name, rid, fault: describe(fault) });
    metrics.faults.inc({ kind: "call" });
    return refuse("server/internal");
  }

  function count(method: Method | undefined, asked: string, code: string): void {
    const version = method === undefined ? "" : /^v(\d+)\./.exec(asked)?.[1] ?? String(method.since);
    metrics.rpcRequests.inc({ method: method?.name ?? "other", version, code });
  }

  function settle(): void {
    const woken = wakers;
    wakers = [];
    for (const wake of woken) wake();
  }

  return {
    prepare,
    prepareCall: (entry) => ({ message: { type: "single", entry }, cost: costOf(entry) }),
    charge: (prepared, context) =>
      limits.charge(context, prepared.cost)?.catch((fault: unknown) => {
        log.error("rate limits failed", { fault: describe(fault) });
        metrics.faults.inc({ kind: "limits" });
        return UNCOUNTED;
      }),
    run,
    decline({ message }, refusal, context) {
      const { lang, rid } = context;
      metrics.refused.inc({ code: refusal.code });
      const early = rowOf(refusal.code).http;
      if (message.type !== "batch") {
        const entry = message.type === "single" ? message.entry : undefined;
        if (entry?.type === "notification") return { text: undefined, early, refusal };
        return { text: answerer.refusal(entry?.id ?? null, refusal, lang, rid).text, early, refusal };
      }
      const texts = message.entries.filter((entry) => entry.type !== "notification")
        .map((entry) => answerer.refusal(entry.id, refusal, lang, rid).text);
      return { text: texts.length === 0 ? undefined : `[${texts.join(",")}]`, early, refusal };
    },
    call: (method, params, context) => perform({ method, params }, context, context.rid),
    close(retryAfterMs) {
      closing = { code: "server/going_away", retryAfterMs };
    },
    drained() {
      if (underWay === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const cancel = clock.after(LIMITS.drainMs, resolve);
        wakers.push(() => {
          cancel();
          resolve();
        });
      });
    },
  };
}

function costOf(entry: Entry): number {
  return entry.type === "invalid" ? 1 : findMethod(entry.method)?.cost ?? 1;
}

function describe(fault: unknown): string {
  return fault instanceof Error ? fault.stack ?? fault.message : String(fault);
}
