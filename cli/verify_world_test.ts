import { createHash } from "node:crypto";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { WorldEvent } from "../engine/types/event.ts";
import type { WorldState } from "../engine/types/state.ts";
import type { EnginePort } from "../host/engine_port.ts";
import { createRules } from "../host/rules.ts";
import { DamagedRecord, memoryStore } from "../kv/mod.ts";
import type { Json, Store } from "../kv/ports.ts";
import { verifyWorld } from "./verify_world.ts";

const WORLD = "w_count";

const SEED = "00".repeat(16);
const SEED_HASH = createHash("sha256").update(SEED).digest("hex");

/** Rules small enough to see through: a command names the numbers its events add to the state. */
function counting(seedHash = SEED_HASH): EnginePort {
  return {
    ...createRules(),
    rulesVersion: 3,
    forms: {
      event: 1,
      liftEvent: (stored) => stored as unknown as WorldEvent,
      liftState: (stored) => stored as unknown as WorldState,
      lowerState: (state) => state,
    },
    start: () => ({ sum: 0, seed: SEED, seedHash }) as unknown as WorldState,
    step: (state, { intent }) => {
      const events = numbersOf(intent).map(counted) as unknown as readonly WorldEvent[];
      return { ok: true, state, events };
    },
    evolve: (state, event) => ({ ...state, sum: sumOf(state) + sumOf(event) }) as WorldState,
    knows: (type) => type === "Counted",
    hash: (value) => `sum-${sumOf(value)}`,
  };
}

function sumOf(value: object): number {
  return "sum" in value && typeof value.sum === "number" ? value.sum : Number.NaN;
}

function numbersOf(intent: object): readonly number[] {
  return "numbers" in intent && Array.isArray(intent.numbers) ? intent.numbers : [];
}

function counted(sum: number): Json {
  return { type: "Counted", sum };
}

interface Written {
  readonly events: readonly Json[];
  readonly hash?: string;
  /** What was asked, where that was not the sum of the events. */
  readonly numbers?: readonly number[];
  readonly rules?: number;
}

async function writeLog(store: Store, entries: readonly Written[]): Promise<void> {
  const changes = entries.map(({ events, hash, numbers, rules }, index) => ({
    type: "entry" as const,
    world: WORLD,
    entry: {
      n: index + 1,
      at: 1_000 + index,
      rid: `r-${index}`,
      actor: "system",
      session: "",
      lane: 0,
      cseq: 0,
      command: {
        type: "Count",
        numbers: numbers ?? events.map((event) => sumOf(event as object)),
      },
      events,
      seq: { party: index + 1 },
      epoch: 1,
      view: 1,
      ...(rules === undefined ? { rules: 3 } : { rules }),
      ...(hash === undefined ? {} : { hash }),
    },
  }));
  const head = { n: entries.length, epoch: 1, commit: "", seq: { party: entries.length }, state: 1, view: 1 };
  const subject = { owner: { type: "world", id: WORLD }, stamp: null, head } as const;
  await store.commit({ id: "pack", subjects: [subject], changes: [store.prepare(changes)] });
}

async function writeSnapshot(store: Store, n: number, sum: number): Promise<void> {
  await store.writeSnapshot(WORLD, { n, at: 1_000, epoch: 1, seq: { party: n }, state: { sum } }, []);
}

Deno.test("verifyWorld() folds the log and agrees with every stored hash and snapshot", async () => {
  const store = memoryStore();
  await writeLog(store, [{ events: [counted(1), counted(2)] }, { events: [counted(3)], hash: "sum-6" }, {
    events: [],
  }]);
  await writeSnapshot(store, 1, 3);

  const report = await verifyWorld(store, counting(), WORLD);

  const dice = { proven: 3, rolls: 0, unproven: [], epochs: 1 };
  assertEquals(report, { entries: 3, first: 1, compared: 2, hash: "sum-6", dice });
});

Deno.test("verifyWorld() stops at the first hash that differs and says where", async () => {
  const store = memoryStore();
  await writeLog(store, [{ events: [counted(1)], hash: "sum-2" }, { events: [counted(1)], hash: "sum-9" }]);

  const report = await verifyWorld(store, counting(), WORLD);

  assertEquals(report.entries, 1);
  assertStringIncludes(report.fault ?? "", "after entry 1 the hash is sum-1, but sum-2 is stored");
});

Deno.test("verifyWorld() reports a snapshot that the log does not lead to", async () => {
  const store = memoryStore();
  await writeLog(store, [{ events: [counted(1)] }, { events: [counted(1)] }]);
  await writeSnapshot(store, 2, 5);

  const report = await verifyWorld(store, counting(), WORLD);

  assertStringIncludes(report.fault ?? "", "the snapshot after entry 2 differs");
});

Deno.test("verifyWorld() reports the first event that does not follow from the seed", async () => {
  const store = memoryStore();
  await writeLog(store, [{ events: [counted(1)] }, { events: [counted(1), counted(6)], numbers: [1, 5] }]);

  const report = await verifyWorld(store, counting(), WORLD);

  assertEquals(report.fault, "at entry 2, event 2 (Counted/sum) the seed gives 5, but 6 is stored");
  assertEquals(report.dice.proven, 1);
});

Deno.test("verifyWorld() says which entries other rules wrote, without an alarm", async () => {
  const store = memoryStore();
  const other = { events: [counted(6)], numbers: [5], rules: 2 };
  await writeLog(store, [{ events: [counted(1)] }, other, other, { events: [counted(1)], rules: 2 }]);

  const report = await verifyWorld(store, counting(), WORLD);

  assertEquals(report.fault, undefined);
  assertEquals(report.dice, { proven: 2, rolls: 0, unproven: [{ from: 2, to: 3 }], epochs: 1 });
});

Deno.test("verifyWorld() reports a seed whose SHA-256 is not the published hash", async () => {
  const store = memoryStore();
  await writeLog(store, [{ events: [counted(1)] }]);

  const report = await verifyWorld(store, counting("another"), WORLD);

  assertStringIncludes(report.fault ?? "", "SHA-256 of its seed is not the published hash another");
});

Deno.test("verifyWorld() reports an event nobody knows, and a world that is not there", async () => {
  const store = memoryStore();
  await writeLog(store, [{ events: [counted(1)] }, { events: [{ type: "Forgotten" }] }]);

  await assertRejects(() => verifyWorld(store, counting(), WORLD), DamagedRecord, "this version cannot fold");
  assertStringIncludes((await verifyWorld(store, counting(), "w_other")).fault ?? "", "no such world");
});

Deno.test("verifyWorld() begins at the first entry that is kept, with the state stored from before it", async () => {
  const store = memoryStore();
  await writeLog(store, Array.from({ length: 700 }, () => ({ events: [counted(1)] })));
  for (const n of [500, 600, 700]) await writeSnapshot(store, n, n);
  while (await store.packEntries(WORLD)) continue;
  const oldest = await store.readOldestPacked(WORLD);
  assert(oldest !== undefined);
  const base = { n: oldest.last, at: 1_000, epoch: 1, seq: { party: oldest.last } };
  const state = { sum: oldest.last, seed: SEED, seedHash: SEED_HASH };
  assert(await store.dropOldest(WORLD, { ...base, state }));

  const report = await verifyWorld(store, counting(), WORLD);

  assertEquals([report.fault, report.first, report.entries], [undefined, oldest.last + 1, 700]);
  assertEquals([report.hash, report.dice.proven, report.dice.epochs], ["sum-700", 700 - oldest.last, 1]);
});
