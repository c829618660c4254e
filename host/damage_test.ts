import { assert, assertEquals } from "@std/assert";
import type { WorldId } from "../engine/types/ids.ts";
import { encodeValue } from "../kv/codec.ts";
import { entryKey, headKey, receiptKey, snapshotPartKey } from "../kv/keys.ts";
import { memoryCells } from "../kv/memory_cells.ts";
import { createStore } from "../kv/store.ts";
import { command, ear, guest, newWorld, refusalOf, resultOf, settle, testHost } from "./host_fixture.ts";
import { smallRules } from "./small_rules_fixture.ts";

const audience = "party" as const;

/** Two worlds in one store, the process gone. */
async function twoWorlds(commands: number) {
  const cells = memoryCells();
  const store = createStore(cells);
  const { host, clock } = testHost({ store, options: { snapshotEvery: 10 } });
  const ada = await guest(host);
  const worlds: WorldId[] = [];
  for (const cseq of [1, 2]) {
    const world = await newWorld(host, ada, cseq);
    worlds.push(world);
    for (let i = 1; i <= commands; i++) resultOf(await host.submit(ada, command(world, i)));
  }
  await settle();
  const [broken, sound] = worlds;
  assert(broken !== undefined && sound !== undefined);
  const before = resultOf(await host.view(ada, broken, audience));
  return { cells, store, host, clock, ada, broken, sound, before };
}

const damages:
  readonly (readonly [string, (world: WorldId) => Parameters<ReturnType<typeof memoryCells>["commit"]>[1]])[] = [
    ["a missing entry", (world) => [{ key: entryKey(world, 4), value: undefined }]],
    ["a missing head", (world) => [{ key: headKey({ type: "world", id: world }), value: undefined }]],
    ["a damaged entry", (world) => [{ key: entryKey(world, 4), value: new Uint8Array([1, 9, 9, 9, 9, 123]) }]],
    ["a damaged head", (world) => [{ key: headKey({ type: "world", id: world }), value: new Uint8Array(9) }]],
    [
      "a head of another shape",
      (world) => [{ key: headKey({ type: "world", id: world }), value: encodeValue({ n: "five" }) }],
    ],
  ];

for (const [name, damage] of damages) {
  Deno.test(`${name} quarantines its world, writes nothing to it, and lets the others play`, async () => {
    const { cells, store, host: first, ada, broken, sound } = await twoWorlds(3);
    await cells.commit([], damage(broken));

    const { host } = testHost({ store });
    const refused = await host.submit(ada, command(broken, 9));
    const again = await host.view(ada, broken, audience);
    const played = await host.submit(ada, command(sound, 9));
    const { status } = host.status();
    const listed = new Map((await host.worlds(ada)).map(({ world, name, state }) => [world, [name, state]]));
    await host.stop();
    await first.stop().catch(() => undefined);

    assertEquals([refusalOf(refused).code, refusalOf(again).code], ["world/quarantined", "world/quarantined"]);
    assert(played.ok);
    assertEquals(status, "degraded");
    assertEquals(listed.get(sound), ["Ash Hollow", undefined]);
    assertEquals(listed.get(broken), ["Ash Hollow", "quarantined"]);
  });
}

Deno.test("a head older than the log quarantines its world: what it has forgotten was acknowledged", async () => {
  const { cells, store, host: first, ada, broken } = await twoWorlds(3);
  await first.stop();
  const head = (await store.readHead(broken))?.value;
  assert(head !== undefined);
  const older = { ...head, n: head.n - 1, seq: { ...head.seq, party: (head.seq["party"] ?? 0) - 1 } };
  await cells.commit([], [{ key: headKey({ type: "world", id: broken }), value: encodeValue(older) }]);

  const { host } = testHost({ store });
  const refused = await host.submit(ada, command(broken, 9));
  await host.stop();

  assertEquals(refusalOf(refused).code, "world/quarantined");
});

Deno.test("a state hash that differs from the fold quarantines the world", async () => {
  const { store, host: first, ada, broken } = await twoWorlds(120);
  await first.stop();
  // The same log under rules that fold it otherwise, as a careless change of the rules would.
  const rules = smallRules();
  const changed = {
    ...rules,
    forms: { ...rules.forms, liftState: () => undefined },
    evolve: (state: never, event: never) => ({ ...rules.evolve(state, event), clock: 1 }),
  };

  const { host } = testHost({ store, deps: { engine: changed } });
  const refused = await host.view(ada, broken, audience);
  await host.stop();

  assertEquals(refusalOf(refused).code, "world/quarantined");
});

Deno.test("a damaged snapshot falls back to the one before and to the log, with all receipts", async () => {
  const { cells, store, host: first, ada, broken, before } = await twoWorlds(35);
  const answer = await first.submit(ada, command(broken, 35));
  await first.stop();
  const marks = await store.readSnapshotMarks(broken);
  assertEquals(marks.length, 3);

  for (const mark of marks) {
    await cells.commit([], [{ key: snapshotPartKey(broken, mark.n, 0), value: new Uint8Array(7) }]);
    const { host } = testHost({ store });
    assertEquals(resultOf(await host.view(ada, broken, audience)), before);
    assertEquals(await host.submit(ada, command(broken, 35)), answer);
    assertEquals((await host.submit(ada, command(broken, 1))).ok, true);
    await host.stop();
  }
});

Deno.test("receipts older than the newest snapshot still answer after a restart", async () => {
  const { store, host: first, ada, broken } = await twoWorlds(35);
  const answers = [];
  for (const cseq of [1, 12, 35]) answers.push(await first.submit(ada, command(broken, cseq)));
  await first.stop();

  const { host } = testHost({ store });
  const again = [];
  for (const cseq of [1, 12, 35]) again.push(await host.submit(ada, command(broken, cseq)));
  await host.stop();

  assert(answers.every(({ ok }) => ok));
  assertEquals(again, answers);
});

Deno.test("a damaged receipt freezes its world: its command could happen once more", async () => {
  const { cells, store, host: first, ada, broken, sound, before } = await twoWorlds(35);
  await first.stop();
  const owner = { type: "world", id: broken } as const;
  const key = receiptKey(owner, ada.session, 0, 12);
  assert(await cells.get(key) !== undefined);
  await cells.commit([], [{ key, value: new Uint8Array([1, 9, 9, 9, 9, 123]) }]);

  const { host } = testHost({ store });
  const again = await host.submit(ada, command(broken, 12));
  const subscribed = await host.subscribe(ada, { world: broken, audience, lane: 0 }, ear());
  const played = await host.submit(ada, command(sound, 99));
  const listed = new Map((await host.worlds(ada)).map(({ world, state }) => [world, state]));
  await host.stop();
  const head = await store.readHead(broken);

  assertEquals([refusalOf(again).code, refusalOf(subscribed).code], ["world/frozen", "world/frozen"]);
  assert(played.ok);
  assertEquals([listed.get(broken), listed.get(sound)], ["frozen", undefined]);
  assertEquals(head?.value.seq[audience], before.seq);
});

Deno.test("a view that changes in secret freezes its world: patches that do not fit are never sent", async () => {
  const rules = smallRules();
  const { host } = testHost({ deps: { engine: { ...rules, apply: (view) => view } } });
  const ada = await guest(host);
  const broken = await newWorld(host, ada, 1);
  const sound = await newWorld(host, ada, 2);
  const listener = ear();
  await host.subscribe(ada, { world: broken, audience, lane: 0 }, listener);

  const answered = await host.submit(ada, command(broken, 1));
  await settle();
  const refused = await host.submit(ada, command(broken, 2));
  const other = await host.submit(ada, command(sound, 1));
  const { status } = host.status();
  const heads = host.heads(listener.id);
  await settle();
  await host.stop();

  assert(answered.ok && other.ok);
  assertEquals(refusalOf(refused).code, "world/frozen");
  assertEquals(heads, [], "nobody listens to a frozen world");
  assertEquals([listener.messages().length, listener.ended.map(({ code }) => code)], [0, ["world/frozen"]]);
  assertEquals(status, "degraded");
});

Deno.test("rules whose events do not fold to their state freeze the world before anything is stored", async () => {
  const rules = smallRules();
  const { host, store } = testHost({
    deps: {
      engine: {
        ...rules,
        step(state, asked, place) {
          const outcome = rules.step(state, asked, place);
          return outcome.ok && asked.intent.type === "Step"
            ? { ...outcome, state: { ...outcome.state, clock: 99 } }
            : outcome;
        },
      },
    },
  });
  const ada = await guest(host);
  const world = await newWorld(host, ada);

  const answer = await host.submit(ada, command(world, 1));
  const head = await store.readHead(world);
  await host.stop();

  assertEquals(refusalOf(answer).code, "world/frozen");
  assertEquals(head?.value.n, 2);
});

Deno.test("a frozen world is loaded once more from the store, and stays frozen when it freezes again within a minute", async () => {
  const rules = smallRules();
  let broken = true;
  const { host, clock, deps } = testHost({
    deps: { engine: { ...rules, apply: (view, patch) => broken ? view : rules.apply(view, patch) } },
  });
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  const listen = (id: string) => host.subscribe(ada, { world, audience, lane: 0 }, ear(id));
  const step = async (cseq: number) => {
    const answer = await host.submit(ada, command(world, cseq));
    await settle();
    return answer.ok ? "stored" : answer.refusal.code;
  };

  await listen("a");
  const first = [await step(1), await step(2)];
  const presentOnes = host.status().worldsLive;
  await clock.advance(10_000);
  const unloaded = host.status().worldsLive;
  broken = false;
  const healed = [await step(2), resultOf(await host.view(ada, world, audience)).seq];
  await clock.advance(61_000);

  broken = true;
  await listen("b");
  const second = [await step(3), await step(4)];
  await clock.advance(10_000);
  await listen("c");
  const soon = [await step(4), await step(5)];
  broken = false;
  await clock.advance(120_000);
  const last = await step(5);
  const thaws = (await deps.metrics.worldsThawed.get()).values[0]?.value;
  const frozen = (await deps.metrics.worldsFrozen.get()).values[0]?.value;
  await host.stop();

  assertEquals([presentOnes, unloaded], [1, 0]);
  assertEquals([first, healed[0]], [["stored", "world/frozen"], "stored"]);
  assertEquals(second, ["stored", "world/frozen"]);
  assertEquals([soon, last], [["stored", "world/frozen"], "world/frozen"]);
  assertEquals([thaws, frozen], [2, 1]);
});
