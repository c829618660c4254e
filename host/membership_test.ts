import { assertEquals } from "@std/assert";
import { emptyState } from "../engine/seats/empty.ts";
import type { AccountId, SeatId, SessionId, WorldId } from "../engine/types/ids.ts";
import type { Seat } from "../engine/types/state.ts";
import { prepareJoin } from "./membership.ts";

const WORLD = "w_1" as WorldId;

/** A world in which so many seats were taken, of which only the first is not left. */
function worldOf(count: number) {
  const seats = Array.from({ length: count }, (_, i): Seat => ({
    id: `s_${i + 1}` as SeatId,
    number: i + 1,
    account: `a_${i + 1}` as AccountId,
    name: `Guest ${i + 1}`,
    roles: i === 0 ? ["leader"] : [],
    left: i > 0,
  }));
  return { ...emptyState(WORLD), invite: "open", seats: Object.fromEntries(seats.map((seat) => [seat.id, seat])) };
}

function join(account: string, seats: number) {
  const caller = {
    account: account as AccountId,
    session: "x_1" as SessionId,
    tier: "guest",
    name: "Ada",
    lang: "en",
  } as const;
  return prepareJoin(
    caller,
    { world: WORLD, invite: "open", characters: [] },
    { roster: [], seats: 0 },
    worldOf(seats),
  );
}

Deno.test("a world gives out forty seats ever; whoever had one may still come back to it", () => {
  const last = join("a_new", 39);
  const full = join("a_new", 40);
  const back = join("a_7", 40);

  assertEquals(last.ok && last.intent.type === "JoinGame" && last.intent.seat, "s_40" as SeatId);
  assertEquals(full.ok ? "joined" : [full.refusal.code, full.refusal.details], ["world/full", { limit: 40 }]);
  assertEquals(back.ok && back.intent.type === "JoinGame" && back.intent.seat, "s_7" as SeatId);
});
