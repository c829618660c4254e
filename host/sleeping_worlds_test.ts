import { assert, assertEquals } from "@std/assert";
import type { WorldId } from "../engine/types/ids.ts";
import { memoryStore } from "../kv/memory_store.ts";
import type { LogEntry, Store } from "../kv/ports.ts";
import type { Fixture } from "./host_fixture.ts";
import { command, ear, guest, newWorld, resultOf, settle, testHost } from "./host_fixture.ts";
import { smallRules } from "./small_rules_fixture.ts";

const MANY = 300;
const audience = "party" as const;

async function held({ deps }: Pick<Fixture, "deps">): Promise<Record<string, number>> {
  const { values } = await deps.metrics.held.get();
  return Object.fromEntries(values.map(({ labels, value }) => [String(labels.what), value]));
}

/** Worlds that differ from the given one in nothing but their id. */
async function copies(store: Store, world: WorldId, count: number): Promise<readonly WorldId[]> {
  const head = (await store.readHead(world))?.value;
  assert(head !== undefined);
  const text = JSON.stringify(await store.readEntries(world, 1, head.n));
  const ids = Array.from({ length: count }, (_, i) => `w_copy${i}` as WorldId);
  for (const id of ids) {
    const entries: readonly LogEntry[] = JSON.parse(text.replaceAll(world, id));
    const done = await store.commit({
      id,
      subjects: [{ owner: { type: "world", id }, stamp: null, head }],
      changes: [store.prepare(entries.map((entry) => ({ type: "entry", world: id, entry })))],
    });
    assert(done.ok);
  }
  return ids;
}

Deno.test("worlds that sleep hold nothing in memory, however many of them were played", async () => {
  const fixture = testHost({ store: memoryStore() });
  const { host, clock, store } = fixture;
  const ada = await guest(host);
  const first = await newWorld(host, ada);
  const worlds = await copies(store, first, MANY);
  for (const world of worlds) {
    await host.subscribe(ada, { world, audience, lane: 0 }, ear("mine"));
    resultOf(await host.submit(ada, command(world, 1)));
    host.unsubscribe(world, audience, "mine");
  }
  await clock.advance(61_000);
  const awake = await held(fixture);

  await clock.advance(400_000);
  await settle();
  await clock.advance(61_000);
  const asleep = await held(fixture);
  const view = resultOf(await host.view(ada, worlds[7] ?? first, audience)).view as unknown as {
    party: { purse: number };
  };
  await host.stop();

  assertEquals([awake["worlds"], awake["followed"]], [MANY + 1, MANY]);
  const { worlds: live, lanes, thawed, followed, tickets } = asleep;
  assertEquals({ live, lanes, thawed, followed, tickets }, { live: 0, lanes: 0, thawed: 0, followed: 0, tickets: 0 });
  assertEquals(view.party.purse, 1);
});

Deno.test("lanes nobody uses leave memory, and a command asked again is answered from its receipt all the same", async () => {
  const fixture = testHost();
  const { host, clock } = fixture;
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  await host.subscribe(ada, { world, audience, lane: 0 }, ear());
  const answers = [];
  for (let cseq = 1; cseq <= 3; cseq++) answers.push(await host.submit(ada, command(world, cseq)));
  await clock.advance(61_000);
  const used = await held(fixture);

  await clock.advance(130_000);
  const rested = await held(fixture);
  const again = [];
  for (let cseq = 1; cseq <= 3; cseq++) again.push(await host.submit(ada, command(world, cseq)));
  await host.stop();

  assertEquals([used["worlds"], used["lanes"], rested["worlds"], rested["lanes"]], [1, 1, 1, 0]);
  assertEquals(again, answers);
});

Deno.test("tickets nobody used are forgotten and counted", async () => {
  const fixture = testHost();
  const { host, clock, deps } = fixture;
  const ada = await guest(host);
  const unused = await host.ticket(ada);

  await clock.advance(61_000);
  const { tickets } = await held(fixture);
  const { values } = await deps.metrics.swept.get();
  const redeemed = await host.redeemTicket(unused);
  await host.stop();

  assertEquals([tickets, redeemed], [0, undefined]);
  assertEquals(values.find(({ labels }) => labels.what === "ticket")?.value, 1);
});

Deno.test("a world that was frozen is forgotten once it has played well for a minute", async () => {
  let broken = true;
  const rules = smallRules();
  const engine = {
    ...rules,
    evolve: (state: never, event: never) => ({
      ...rules.evolve(state, event),
      ...(broken ? { made: Math.random() } : {}),
    }),
  };
  const fixture = testHost({ deps: { engine } });
  const { host, clock } = fixture;
  broken = false;
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  broken = true;
  await host.submit(ada, command(world, 1));
  broken = false;
  await clock.advance(10_000);
  resultOf(await host.submit(ada, command(world, 2)));

  await clock.advance(51_000);
  const before = await held(fixture);
  await clock.advance(120_000);
  const after = await held(fixture);
  await host.stop();

  assertEquals([before["thawed"], after["thawed"]], [1, 0]);
});
