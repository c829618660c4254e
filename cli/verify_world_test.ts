import { assertEquals, assertStringIncludes } from "@std/assert";
import type { WorldState } from "../engine/types/state.ts";
import type { EnginePort } from "../host/engine_port.ts";
import { memoryStore } from "../kv/mod.ts";
import type { Json, Store } from "../kv/ports.ts";
import { verifyWorld } from "./verify_world.ts";

const WORLD = "w_count";

/** Rules small enough to see through: every event adds its number to the state. */
const counting: Pick<EnginePort, "start" | "evolve" | "knows" | "hash"> = {
  start: () => ({ sum: 0 }) as unknown as WorldState,
  evolve: (state, event) => ({ sum: sumOf(state) + sumOf(event) }) as unknown as WorldState,
  knows: (type) => type === "Counted",
  hash: (value) => `sum-${sumOf(value)}`,
};

function sumOf(value: object): number {
  return "sum" in value && typeof value.sum === "number" ? value.sum : Number.NaN;
}

function counted(sum: number): Json {
  return { type: "Counted", sum };
}

async function writeLog(store: Store, entries: readonly { events: readonly Json[]; hash?: string }[]): Promise<void> {
  const changes = entries.map(({ events, hash }, index) => ({
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
      command: { type: "Count" },
      events,
      seq: { party: index + 1 },
      epoch: 1,
      view: 1,
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

  const report = await verifyWorld(store, counting, WORLD);

  assertEquals(report, { entries: 3, compared: 2, hash: "sum-6" });
});

Deno.test("verifyWorld() stops at the first hash that differs and says where", async () => {
  const store = memoryStore();
  await writeLog(store, [{ events: [counted(1)], hash: "sum-2" }, { events: [counted(1)], hash: "sum-9" }]);

  const report = await verifyWorld(store, counting, WORLD);

  assertEquals(report.entries, 1);
  assertStringIncludes(report.fault ?? "", "after entry 1 the hash is sum-1, but sum-2 is stored");
});

Deno.test("verifyWorld() reports a snapshot that the log does not lead to", async () => {
  const store = memoryStore();
  await writeLog(store, [{ events: [counted(1)] }, { events: [counted(1)] }]);
  await writeSnapshot(store, 2, 5);

  const report = await verifyWorld(store, counting, WORLD);

  assertStringIncludes(report.fault ?? "", "the snapshot after entry 2 differs");
});

Deno.test("verifyWorld() reports an event nobody knows, and a world that is not there", async () => {
  const store = memoryStore();
  await writeLog(store, [{ events: [counted(1)] }, { events: [{ type: "Forgotten" }] }]);

  assertStringIncludes((await verifyWorld(store, counting, WORLD)).fault ?? "", `unknown type "Forgotten"`);
  assertStringIncludes((await verifyWorld(store, counting, "w_other")).fault ?? "", "no such world");
});
