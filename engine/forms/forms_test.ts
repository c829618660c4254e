import { assert, assertEquals, assertThrows } from "@std/assert";
import { evolve } from "../evolve.ts";
import { ask, c, fighter, parseScene } from "../combat/_testing.ts";
import { STATE_VERSION } from "../types/state.ts";
import { hashOf, type HashValue } from "../view/hash.ts";
import { mapRecords, newest, type Stored } from "./form.ts";
import { EVENT_FORM, EVENT_FORMS, liftEvent, liftState, lowerState, STATE_FORMS } from "./mod.ts";

/** A state of form 1, as far as its steps look at it. Kept for ever. */
const STATE_1: Stored = {
  v: 1,
  id: "w_old",
  clock: 28_800,
  characters: {
    c_away: { id: "c_away", quick: true, missed: 2 },
    c_here: { id: "c_here", quick: false, missed: 0 },
  },
};

/** Events of form 1. Kept for ever. */
const EVENTS_1: readonly Stored[] = [
  { type: "QuickSet", creature: "c_away", on: true, by: "owner" },
  { type: "QuickSet", creature: "c_away", on: true, by: "clock" },
  { type: "QuickSet", creature: "c_away", on: false, by: "owner", endsAt: 7 },
  { type: "PartyTurned", to: "north", by: "owner" },
];

Deno.test("the series of forms have no gap and end at the numbers this version writes", () => {
  assertEquals(STATE_FORMS.map(({ to }) => to), Array.from({ length: STATE_VERSION - 1 }, (_, i) => i + 2));
  assertEquals(EVENT_FORMS.map(({ to }) => to), Array.from({ length: EVENT_FORM - 1 }, (_, i) => i + 2));
  assertThrows(() => newest([{ to: 2 }, { to: 4 }]), RangeError);
  assertThrows(() => newest([{ to: 3 }]), RangeError);
  assertThrows(() => newest([{ to: 2 }, { to: 2 }]), RangeError);
});

Deno.test("liftState() lifts a state of form 1, and passes today's on as it is", () => {
  const lifted = liftState(STATE_1);

  assertEquals(lifted as unknown, {
    v: 2,
    id: "w_old",
    clock: 28_800,
    characters: {
      c_away: { id: "c_away", quick: true, missed: 2, quickBy: "player" },
      c_here: { id: "c_here", quick: false, missed: 0 },
    },
  });
  assertEquals(lifted && liftState({ ...lifted }), lifted);
});

Deno.test("liftState() takes neither a newer form nor what is no state", () => {
  for (const v of [STATE_VERSION + 1, 0, -1, 1.5, "1", null, undefined]) {
    assertEquals(liftState({ ...STATE_1, v }), undefined, String(v));
  }
});

Deno.test("lowerState() undoes liftState(), so that a hash of the old form can still be compared", () => {
  const lifted = liftState(STATE_1);
  assert(lifted);

  assertEquals(lowerState(lifted, 1) as unknown, STATE_1);
  assertEquals(lowerState(lifted, STATE_VERSION), lifted);
  assertEquals([lowerState(lifted, 0), lowerState(lifted, STATE_VERSION + 1)], [undefined, undefined]);
});

Deno.test("liftEvent() lifts what is of form 1, leaves other types, and passes today's on as it is", () => {
  assertEquals(EVENTS_1.map((event) => liftEvent(event, 1)) as unknown, [
    { type: "QuickSet", creature: "c_away", on: true, by: "player" },
    { type: "QuickSet", creature: "c_away", on: true, by: "player" },
    { type: "QuickSet", creature: "c_away", on: false, by: "player", endsAt: 7 },
    { type: "PartyTurned", to: "north", by: "owner" },
  ]);
  const today = { type: "QuickSet", creature: "c_away", on: true, by: "absence" };
  assertEquals(liftEvent(today, EVENT_FORM) as unknown, today);
});

Deno.test("the fold of lifted events is the lifted fold: it does not matter where in the log the snapshot lies", () => {
  const today = parseScene(["f....g"], { party: { f: fighter(c("f")) }, foes: { g: "zombie" } });
  const [first, second, third] = EVENTS_1.map((event) => liftEvent({ ...event, creature: c("f") }, 1));
  assert(first && second && third);

  for (const events of [[first], [second], [first, third], [first, second, third]]) {
    const folded = events.reduce(evolve, today);
    const old = lowerState(folded, 1);
    assert(old);
    assertEquals(liftState({ ...old } as Stored), folded);
  }
});

Deno.test("a state of today that says who put somebody on Quick hashes as form 1 had it once it is lowered", () => {
  const today = parseScene(["f....g"], { party: { f: fighter(c("f")) }, foes: { g: "zombie" } });
  const quick = ask(today, { type: "Quick", character: c("f"), on: true }, { system: true }).state;
  const old = lowerState(quick, 1);

  assertEquals(quick.characters[c("f")]?.quickBy, "absence");
  const expected = JSON.parse(JSON.stringify(quick, (key, value) => key === "quickBy" ? undefined : value));
  assertEquals(hashOf(old as HashValue), hashOf({ ...expected, v: 1 }));
});

Deno.test("mapRecords() leaves what is no record", () => {
  assertEquals(mapRecords({ a: { n: 1 }, b: 2, c: [3] }, (one) => ({ ...one, seen: true })), {
    a: { n: 1, seen: true },
    b: 2,
    c: [3],
  });
  assertEquals(mapRecords(undefined, (one) => one), undefined);
});
