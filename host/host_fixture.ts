/** A host over a store, a clock that moves when told and a player or two, for tests. */
import type { CreatureId, WorldId } from "../engine/types/ids.ts";
import { memoryStore } from "../kv/memory_store.ts";
import type { Store } from "../kv/ports.ts";
import type { PlayerIntent } from "../engine/types/command.ts";
import type { Answer, Caller, Host, JsonObject, Listener, Refusal, StreamFrame, WorldCommand } from "./api.ts";
import type { Clock } from "./clock.ts";
import type { HostDeps, HostOptions } from "./deps.ts";
import { createHost } from "./host.ts";
import { createMetrics } from "./metrics.ts";
import { smallRules } from "./small_rules_fixture.ts";

/** A clock for tests: timers run when time is moved past them, `soon` runs by itself after promise callbacks. */
export interface TestClock extends Clock {
  /** Moves time on, running what falls due, each with its promise callbacks. */
  advance(ms: number): Promise<void>;
}

/** `soon` lets everything else have its turn first; a test that runs very often passes a quicker one than a timer. */
export function testClock(start = 1_795_334_400_000, soon: (run: () => void) => void = atOnceLater): TestClock {
  let time = start;
  let number = 0;
  const timers = new Map<number, { readonly at: number; readonly run: () => void }>();
  // A map keeps the order of insertion: of equal times the one asked for first comes first.
  const first = (until: number) => {
    let found: [number, { readonly at: number; readonly run: () => void }] | undefined;
    for (const one of timers) if (one[1].at <= until && (found === undefined || one[1].at < found[1].at)) found = one;
    return found;
  };
  return {
    now: () => time,
    monotonic: () => time - start,
    after(ms, run) {
      const id = number++;
      timers.set(id, { at: time + Math.max(0, ms), run });
      return () => timers.delete(id);
    },
    soon,
    async advance(ms) {
      const until = time + ms;
      for (let due = first(until); due !== undefined; due = first(until)) {
        timers.delete(due[0]);
        time = Math.max(time, due[1].at);
        due[1].run();
        await settle(soon);
      }
      time = until;
      await settle(soon);
    },
  };
}

function atOnceLater(run: () => void): void {
  setTimeout(run, 0);
}

/** Lets everything that waits for nothing but its turn happen. */
export async function settle(soon: (run: () => void) => void = atOnceLater): Promise<void> {
  for (let i = 0; i < 4; i++) await new Promise<void>((resolve) => soon(resolve));
}

export interface Fixture {
  readonly host: Host;
  readonly deps: HostDeps;
  readonly clock: TestClock;
  readonly store: Store;
}

export function testHost(
  given: {
    readonly store?: Store;
    readonly clock?: TestClock;
    readonly options?: Partial<HostOptions>;
    readonly deps?: Partial<HostDeps>;
  } = {},
): Fixture {
  const clock = given.clock ?? testClock();
  const store = given.store ?? memoryStore();
  const deps: HostDeps = {
    store,
    engine: smallRules(),
    clock,
    metrics: createMetrics(),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    log: () => {},
    version: "0.1.0",
    ownerLost: () => {},
    options: { checkAll: true, ...given.options },
    ...given.deps,
  };
  return { host: createHost(deps), deps, clock, store };
}

export function resultOf<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.result;
  throw new Error(`Refused: ${JSON.stringify(answer.refusal)}`);
}

export function refusalOf(answer: Answer<unknown>): Refusal {
  if (!answer.ok) return answer.refusal;
  throw new Error(`Accepted: ${JSON.stringify(answer.result)}`);
}

export async function guest(host: Host, name = "Ada"): Promise<Caller> {
  return resultOf(await host.guest({ name, lang: "en" })).caller;
}

export function accountCommand(cseq: number, ask: Parameters<Host["submitAccount"]>[1]["ask"]) {
  const params = JSON.parse(JSON.stringify(ask));
  return { cseq, lane: 0, rid: `a-${cseq}`, method: ask.type, params, ask };
}

export async function newWorld(host: Host, caller: Caller, cseq = 1): Promise<WorldId> {
  const options = { turnClock: "normal", difficulty: "normal" } as const;
  const answer = await host.submitAccount(
    caller,
    accountCommand(cseq, { type: "CreateWorld", name: "Ash Hollow", options }),
  );
  return resultOf(answer)["world"] as WorldId;
}

export function command(
  world: WorldId,
  cseq: number,
  ask: PlayerIntent = { type: "Step" },
  more: Partial<WorldCommand> = {},
): WorldCommand {
  return {
    world,
    cseq,
    lane: 0,
    rid: `r-${cseq}`,
    method: ask.type,
    params: JSON.parse(JSON.stringify(ask)),
    ask,
    ...more,
  };
}

export function joinCommand(
  world: WorldId,
  cseq: number,
  more: { readonly invite?: string; readonly characters?: readonly CreatureId[] } = {},
): WorldCommand {
  const ask = { type: "JoinGame", characters: [], ...more } as const;
  return { world, cseq, lane: 0, rid: `r-${cseq}`, method: "joinGame", params: { ...ask }, ask };
}

/** A listener that keeps what it hears. */
export interface Ear extends Listener {
  readonly frames: StreamFrame[];
  readonly ended: Refusal[];
  messages(): JsonObject[];
}

export function ear(id = "ear"): Ear {
  const frames: StreamFrame[] = [];
  const ended: Refusal[] = [];
  return {
    id,
    frames,
    ended,
    send: (frame) => frames.push(frame),
    end: (refusal) => ended.push(refusal),
    messages: () => frames.filter(({ kind }) => kind === "message").map(({ text }) => JSON.parse(text).params),
  };
}
