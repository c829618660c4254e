import { assert, assertEquals } from "@std/assert";
import type { WorldId } from "../engine/types/ids.ts";
import { encodeValue } from "../kv/codec.ts";
import { basePartKey, packedEntriesKey, snapshotPartKey } from "../kv/keys.ts";
import { memoryCells } from "../kv/memory_cells.ts";
import { EntriesDropped, type Store } from "../kv/ports.ts";
import { createStore } from "../kv/store.ts";
import { DEFAULT_OPTIONS } from "./deps.ts";
import { command, ear, guest, newWorld, refusalOf, resultOf, settle, testHost } from "./host_fixture.ts";
import { LogKeeper } from "./log_keeper.ts";

const audience = "party" as const;

/** A world with so many commands behind it and a snapshot after every twenty, in a store that outlives its host. */
async function played(commands: number, worldLogLimit?: number, given?: Store) {
  const cells = memoryCells();
  const store = given ?? createStore(cells);
  const options = { snapshotEvery: 20, ...(worldLogLimit === undefined ? {} : { worldLogLimit }) };
  const fixture = testHost({ store, options });
  const ada = await guest(fixture.host);
  const world = await newWorld(fixture.host, ada);
  for (let i = 1; i <= commands; i++) {
    resultOf(await fixture.host.submit(ada, command(world, i)));
    if (i % 20 === 0) await fixture.clock.advance(1_000);
  }
  return { ...fixture, cells, store, ada, world };
}

async function counted(fixture: Pick<Awaited<ReturnType<typeof played>>, "deps">): Promise<Record<string, number>> {
  const { values } = await fixture.deps.metrics.logUpkeep.get();
  return Object.fromEntries(values.map(({ labels, value }) => [labels["outcome"] ?? "", value]));
}

async function headOf({ store, world }: Pick<Awaited<ReturnType<typeof played>>, "store" | "world">): Promise<number> {
  return (await store.readHead(world))?.value.n ?? 0;
}

Deno.test("entries older than the third snapshot are packed while the world plays on", async () => {
  const fixture = await played(500);
  const { host, store, ada, world } = fixture;
  const state = await store.readLogState(world);
  const n = await headOf(fixture);

  const entries = await store.readEntries(world, 1, n);
  const view = resultOf(await host.view(ada, world, audience));
  await host.stop();
  const woken = testHost({ store });
  const again = resultOf(await woken.host.view(ada, world, audience));
  await woken.host.stop();

  assertEquals([state?.first, state?.packed], [1, 400]);
  assertEquals(entries.map((entry) => entry.n), Array.from({ length: n }, (_, i) => i + 1));
  assertEquals(again, view);
  assertEquals(await counted(fixture), { packed: 2 });
});

Deno.test("a gap is made again from packed entries, equal byte for byte to what was sent", async () => {
  const { host, store, ada, world, clock } = await played(190);
  const heard = ear();
  await host.subscribe(ada, { world, audience, lane: 0 }, heard);
  await settle();
  const from = heard.frames[0]?.seq ?? 0;
  for (let i = 191; i <= 500; i++) resultOf(await host.submit(ada, command(world, i)));
  await clock.advance(60_000);
  const { epoch } = resultOf(await host.view(ada, world, audience));
  await host.stop();
  assert(((await store.readLogState(world))?.packed ?? 0) > from);

  const woken = testHost({ store });
  const late = ear("late");
  const resumed = resultOf(await woken.host.subscribe(ada, { world, audience, lane: 0, epoch, lastSeq: from }, late));
  await settle();
  await woken.host.stop();

  const sent = heard.frames.filter(({ kind }) => kind === "message").map(({ text }) => text);
  const made = late.frames.filter(({ kind }) => kind === "message").map(({ text }) => text);
  assertEquals([resumed.mode, made.length], ["gap", 310]);
  assertEquals(made, sent);
});

Deno.test("a world whose every snapshot is damaged is folded from its packed log", async () => {
  const { host, cells, store, ada, world } = await played(500);
  const view = resultOf(await host.view(ada, world, audience));
  await host.stop();
  for (const { n } of await store.readSnapshotMarks(world)) {
    await cells.commit([], [{ key: snapshotPartKey(world, n, 0), value: encodeValue({}) }]);
  }

  const woken = testHost({ store });
  const again = resultOf(await woken.host.view(ada, world, audience));
  await woken.host.stop();

  assertEquals(again, view);
});

Deno.test("above its limit a log loses its oldest entries, and the world is folded from the state after them", async () => {
  const fixture = await played(700, 3_000);
  const { host, cells, store, ada, world } = fixture;
  const view = resultOf(await host.view(ada, world, audience));
  await host.stop();
  const state = await store.readLogState(world);
  const marks = await store.readSnapshotMarks(world);
  for (const { n } of marks) {
    await cells.commit([], [{ key: snapshotPartKey(world, n, 0), value: encodeValue({}) }]);
  }

  const woken = testHost({ store });
  const again = resultOf(await woken.host.view(ada, world, audience));
  const dropped = await store.readEntries(world, 1, 5).catch((fault) => fault);
  await woken.host.stop();

  assert(state !== undefined && state.first > 1 && state.bytes <= 3_000);
  assertEquals(state.base?.n, state.first - 1);
  assertEquals([dropped instanceof EntriesDropped, dropped.first], [true, state.first]);
  assertEquals(again, view);
  const { dropped: times = 0, failed } = await counted(fixture);
  assertEquals([times > 0, failed], [true, undefined]);
});

Deno.test("who missed messages that were dropped gets a snapshot, and nothing is called a fault", async () => {
  const logged: string[] = [];
  const { host, store, ada, world } = await played(700, 0);
  const { epoch } = resultOf(await host.view(ada, world, audience));
  await host.stop();

  const woken = testHost({ store, deps: { log: (level, event) => logged.push(`${level} ${event}`) } });
  const last = resultOf(await woken.host.view(ada, world, audience)).seq;
  const late = ear("late");
  const resumed = resultOf(
    await woken.host.subscribe(ada, { world, audience, lane: 0, epoch, lastSeq: last - 400 }, late),
  );
  await settle();
  await woken.host.stop();

  assertEquals([resumed.mode, resumed.reason], ["snapshot", "window"]);
  assertEquals(logged.filter((line) => line.startsWith("error")), []);
});

Deno.test("a damaged packed value stops no play, and quarantines its world once it is needed", async () => {
  const { host, cells, store, ada, world } = await played(500);
  await host.stop();
  const key = packedEntriesKey(world, 201, 0);
  await cells.commit([], [{ key, value: new Uint8Array(20) }]);

  const first = testHost({ store });
  const plays = await first.host.submit(ada, command(world, 501));
  await first.host.stop();
  for (const { n } of await store.readSnapshotMarks(world)) {
    await cells.commit([], [{ key: snapshotPartKey(world, n, 0), value: encodeValue({}) }]);
  }
  const second = testHost({ store });
  const refused = await second.host.view(ada, world, audience);
  const note = second.host.status().status;
  await second.host.stop();

  assert(plays.ok);
  assertEquals([refusalOf(refused).code, note], ["world/quarantined", "degraded"]);
});

Deno.test("a damaged base quarantines a world that has nothing younger, and no other", async () => {
  const { host, cells, store, ada, world } = await played(700, 0);
  await host.stop();
  const base = (await store.readLogState(world))?.base?.n ?? 0;
  await cells.commit([], [{ key: basePartKey(world, base, 0), value: new Uint8Array(20) }]);
  for (const { n } of await store.readSnapshotMarks(world)) {
    await cells.commit([], [{ key: snapshotPartKey(world, n, 0), value: encodeValue({}) }]);
  }

  const woken = testHost({ store });
  const refused = await woken.host.view(ada, world, audience);
  const other: WorldId = await newWorld(woken.host, ada, 2);
  const played2 = await woken.host.submit(ada, command(other, 1));
  await woken.host.stop();

  assertEquals(refusalOf(refused).code, "world/quarantined");
  assert(played2.ok);
});

Deno.test("nothing is packed while the store takes no writes, and what was left is packed after the next snapshot", async () => {
  const cells = memoryCells();
  const real = createStore(cells);
  const fixture = await played(500, undefined, { ...real, packEntries: () => Promise.resolve(false) });
  const { host, deps, clock, world } = fixture;
  let writable = false;
  const options = { ...DEFAULT_OPTIONS, snapshotEvery: 20 };
  const keeper = new LogKeeper({ ...deps, store: real }, options, () => writable);

  keeper.add(world);
  await clock.advance(60_000);
  const before = await real.readLogState(world);
  writable = true;
  keeper.add(world);
  await clock.advance(60_000);
  const after = await real.readLogState(world);
  await keeper.stop();
  await host.stop();

  assertEquals([before, after?.packed], [undefined, 400]);
});
