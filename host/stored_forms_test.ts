import { assertEquals, assertThrows } from "@std/assert";
import type { Json, LogEntry } from "../kv/ports.ts";
import { DamagedRecord } from "../kv/ports.ts";
import { createRules } from "./rules.ts";
import { eventsOf, hashAfter, stateOf } from "./stored_forms.ts";

const rules = createRules();

function entry(events: readonly Json[], more: Partial<LogEntry> = {}): LogEntry {
  return {
    n: 7,
    at: 1,
    rid: "r",
    actor: "system",
    session: "",
    lane: 0,
    cseq: 0,
    command: { type: "Quick" },
    events,
    seq: {},
    epoch: 1,
    view: 1,
    ...more,
  };
}

const quickSet = (by: string) => ({ type: "QuickSet", creature: "c_1", on: true, by });

Deno.test("eventsOf() lifts the events of an entry that names no form, and not those of one that does", () => {
  assertEquals(eventsOf(rules, entry([quickSet("clock")])) as unknown, [quickSet("player")]);
  assertEquals(eventsOf(rules, entry([quickSet("clock")], { form: 1 })) as unknown, [quickSet("player")]);
  assertEquals(eventsOf(rules, entry([quickSet("clock")], { form: rules.forms.event })) as unknown, [
    quickSet("clock"),
  ]);
});

Deno.test("eventsOf() refuses a newer form, an unknown type and what is no event, each loudly", () => {
  const newer = entry([quickSet("player")], { form: rules.forms.event + 1 });
  assertThrows(() => eventsOf(rules, newer), DamagedRecord, "this version knows");
  for (const event of [{ type: "MoonEaten" }, { on: true }, "QuickSet", null, [quickSet("player")]]) {
    assertThrows(() => eventsOf(rules, entry([event])), DamagedRecord, "cannot fold");
  }
});

Deno.test("stateOf() takes a state of our form or an older one, and neither a newer one nor anything else", () => {
  const ours = rules.start("w_1");

  assertEquals(stateOf(rules, { ...ours, v: 1 } as unknown as Json), ours);
  for (const state of [{ ...ours, v: rules.stateVersion + 1 }, [ours], "state", null]) {
    assertEquals(stateOf(rules, state as unknown as Json), undefined);
  }
});

Deno.test("hashAfter() compares in the form the hash was made of", () => {
  const state = rules.start("w_1");
  const first = rules.hash({ ...state, v: 1 });

  assertEquals(hashAfter(rules, entry([]), state), first);
  assertEquals(hashAfter(rules, entry([], { hashForm: rules.stateVersion }), state), rules.hash(state));
  assertEquals(hashAfter(rules, entry([], { hashForm: rules.stateVersion + 1 }), state), undefined);
});
