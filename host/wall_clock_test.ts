import { assertEquals } from "@std/assert";
import { command, ear, guest, newWorld, resultOf, type TestClock, testClock, testHost } from "./host_fixture.ts";

const HOUR_MS = 3_600_000;

/** A clock whose wall time can be set, as an operator or a time server does. */
function settable(): { readonly clock: TestClock; set(byMs: number): void } {
  const steady = testClock();
  let offset = 0;
  return {
    clock: { ...steady, now: () => steady.now() + offset },
    set: (byMs) => offset += byMs,
  };
}

Deno.test("stamps never fall within a world, though the wall clock is set back", async () => {
  const { clock, set } = settable();
  const { host } = testHost({ clock });
  const ada = await guest(host);
  const world = await newWorld(host, ada);
  const listener = ear();
  resultOf(await host.subscribe(ada, { world, audience: "party", lane: 0 }, listener));
  await clock.advance(1);

  resultOf(await host.submit(ada, command(world, 1)));
  set(-HOUR_MS);
  resultOf(await host.submit(ada, command(world, 2)));
  await clock.advance(1_000);
  resultOf(await host.submit(ada, command(world, 3)));
  set(2 * HOUR_MS);
  resultOf(await host.submit(ada, command(world, 4)));
  await clock.advance(1);
  await host.stop();

  const stamps = listener.messages().map(({ at }) => Number(at));
  assertEquals(stamps.length, 4);
  assertEquals(stamps, [...stamps].sort((a, b) => a - b));
  assertEquals((stamps[3] ?? 0) - (stamps[0] ?? 0) >= HOUR_MS, true);
});

for (const jump of [HOUR_MS, -HOUR_MS]) {
  Deno.test(`a wall clock set ${jump > 0 ? "forward" : "back"} by an hour ends no turn early and makes none longer`, async () => {
    const { clock, set } = settable();
    const { host } = testHost({ clock });
    const ada = await guest(host);
    const world = await newWorld(host, ada);
    const listener = ear();
    resultOf(await host.subscribe(ada, { world, audience: "party", lane: 0 }, listener));
    // Ten seconds are given from here on.
    resultOf(await host.submit(ada, command(world, 1, { type: "StartCombat" })));
    const told = () => listener.messages().length;
    await clock.advance(3_500);
    const before = told();

    set(jump);
    await clock.advance(5_000);
    const early = told() - before;
    await clock.advance(5_000);
    const ended = told() - before;
    await host.stop();

    assertEquals([early, ended], [0, 1]);
  });
}

Deno.test("what lasts for a while lasts as long, whatever the wall clock says", async () => {
  const { clock, set } = settable();
  const { host } = testHost({ clock });
  const ada = await guest(host);

  const early = await host.ticket(ada);
  set(HOUR_MS);
  await clock.advance(29_000);
  assertEquals((await host.redeemTicket(early))?.account, ada.account);
  const late = await host.ticket(ada);
  set(-2 * HOUR_MS);
  await clock.advance(31_000);
  assertEquals(await host.redeemTicket(late), undefined);
  await host.stop();
});
