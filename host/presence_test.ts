import { assertEquals } from "@std/assert";
import type { CreatureId, SeatId } from "../engine/types/ids.ts";
import type { WorldState } from "../engine/types/state.ts";
import { testClock } from "./host_fixture.ts";
import { Presence } from "./presence.ts";

const ADA = "s_1" as SeatId;
const BEN = "s_2" as SeatId;

/** Two seats, the first one's leads; Ben's character has the turn. */
function scene(quick = false): WorldState {
  const seat = (id: SeatId, number: number, roles: readonly string[]) => ({ id, number, roles, left: false });
  const seats = { [ADA]: seat(ADA, 1, ["leader"]), [BEN]: seat(BEN, 2, []) };
  const characters = { c_ben: { id: "c_ben" as CreatureId, seat: BEN, quick } };
  return { seats, characters, battle: { turn: "c_ben", prompt: null } } as unknown as WorldState;
}

Deno.test("heir() gives a leader a minute to come back after the world woke, too", async () => {
  const clock = testClock();
  const presence = new Presence(clock);
  presence.listens(BEN);

  await clock.advance(59_000);
  const early = presence.heir(scene());
  await clock.advance(2_000);

  assertEquals([early, presence.heir(scene())], [undefined, BEN]);
  assertEquals(presence.heir({ ...scene(), ended: { at: 1 } }), undefined, "nobody leads a world that has ended");
});

Deno.test("awaited() names the fighter whose player is gone for a minute while somebody waits", async () => {
  const clock = testClock();
  const presence = new Presence(clock);
  presence.listens(ADA);
  presence.listens(BEN);
  const there = presence.awaited(scene());

  presence.left(BEN);
  await clock.advance(59_000);
  const early = presence.awaited(scene());
  await clock.advance(2_000);
  const gone = [presence.awaited(scene()), presence.awaited(scene(true))];
  presence.left(ADA);
  await clock.advance(61_000);

  assertEquals([there, early, ...gone, presence.awaited(scene())], [
    undefined,
    undefined,
    "c_ben",
    undefined,
    undefined,
  ]);
});
