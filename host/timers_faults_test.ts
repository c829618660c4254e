import { assertEquals } from "@std/assert";
import type { WorldId } from "../engine/types/ids.ts";
import { memoryStore } from "../kv/memory_store.ts";
import type { Store } from "../kv/ports.ts";
import type { Caller, Host } from "./api.ts";
import type { EnginePort } from "./engine_port.ts";
import { command, ear, guest, newWorld, resultOf, testClock, testHost } from "./host_fixture.ts";
import { smallRules } from "./small_rules_fixture.ts";

const audience = "party" as const;
const start = { type: "StartCombat" } as const;
const HOUR_MS = 3_600_000;

async function modeOf(host: Host, caller: Caller, world: WorldId): Promise<string> {
  const view = resultOf(await host.view(caller, world, audience)).view as unknown as { mode: string };
  return view.mode;
}

async function endings(store: Store, world: string): Promise<number> {
  const entries = await store.readEntries(world, 1, (await store.readHead(world))?.value.n ?? 0);
  return entries.filter(({ rid }) => rid === "sys-EncounterExpired").length;
}

Deno.test("a turn whose end waits behind another commit ends once", async () => {
  const real = memoryStore();
  let held: Promise<void> | undefined;
  const store: Store = {
    ...real,
    async commit(pack) {
      await held;
      return await real.commit(pack);
    },
  };
  const { host, clock } = testHost({ store });
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  await host.subscribe(ada, { world, audience, lane: 0 }, ear());
  resultOf(await host.submit(ada, command(world, 1, start)));

  const disk = Promise.withResolvers<void>();
  held = disk.promise;
  // Something else is under way when the time comes; its commit makes the timer look again.
  const step = host.submit(ada, command(world, 2));
  await clock.advance(15_000);
  held = undefined;
  disk.resolve();
  resultOf(await step);
  await clock.advance(60_000);
  const count = await endings(real, world);
  await host.stop();

  assertEquals(count, 1);
});

/** Rules that let nothing end before its time, as the real ones do. */
function punctual(): EnginePort {
  const rules = smallRules();
  return {
    ...rules,
    step: (state, command, place) =>
      command.intent.type === "EncounterExpired" && command.at < (state.encounter?.endsAt ?? 0)
        ? { ok: false, rejection: { code: "turn/over" } }
        : rules.step(state, command, place),
  };
}

/** A host whose wall clock can be set. */
async function jumping() {
  const clock = testClock();
  let jumped = 0;
  const { host } = testHost({
    deps: { clock: { ...clock, now: () => clock.now() + jumped }, engine: punctual() },
  });
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  return { host, clock, ada, world, jump: (ms: number) => jumped += ms };
}

Deno.test("a clock that begins after the wall clock was set back lasts as long as any", async () => {
  const { host, clock, ada, world, jump } = await jumping();
  await host.subscribe(ada, { world, audience, lane: 0 }, ear());

  jump(-HOUR_MS);
  resultOf(await host.submit(ada, command(world, 1, start)));
  await clock.advance(9_000);
  const early = await modeOf(host, ada, world);
  await clock.advance(1_500);
  const late = await modeOf(host, ada, world);
  await host.stop();

  assertEquals([early, late], ["encounter", "explore"]);
});

Deno.test("a clock that stands still while the wall clock is set back goes on from where it was", async () => {
  const { host, clock, ada, world, jump } = await jumping();
  await host.subscribe(ada, { world, audience, lane: 0 }, ear());
  resultOf(await host.submit(ada, command(world, 1, { type: "MakeCamp" })));
  host.unsubscribe(world, audience, "ear");

  await clock.advance(200_000);
  jump(-HOUR_MS);
  await host.subscribe(ada, { world, audience, lane: 0 }, ear());
  await clock.advance(57_000);
  const back = await modeOf(host, ada, world);
  await clock.advance(5_000);
  const over = await modeOf(host, ada, world);
  await host.stop();

  assertEquals([back, over], ["encounter", "explore"]);
});
