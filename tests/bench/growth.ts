/**
 * What a grown store costs: `deno run -A tests/bench/growth.ts` prints it. It measures host and store alone, without
 * sockets, in a process of its own, so that nothing else has the memory it counts.
 */
import type { WorldId } from "../../engine/types/ids.ts";
import type { Caller, Host } from "../../host/api.ts";
import { systemClock } from "../../host/clock.ts";
import { loadWorld } from "../../host/load_world.ts";
import { createMetrics } from "../../host/metrics.ts";
import { createHost } from "../../host/mod.ts";
import { createRules } from "../../host/rules.ts";
import { openStore } from "../../kv/mod.ts";
import { copyWorld, writeWorld } from "./growth_store.ts";
import { percentile } from "./process.ts";
import { type Row, row } from "./report.ts";

const LONG = 100_000;
const SHORT = 100;
const MANY = 10_000;
const FEW = 10;
/** Entries of each of many worlds. */
const SMALL = 12;
/** Times both sides are measured in turn: what else the machine does falls on both. */
const ROUNDS = 9;
const COMMANDS = 300;
const LOADS = 40;

interface Place {
  readonly host: Host;
  readonly caller: Caller;
  readonly worlds: readonly WorldId[];
  readonly load: (world: WorldId) => Promise<unknown>;
  readonly close: () => Promise<void>;
  cseq: number;
}

/** A host over a store on this disk, which `fill` has written for the caller. */
async function open(
  fill: (store: Parameters<typeof writeWorld>[0], caller: Caller) => Promise<readonly WorldId[]>,
): Promise<Place> {
  const directory = await Deno.makeTempDir({ prefix: "goldbox-growth-" });
  const opened = await openStore({ directory, version: "bench", now: () => Date.now() });
  const rules = createRules();
  const host = createHost({
    store: opened.store,
    engine: rules,
    clock: systemClock(),
    metrics: createMetrics(),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    log: () => {},
    version: "bench",
    ownerLost: () => Deno.exit(5),
    options: { sleepAfterMs: 1_000, sweepMs: 500 },
  });
  const guest = await host.guest({ name: "Ada", lang: "en" });
  if (!guest.ok) throw new Error(`No guest: ${guest.refusal.code}`);
  const { caller } = guest.result;
  const worlds = await fill(opened.store, caller);
  return {
    host,
    caller,
    worlds,
    cseq: 0,
    load: (world) => loadWorld(opened.store, rules, world),
    async close() {
      await host.stop();
      await opened.close(true);
      await Deno.remove(directory, { recursive: true });
    },
  };
}

/** Milliseconds of each of so many durable commands, every world with one under way. */
async function commandTimes(place: Place, worlds: readonly WorldId[], count: number): Promise<readonly number[]> {
  const times: number[] = [];
  let left = count;
  const first = place.cseq;
  place.cseq += count;
  await Promise.all(worlds.map(async (world, i) => {
    for (let k = 0; left > 0; k++) {
      left--;
      const cseq = first + k + 1;
      const ask = { type: "Turn", to: "left" } as const;
      const members = { cseq, lane: i, rid: `r-${i}-${cseq}`, method: "turn", params: { to: "left" } };
      const began = performance.now();
      const answer = await place.host.submit(place.caller, { world, ...members, ask });
      times.push(performance.now() - began);
      if (!answer.ok) throw new Error(`Refused: ${answer.refusal.code}`);
    }
  }));
  return times;
}

/** Medians of both sides, measured in turn. */
async function compared(small: Place, large: Place): Promise<{ readonly small: number; readonly large: number }> {
  const medians = { small: [] as number[], large: [] as number[] };
  const sides = [[small, medians.small], [large, medians.large]] as const;
  for (const [place] of sides) await commandTimes(place, place.worlds.slice(0, FEW), COMMANDS);
  for (let i = 0; i < ROUNDS; i++) {
    for (const [place, into] of sides) {
      into.push(middle(await commandTimes(place, place.worlds.slice(0, FEW), COMMANDS)));
    }
  }
  return { small: middle(medians.small), large: middle(medians.large) };
}

async function loadTimes(place: Place, worlds: readonly WorldId[]): Promise<readonly number[]> {
  const times: number[] = [];
  for (let i = 0; i < LOADS; i++) {
    const world = worlds[i * 251 % worlds.length];
    if (world === undefined) throw new Error("There is no world");
    const began = performance.now();
    await place.load(world);
    times.push(performance.now() - began);
  }
  return times;
}

/** One log of so many entries, packed where it is old. */
function oneLog(length: number) {
  return open(async (store, { account }) => {
    const world = "w_long" as WorldId;
    await writeWorld(store, world, account, length);
    while (await store.packEntries(world));
    return [world];
  });
}

function manyWorlds(count: number) {
  return open(async (store, { account }) => {
    const world = "w_small" as WorldId;
    await writeWorld(store, world, account, SMALL);
    return await copyWorld(store, world, count);
  });
}

async function logRows(): Promise<readonly Row[]> {
  const [short, long] = [await oneLog(SHORT), await oneLog(LONG)];
  try {
    await loadTimes(short, short.worlds);
    const load = percentile((await loadTimes(long, long.worlds)).toSorted((a, b) => a - b), 95);
    const { small, large } = await compared(short, long);
    return [
      row(`cold load of a world with ${LONG} entries, p95`, round(load), "ms", 100, "less"),
      flat(`command in a log of ${LONG} entries, against ${SHORT}`, large, small),
    ];
  } finally {
    await short.close();
    await long.close();
  }
}

async function worldRows(): Promise<readonly Row[]> {
  const [few, many] = [await manyWorlds(FEW), await manyWorlds(MANY)];
  try {
    // Before any of them is played, so that their logs are of one length.
    await loadTimes(few, few.worlds);
    const loadFew = middle(await loadTimes(few, few.worlds));
    const loadMany = middle(await loadTimes(many, many.worlds));
    const { small, large } = await compared(few, many);
    return [
      flat(`command in a store of ${MANY} worlds, against ${FEW}`, large, small),
      flat(`cold load in a store of ${MANY} worlds, against ${FEW}`, loadMany, loadFew),
      row(`memory of ${MANY} worlds that were looked at and sleep`, await sleepers(many), "MB", 2, "less"),
    ];
  } finally {
    await few.close();
    await many.close();
  }
}

/**
 * Megabytes that stay when worlds were loaded and have gone to sleep again: for the second half of them, doubled, since
 * the first makes the runtime compile and cache what it needs for any number.
 */
async function sleepers({ host, caller, worlds }: Place): Promise<number> {
  const asleep = async () => {
    while (host.status().worldsLive > 0) await new Promise((resolve) => setTimeout(resolve, 250));
  };
  const view = async (world: WorldId) => {
    const found = await host.view(caller, world, "party");
    if (!found.ok) throw new Error(`Refused: ${found.refusal.code}`);
  };
  const half = worlds.length / 2;
  for (const world of worlds.slice(0, half)) await view(world);
  await asleep();
  const before = await used();
  for (const world of worlds.slice(half)) await view(world);
  await asleep();
  return Math.max(0, round((await used() - before) * 2 / 1_000_000));
}

/** Bytes of live objects, once what is garbage has been collected where the runtime lets us ask for it. */
async function used(): Promise<number> {
  const { gc } = globalThis as { readonly gc?: () => void };
  for (let i = 0; i < 3; i++) {
    gc?.();
    // What is collected lets go of more in tasks of its own.
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return Deno.memoryUsage().heapUsed;
}

function flat(what: string, large: number, small: number): Row {
  const percent = Math.round((large / small - 1) * 100);
  const shown = row(`${what}, p50`, percent, "%", 20, "less");
  return { ...shown, figure: `${percent >= 0 ? "+" : ""}${percent} % (${round(large)} ms)`, mark: "± 20 %" };
}

function middle(samples: readonly number[]): number {
  return percentile(samples.toSorted((a, b) => a - b), 50);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The rows, measured in a process of their own. */
export async function growth(): Promise<readonly Row[]> {
  const args = ["run", "-A", "--no-lock", "--v8-flags=--expose-gc", import.meta.url, "--json"];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

if (import.meta.main) {
  const rows = Deno.args.includes("--json") ? [...await logRows(), ...await worldRows()] : await growth();
  if (Deno.args.includes("--json")) console.log(JSON.stringify(rows));
  else {for (const { what, figure, mark, met } of rows) {
      console.log(`${met ? "ok  " : "miss"} ${what}: ${figure} (${mark})`);
    }}
}
