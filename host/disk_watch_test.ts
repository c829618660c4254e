import { assertEquals } from "@std/assert";
import { memoryStore } from "../kv/memory_store.ts";
import type { HeldRoom } from "./disk_watch.ts";
import { command, guest, newWorld, refusalOf, resultOf, settle, testHost } from "./host_fixture.ts";

const MIB = 1_048_576;

/** A disk with so much room, of which others may take some. */
function disk(size: number) {
  let used = 0;
  let held = 0;
  const reserve: HeldRoom = {
    get bytes() {
      return held;
    },
    grow(to) {
      const room = size - used;
      held = Math.max(held, Math.min(to, room));
      return Promise.resolve(held >= to);
    },
    shrink(to) {
      held = Math.min(held, to);
      return Promise.resolve();
    },
  };
  return {
    reserve,
    use: (bytes: number) => void (used = bytes),
    held: () => held,
    /** Whether something small could be written now. */
    writes: () => size - used - held >= 65_536,
  };
}

async function setting(size: number) {
  const stages: string[] = [];
  const memory = memoryStore();
  const volume = disk(size);
  const { host, clock } = testHost({
    store: {
      ...memory,
      commit: (pack) => volume.writes() ? memory.commit(pack) : Promise.reject(new Error("database or disk is full")),
      probe: () => volume.writes() ? memory.probe() : Promise.reject(new Error("database or disk is full")),
    },
    deps: {
      disk: { reserve: volume.reserve, warn: 16 * MIB, stop: 4 * MIB, changed: (now) => void stages.push(now) },
    },
  });
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  await clock.advance(20_000);
  const stage = () => host.status().checks.find(({ name }) => name === "disk")?.status;
  return { host, clock, ada, world, volume, stage, told: stages };
}

Deno.test("a disk with plenty of room is held a part of, and nothing else happens", async () => {
  const { host, clock, volume, stage } = await setting(100 * MIB);

  await clock.advance(600_000);

  assertEquals([volume.held(), stage(), host.status().status], [16 * MIB, "ok", "healthy"]);
  await host.stop();
});

Deno.test("a disk that runs low refuses new worlds alone; no command is refused for it", async () => {
  const { host, ada, world, volume, stage } = await setting(100 * MIB);

  volume.use(90 * MIB);
  const played = await host.submit(ada, command(world, 1));
  const made = await host.submitAccount(ada, {
    cseq: 2,
    lane: 0,
    rid: "r",
    method: "world.create",
    params: {},
    ask: { type: "CreateWorld", name: "Second", options: { turnClock: "normal", difficulty: "normal" } },
  });
  await host.stop();

  assertEquals([played.ok, stage(), host.status().status], [true, "warn", "degraded"]);
  assertEquals(refusalOf(made).code, "server/read_only");
  assertEquals(refusalOf(made).details, { what: "newWorlds" });
});

Deno.test("a disk found full without anybody playing is noticed, and won back in steps once there is room", async () => {
  const { host, clock, ada, world, volume, stage, told } = await setting(100 * MIB);

  volume.use(97 * MIB);
  const stages: unknown[] = [];
  for (let i = 0; i < 3; i++) {
    await clock.advance(10_000);
    stages.push(stage());
  }
  const refused = await host.submit(ada, command(world, 1));
  const newcomer = await host.guest({ name: "Bo", lang: "en" });
  const view = resultOf(await host.view(ada, world, "party"));
  assertEquals(refusalOf(newcomer).code, "server/read_only");
  assertEquals([volume.held(), volume.writes()], [0, true]);
  volume.use(0);
  await clock.advance(30_000);
  const low = stage();
  const again = await host.submit(ada, command(world, 1));
  await clock.advance(60_000);

  assertEquals(stages.at(-1), "fail");
  assertEquals([refusalOf(refused).code, view.seq > 0], ["server/read_only", true]);
  assertEquals([low === "fail", again.ok], [false, true]);
  assertEquals([stage(), volume.held()], ["ok", 16 * MIB]);
  assertEquals(told, ["low", "full", "low", "ample"]);
  await host.stop();
});

Deno.test("writing that fails on a disk with room takes nothing of the reserve", async () => {
  const memory = memoryStore();
  const volume = disk(100 * MIB);
  let broken = false;
  const fail = () => Promise.reject(new Error("disk I/O error"));
  const { host, clock } = testHost({
    store: {
      ...memory,
      commit: (pack) => broken ? fail() : memory.commit(pack),
      probe: () => broken ? fail() : memory.probe(),
    },
    deps: { disk: { reserve: volume.reserve, warn: 16 * MIB, stop: 4 * MIB } },
  });
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  await clock.advance(20_000);

  broken = true;
  const refused = await host.submit(ada, command(world, 1));
  const during = host.status();
  broken = false;
  await clock.advance(2_100);
  const again = await host.submit(ada, command(world, 1));
  await host.stop();

  assertEquals([refusalOf(refused).code, volume.held(), again.ok], ["server/read_only", 16 * MIB, true]);
  assertEquals(during.checks.map(({ name, status }) => `${name} ${status}`), [
    "store fail",
    "disk ok",
    "worlds ok",
    "accounts ok",
  ]);
});

Deno.test("a server that stops on a disk short of room gives back what it held", async () => {
  const { host, clock, volume } = await setting(100 * MIB);

  volume.use(88 * MIB);
  await clock.advance(10_000);
  assertEquals(volume.held(), 4 * MIB);
  await host.stop();
  await settle();

  assertEquals(volume.held(), 0);
});

Deno.test("a store that was moved away is written to no more, and is again once it is back", async () => {
  const volume = disk(100 * MIB);
  let there = true;
  const { host, clock } = testHost({
    deps: {
      disk: { reserve: volume.reserve, warn: 16 * MIB, stop: 4 * MIB, intact: () => Promise.resolve(there) },
    },
  });
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  await clock.advance(20_000);

  there = false;
  await clock.advance(2_000);
  const refused = await host.submit(ada, command(world, 1));
  const during = host.status().checks.find(({ name }) => name === "disk");
  await clock.advance(120_000);
  const stillRefused = await host.submit(ada, command(world, 1));
  there = true;
  await clock.advance(10_000);
  const again = await host.submit(ada, command(world, 1));
  await clock.advance(60_000);
  const after = host.status().status;
  await host.stop();

  assertEquals([refusalOf(refused).code, refusalOf(stillRefused).code], Array(2).fill("server/read_only"));
  assertEquals(during?.note, "the store was moved or removed: nothing is written");
  assertEquals([again.ok, after], [true, "healthy"]);
});

Deno.test("a reserve that cannot be given back keeps nobody from stopping, nor from finding out", async () => {
  const memory = memoryStore();
  let broken = false;
  const fail = () => Promise.reject(new Error("Read-only file system"));
  const reserve: HeldRoom = {
    bytes: 16 * MIB,
    grow: () => Promise.resolve(!broken),
    shrink: () => broken ? fail() : Promise.resolve(),
  };
  const { host, clock } = testHost({
    store: {
      ...memory,
      commit: (pack) => broken ? fail() : memory.commit(pack),
      probe: () => broken ? fail() : memory.probe(),
    },
    deps: { disk: { reserve, warn: 16 * MIB, stop: 4 * MIB } },
  });
  const ada = await guest(host);
  const world = await newWorld(host, ada);

  broken = true;
  const refused = await host.submit(ada, command(world, 1));
  await clock.advance(30_000);
  const during = host.status().status;
  await host.stop();

  assertEquals([refusalOf(refused).code, during], ["server/read_only", "unhealthy"]);
});
