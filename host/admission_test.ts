import { assert, assertEquals } from "@std/assert";
import { memoryStore } from "../kv/memory_store.ts";
import type { CommitResult, Pack, Store } from "../kv/ports.ts";
import { Admission, type Sheddable } from "./admission.ts";
import { command, guest, newWorld, refusalOf, settle, testClock, testHost } from "./host_fixture.ts";
import { createMetrics } from "./metrics.ts";

const ALL: readonly Sheddable[] = ["guest", "session", "query", "command"];

/** A store whose commits end when told, and an admission that watches it. */
function scene() {
  const clock = testClock();
  const metrics = createMetrics();
  const admission = new Admission(clock, metrics);
  const under: ((result: CommitResult) => void)[] = [];
  const store: Store = {
    ...memoryStore(),
    commit: () => new Promise((resolve) => under.push(resolve)),
  };
  const watched = admission.watch(store);
  return {
    clock,
    metrics,
    admission,
    /** Writes a pack of so many commands in so many ms. */
    async commit(size: number, ms: number): Promise<void> {
      const done = watched.commit({ id: "k_1", subjects: [], changes: Array(size).fill({}) } as Pack);
      await clock.advance(ms);
      under.pop()?.({ ok: true, stamp: "1" });
      await done;
    },
    /** Begins a pack of so many commands; returns what ends it. */
    start(size: number): () => Promise<unknown> {
      const at = under.length;
      const done = watched.commit({ id: "k_1", subjects: [], changes: Array(size).fill({}) } as Pack);
      return () => {
        under[at]?.({ ok: true, stamp: "1" });
        return done;
      };
    },
    begin: () => void watched.commit({ id: "k_1", subjects: [], changes: [] }),
    /** So many commands that are not answered yet. */
    hold(count: number): () => void {
      const answered = Promise.withResolvers<void>();
      for (let i = 0; i < count; i++) void admission.admit(answered.promise);
      return answered.resolve;
    },
    turnedAway: () => ALL.filter((what) => admission.refusal(what) !== undefined),
  };
}

Deno.test("Admission turns nobody away on a slow disk as long as one pack takes all that waits", async () => {
  const { commit, hold, turnedAway } = scene();
  for (let i = 0; i < 50; i++) await commit(60, 50);

  hold(60);

  assertEquals(turnedAway(), []);
});

Deno.test("Admission turns away guests first, then sessions, queries and commands, by the wait to expect", async () => {
  const { commit, hold, turnedAway, admission } = scene();
  // 100 commands in 10 ms: 1,000 wait some 100 ms.
  for (let i = 0; i < 40; i++) await commit(100, 10);

  const steps: (readonly Sheddable[])[] = [];
  for (const more of [500, 300, 300, 300, 300]) {
    hold(more);
    steps.push(turnedAway());
  }

  assertEquals(steps, [[], ["guest"], ["guest", "session"], ["guest", "session", "query"], [...ALL]]);
  assert(admission.expectedMs > 150 && admission.expectedMs < 190, String(admission.expectedMs));
});

Deno.test("Admission counts what packs under way together take, not how long each of them does", async () => {
  const { start, hold, turnedAway, clock } = scene();
  const answer = hold(400);
  // Four at once, 100 commands in 40 ms each: one ends every 10 ms.
  const ends = [];
  for (let i = 0; i < 60; i++) {
    ends.push(start(100));
    await clock.advance(10);
    if (i >= 3) await ends[i - 3]?.();
  }
  answer();
  await settle();

  const steps: (readonly Sheddable[])[] = [];
  for (const more of [500, 300, 300, 300, 300]) {
    hold(more);
    steps.push(turnedAway());
  }

  assertEquals(steps, [[], ["guest"], ["guest", "session"], ["guest", "session", "query"], [...ALL]]);
});

Deno.test("Admission does not count the time in which nobody waited", async () => {
  const { commit, hold, turnedAway, clock } = scene();
  for (let i = 0; i < 40; i++) {
    const answer = hold(200);
    await commit(100, 10);
    answer();
    await clock.advance(60_000);
  }

  hold(1_400);

  assertEquals(turnedAway(), ["guest", "session", "query"]);
});

Deno.test("Admission lets everybody in again once the commands are answered", async () => {
  const { commit, hold, turnedAway } = scene();
  for (let i = 0; i < 40; i++) await commit(100, 10);
  const answer = hold(5_000);
  assertEquals(turnedAway(), ALL);

  answer();
  await settle();

  assertEquals(turnedAway(), []);
});

Deno.test("Admission turns away what needs the store while that does not answer, and lets queries read on", async () => {
  const { commit, begin, hold, clock, turnedAway } = scene();
  for (let i = 0; i < 40; i++) await commit(100, 10);
  hold(1);
  begin();

  await clock.advance(2_000);
  assertEquals(turnedAway(), []);
  await clock.advance(20);
  assertEquals(turnedAway(), ["guest", "session", "command"]);
});

Deno.test("a commit given up as hanging keeps nobody out once another has been made", async () => {
  const { commit, begin, hold, clock, turnedAway } = scene();
  hold(1);
  begin();
  await clock.advance(30_000);
  assertEquals(turnedAway(), ["guest", "session", "command"]);

  // The one that hangs never ends.
  await commit(1, 5);

  assertEquals(turnedAway(), []);
});

Deno.test("Admission names a time to come back, another one for each, and counts whom it sent away", async () => {
  const { commit, hold, admission, metrics } = scene();
  for (let i = 0; i < 40; i++) await commit(100, 10);
  hold(10_000);

  const times = Array.from({ length: 50 }, () => admission.refusal("command")?.refusal.retryAfterMs ?? 0);

  assertEquals(new Set(times).size, 50);
  assert(times.every((ms) => ms >= 900 && ms < 1_300), String(times));
  const { values } = await metrics.shed.get();
  assertEquals(values.find(({ labels }) => labels.what === "command")?.value, 50);
});

Deno.test("a host whose store is stuck answers new commands busy at once, shows views, and goes on by itself", async () => {
  const memory = memoryStore();
  const stuck: (() => void)[] = [];
  let stalls = false;
  const { host, clock } = testHost({
    store: {
      ...memory,
      async commit(pack) {
        if (stalls) await new Promise<void>((resolve) => stuck.push(resolve));
        return await memory.commit(pack);
      },
    },
  });
  const ada = await guest(host);
  const world = await newWorld(host, ada);

  stalls = true;
  const waiting = host.submit(ada, command(world, 1));
  await settle();
  await clock.advance(2_500);
  const busy = await host.submit(ada, command(world, 2));
  const view = await host.view(ada, world, "party");
  stalls = false;
  for (const go of stuck) go();
  const first = await waiting;
  const again = await host.submit(ada, command(world, 2));
  await host.stop();

  assertEquals(refusalOf(busy).code, "server/busy");
  assert((refusalOf(busy).retryAfterMs ?? 0) > 0);
  assert(view.ok && first.ok && again.ok);
});
