import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { CreatureId, WorldId } from "../engine/types/ids.ts";
import { memoryStore } from "../kv/memory_store.ts";
import type { Store } from "../kv/ports.ts";
import { minuteOf, noteDue } from "./due.ts";
import type { Due, EnginePort } from "./engine_port.ts";
import { command, ear, guest, newWorld, resultOf, settle, testClock, testHost } from "./host_fixture.ts";
import { smallRules } from "./small_rules_fixture.ts";

const audience = "party" as const;
const MINUTE_MS = 60_000;

/** The small game with an AI: what runs out in it is a turn of the AI's. */
function rulesWithAi(): EnginePort {
  const rules = smallRules();
  return {
    ...rules,
    due(state) {
      const due = rules.due(state);
      return due && { at: due.at, intent: { type: "AiTurn", creature: "c_1" as CreatureId, round: 1 } };
    },
    step: (state, given, place) =>
      rules.step(
        state,
        given.intent.type === "AiTurn" ? { ...given, intent: { type: "EncounterExpired" } } : given,
        place,
      ),
  };
}

const notes = async (store: Store) => (await store.listDue(Number.MAX_SAFE_INTEGER, undefined, 99));

async function modeIn(store: Store, world: WorldId): Promise<string> {
  const n = (await store.readHead(world))?.value.n ?? 0;
  const types = (await store.readEntries(world, 1, n)).flatMap(({ events }) => events as { type: string }[]);
  return types.findLast(({ type }) => type.startsWith("Encounter"))?.type ?? "none";
}

/** A world in which something waits for time when its server is killed. */
async function killed(engine: EnginePort, intent: "StartCombat" | "MakeCamp" = "StartCombat") {
  const store = memoryStore();
  const clock = testClock();
  const { host } = testHost({ store, clock, deps: { engine } });
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  await host.subscribe(ada, { world, audience, lane: 0 }, ear());
  resultOf(await host.submit(ada, command(world, 1, { type: intent })));
  await settle();
  return { store, clock, ada, world, host };
}

Deno.test("a timer is noted with the command that began it and taken away with the one that ended it", async () => {
  const { store, clock, world, host } = await killed(smallRules());
  const during = await notes(store);
  const head = (await store.readHead(world))?.value;

  await clock.advance(11_000);
  const after = await notes(store);
  await host.stop();

  const minute = minuteOf(clock.now() - 1_000);
  assertEquals([during, head?.due], [[{ minute, world }], minute]);
  assertEquals([after, (await store.readHead(world))?.value.due], [[], undefined]);
});

Deno.test("after a restart the AI's turn is played though nobody has come back", async () => {
  const { store, clock, world } = await killed(rulesWithAi());

  const { host } = testHost({ store, clock: testClock(clock.now() + 3_600_000), deps: { engine: rulesWithAi() } });
  await settle();
  const second = testHost({ store, clock: testClock(clock.now() + 7_200_000), deps: { engine: rulesWithAi() } });
  await settle();
  await second.clock.advance(15_000);
  const mode = await modeIn(store, world);
  await second.host.stop();
  await host.stop();

  assertEquals(mode, "EncounterEnded");
  assertEquals(await notes(store), []);
});

Deno.test("after a restart a clock that runs against people waits for them", async () => {
  const { store, clock, world, ada } = await killed(smallRules());

  const later = testHost({ store, clock: testClock(clock.now() + 3_600_000) });
  await settle();
  await later.clock.advance(120_000);
  const alone = await modeIn(store, world);
  const loaded = later.host.status().worldsLive;
  await later.host.subscribe(ada, { world, audience, lane: 0 }, ear());
  await later.clock.advance(25_000);
  const together = await modeIn(store, world);
  await later.host.stop();

  assertEquals([alone, loaded, together], ["EncounterMet", 1, "EncounterEnded"]);
});

Deno.test("the AI goes on alone for a minute and no longer", async () => {
  // Its turn comes two minutes after the command.
  const { store, clock, world } = await killed(rulesWithAi(), "MakeCamp");

  const later = testHost({ store, clock: testClock(clock.now() + 3_600_000), deps: { engine: rulesWithAi() } });
  await later.clock.advance(240_000);
  const mode = await modeIn(store, world);
  await later.host.stop();

  assertEquals(mode, "EncounterMet");
});

Deno.test("a world that goes to sleep with a timer is not woken by it, and notes it again once it is played", async () => {
  const { store, clock, world, ada, host } = await killed(smallRules(), "MakeCamp");
  host.unsubscribe(world, audience, "ear");
  await clock.advance(500_000);
  const asleep = [host.status().worldsLive, (await notes(store)).length];
  await clock.advance(300_000);
  const still = host.status().worldsLive;

  resultOf(await host.submit(ada, command(world, 2)));
  const noted = await notes(store);
  await host.stop();

  assertEquals([asleep, still], [[0, 0], 0]);
  assertEquals(noted.map((due) => due.world), [world]);
});

Deno.test("a note of a world that is not there is taken away", async () => {
  const { store, clock, host } = await killed(smallRules());
  const owner = { type: "account", id: "a_x" } as const;
  const record = { id: "a_x", name: "", tier: "guest", createdAt: 1, n: 1, commit: "", seed: "", open: {} } as const;
  const changes = [store.prepare([{ type: "due", world: "w_gone", minute: 7, on: true }])];
  assert((await store.commit({ id: "k", subjects: [{ owner, stamp: null, head: record }], changes })).ok);

  await clock.advance(61_000);
  const left = await notes(store);
  await host.stop();

  assertEquals(left.filter(({ world }) => world === "w_gone"), []);
});

Deno.test("noteDue() keeps one note that is never too late and writes at most one a minute while it moves on", () => {
  const due: fc.Arbitrary<number | undefined> = fc.option(fc.integer({ min: -100_000, max: 300_000 }), {
    nil: undefined,
  });
  const step = fc.record({ after: fc.integer({ min: 0, max: 40_000 }), due });
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const stored = new Set<number>();
    let at = 1_000 * MINUTE_MS;
    let noted: number | undefined;
    let movedOn = -1;
    for (const one of steps) {
      at += one.after;
      const next: Due | undefined = one.due === undefined
        ? undefined
        : { at: at + one.due, intent: { type: "EncounterExpired" } };
      const { minute, changes } = noteDue("w", noted, next, at);
      for (const change of changes) {
        assert(change.type === "due");
        if (change.on) stored.add(change.minute);
        else assert(stored.delete(change.minute));
      }
      if (noted !== undefined && minute !== undefined && minute > noted) {
        assert(minuteOf(at) > movedOn);
        movedOn = minuteOf(at);
      }
      noted = minute;
      assertEquals([...stored], noted === undefined ? [] : [noted]);
      assertEquals(next === undefined, noted === undefined);
      if (next !== undefined) assert((noted ?? 0) <= minuteOf(Math.max(next.at, at)));
    }
  }));
});
