import { assertEquals } from "@std/assert";
import type { WorldId } from "../engine/types/ids.ts";
import { memoryStore } from "../kv/memory_store.ts";
import type { Caller, Host } from "./api.ts";
import { command, ear, guest, joinCommand, newWorld, resultOf, settle, testClock, testHost } from "./host_fixture.ts";

const audience = "party" as const;
const start = { type: "StartCombat" } as const;

async function modeOf(host: Host, caller: Caller, world: WorldId): Promise<string> {
  const view = resultOf(await host.view(caller, world, audience)).view as unknown as { mode: string };
  return view.mode;
}

Deno.test("what the rules say is due happens by itself at its time, stored and published like any command", async () => {
  const { host, clock, store } = testHost();
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  const listener = ear();
  await host.subscribe(ada, { world, audience, lane: 0 }, listener);
  resultOf(await host.submit(ada, command(world, 1, start)));

  await clock.advance(9_000);
  const early = await modeOf(host, ada, world);
  await clock.advance(1_500);
  const late = await modeOf(host, ada, world);
  const head = await store.readHead(world);
  const [entry] = await store.readEntries(world, head?.value.n ?? 1, head?.value.n ?? 1);
  await host.stop();

  assertEquals([early, late], ["encounter", "explore"]);
  assertEquals([entry?.actor, entry?.session, entry?.cseq], ["system", "", 0]);
  assertEquals(listener.messages().at(-1)?.["events"], [{ type: "EncounterEnded", why: "passed", group: "g_1" }]);
});

Deno.test("the clock stands still once nobody has been there for a minute, and goes on when somebody comes", async () => {
  const { host, clock } = testHost();
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  await host.subscribe(ada, { world, audience, lane: 0 }, ear());
  resultOf(await host.submit(ada, command(world, 1, { type: "MakeCamp" })));
  host.unsubscribe(world, audience, "ear");

  // Of the two minutes one has passed when the clock stops.
  await clock.advance(200_000);
  const waiting = await modeOf(host, ada, world);
  await host.subscribe(ada, { world, audience, lane: 0 }, ear());
  await clock.advance(57_000);
  const back = await modeOf(host, ada, world);
  await clock.advance(5_000);
  const over = await modeOf(host, ada, world);
  await host.stop();

  assertEquals([waiting, back, over], ["encounter", "encounter", "explore"]);
});

/** A host whose players left a second after an encounter began. */
async function stalled() {
  const store = memoryStore();
  const clock = testClock();
  const first = testHost({ store, clock });
  const ada = await guest(first.host);
  const world = await newWorld(first.host, ada);
  resultOf(await first.host.submit(ada, command(world, 1, start)));
  return { ...first, store, clock, ada, world };
}

Deno.test("after a restart a world's timer is found again, waits for players, and gives them time to look", async () => {
  const { store, clock, ada, world, host: first } = await stalled();
  await first.stop();
  await clock.advance(3_600_000);

  const { host } = testHost({ store, clock });
  assertEquals(await modeOf(host, ada, world), "encounter");
  await clock.advance(600_000);
  assertEquals(await modeOf(host, ada, world), "encounter");
  await host.subscribe(ada, { world, audience, lane: 0 }, ear());
  await clock.advance(19_500);
  const looking = await modeOf(host, ada, world);
  await clock.advance(10_000);
  const over = await modeOf(host, ada, world);
  await host.stop();

  assertEquals([looking, over], ["encounter", "explore"]);
});

Deno.test("a timer that comes late by more than two seconds gives the lateness back", async () => {
  const clock = testClock();
  let asleep = 0;
  const { host } = testHost({
    // As after SIGSTOP: the timer runs, but both clocks have moved on meanwhile.
    deps: { clock: { ...clock, now: () => clock.now() + asleep, monotonic: () => clock.monotonic() + asleep } },
  });
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  await host.subscribe(ada, { world, audience, lane: 0 }, ear());
  resultOf(await host.submit(ada, command(world, 1, start)));

  asleep = 30_000;
  await clock.advance(8_000);
  const held = await modeOf(host, ada, world);
  await clock.advance(3_000);
  const over = await modeOf(host, ada, world);
  await host.stop();

  assertEquals([held, over], ["encounter", "explore"]);
});

Deno.test("the lead passes to whoever is there when its holder has been gone for a minute", async () => {
  const { host, clock } = testHost();
  const ada = await guest(host);
  const bob = await guest(host, "Bob");
  const world = await newWorld(host, ada);
  const { invite } = resultOf(await host.invite(ada, world));
  resultOf(await host.submit(bob, joinCommand(world, 1, { invite })));
  const gone = ear("ada");
  await host.subscribe(ada, { world, audience, lane: 0 }, gone);
  await host.subscribe(bob, { world, audience, lane: 0 }, ear("bob"));
  const leaders = async () => {
    const { view } = resultOf(await host.view(bob, world, audience));
    const { seats } = view as unknown as { seats: Record<string, { name: string; roles: string[] }> };
    return Object.values(seats).filter(({ roles }) => roles.includes("leader")).map(({ name }) => name);
  };

  await clock.advance(120_000);
  const both = await leaders();
  host.unsubscribe(world, audience, "ada");
  await clock.advance(55_000);
  const patient = await leaders();
  await clock.advance(15_000);
  const passed = await leaders();
  await host.stop();

  assertEquals([both, patient, passed], [["Ada"], ["Ada"], ["Bob"]]);
});

Deno.test("a world in which nobody has been for a while sleeps, with a snapshot, and wakes where it was", async () => {
  const { host, clock, store } = testHost();
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  for (let cseq = 1; cseq <= 3; cseq++) resultOf(await host.submit(ada, command(world, cseq)));
  const before = resultOf(await host.view(ada, world, audience));

  await clock.advance(400_000);
  await settle();
  const asleep = host.status().worldsLive;
  const marks = await store.readSnapshotMarks(world);
  const after = resultOf(await host.view(ada, world, audience));
  await host.stop();

  assertEquals(asleep, 0);
  assertEquals(marks.map(({ n }) => n), [5]);
  assertEquals(after, before);
});
