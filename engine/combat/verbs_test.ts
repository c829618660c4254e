import { assert, assertEquals } from "@std/assert";
import type { PlayerIntent } from "../types/command.ts";
import { ask, askUntil, c, eventsOf, fighter, n, parseScene } from "./_testing.ts";
import { combatLegal } from "./legal.ts";

const hero = fighter(c("f"));
const mate = fighter(c("m"));
const plain = () => parseScene(["fm.g"], { party: { f: hero, m: mate }, foes: { g: "zombie" } });

Deno.test("Dash adds the speed, Dodge and Slip mark, each for the action", () => {
  const on = (intent: PlayerIntent) => ask(plain(), intent).state.battle?.on[c("f")];

  assertEquals(on({ type: "Dash", character: c("f") })?.budget.movement, 60);
  assertEquals(on({ type: "Dodge", character: c("f") })?.dodging, true);
  assertEquals(on({ type: "Slip", character: c("f") })?.slipping, true);
  assertEquals(on({ type: "Dodge", character: c("f") })?.budget.action, 0);
});

Deno.test("a second action in a turn is refused", () => {
  const dashed = ask(plain(), { type: "Dash", character: c("f") });

  for (const type of ["Dash", "Dodge", "Slip", "Guard"] as const) {
    assertEquals(ask(dashed.state, { type, character: c("f") }).rejection?.code, "combat/no_action");
  }
});

Deno.test("Help marks a friend beside, until the helper's next turn or the friend's next attack", () => {
  const tried = ask(plain(), { type: "Help", character: c("f"), ally: c("m") });

  assertEquals(tried.state.battle?.on[c("m")]?.helped, c("f"));
  const far = parseScene(["f.m.g"], { party: { f: hero, m: mate }, foes: { g: "zombie" } });
  assertEquals(ask(far, { type: "Help", character: c("f"), ally: c("m") }).rejection?.code, "combat/not_adjacent");
  assertEquals(ask(plain(), { type: "Help", character: c("f"), ally: n("g") }).rejection?.code, "combat/bad_target");
});

Deno.test("Bandage stops the dying by a Medicine check of 10, and always with a healer's kit", () => {
  const fallen = fighter(c("m"), { life: "dying", hp: 0 });
  const state = parseScene(["fm.g"], { party: { f: hero, m: fallen }, foes: { g: "zombie" } });
  const intent = { type: "Bandage", character: c("f"), ally: c("m") } as const;

  const held = askUntil(state, intent, (one) => eventsOf(one, "CheckRolled")[0]?.ok === true);
  const failed = askUntil(state, intent, (one) => eventsOf(one, "CheckRolled")[0]?.ok === false);
  const kit = fighter(c("f"), {
    pack: [...hero.pack, { id: "i_k" as never, item: "healersKit", count: 1, charges: 3 }],
  });
  const sure = ask(parseScene(["fm.g"], { party: { f: kit, m: fallen }, foes: { g: "zombie" } }), intent);

  assertEquals(held.state.characters[c("m")]?.life, "stable");
  assertEquals(failed.state.characters[c("m")]?.life, "dying");
  assertEquals(sure.state.characters[c("m")]?.life, "stable");
  assertEquals(sure.state.characters[c("f")]?.pack.find((one) => one.item === "healersKit")?.charges, 2);
  assertEquals(ask(plain(), intent).rejection?.code, "combat/bad_target");
});

Deno.test("StandUp costs half the speed and ends lying", () => {
  const state = plain();
  assertEquals(ask(state, { type: "StandUp", character: c("f") }).rejection?.code, "combat/not_prone");
  const record = {
    kind: "condition",
    name: "Prone",
    tags: ["posture"],
    condition: "prone",
    duration: null,
    stackKey: "prone",
    stackRule: "refresh",
    priority: 0,
    dispel: "none",
  } as const;
  const effects = [{ id: "e_1" as never, record, source: "fall", caster: null, dc: 0, startsAt: 0, endsAt: null }];
  const lying = parseScene(["fm.g"], { party: { f: fighter(c("f"), { effects }), m: mate }, foes: { g: "zombie" } });

  const tried = ask(lying, { type: "StandUp", character: c("f") });

  assertEquals(tried.state.characters[c("f")]?.effects, []);
  assertEquals(tried.state.battle?.on[c("f")]?.budget.movement, 15);
});

Deno.test("OpenDoor opens the field's door and the level's, free once a turn", () => {
  const drawn = parseScene(["f+..g"], { party: { f: hero }, foes: { g: "zombie" } });
  const battle = drawn.battle;
  const level = Object.values(drawn.levels)[0];
  assert(battle && level);
  const door = { kind: "wood", pass: 1, open: false, dc: 14 } as const;
  const withDoor = (pass: 1 | 2) => ({
    ...drawn,
    levels: { [level.id]: { ...level, doors: { "w1,0": { ...door, pass } } } },
    battle: { ...battle, field: { ...battle.field, edges: { "1,0": "w1,0" as const } } },
  });
  const intent = { type: "OpenDoor", character: c("f"), square: [1, 0] } as const;

  const tried = ask(withDoor(1), intent);

  assertEquals(tried.state.battle?.field.rows[0]?.[1], ">", "a door on the field's rim leads out");
  assertEquals(tried.state.levels[level.id]?.doors["w1,0"]?.open, true);
  assertEquals(tried.state.battle?.on[c("f")]?.budget.freeHand, 0);
  assertEquals(tried.state.battle?.on[c("f")]?.budget.action, 1);
  assertEquals(ask(withDoor(2), intent).rejection?.code, "move/locked");
  assertEquals(ask(withDoor(1), { ...intent, square: [2, 0] }).rejection?.code, "move/nothing_there");
});

Deno.test("SetPolicy is stored for the kind named", () => {
  const tried = ask(plain(), { type: "SetPolicy", character: c("f"), kind: "shield", policy: "never" });

  assertEquals(tried.state.characters[c("f")]?.policy, { opportunity: "always", shield: "never" });
});

Deno.test("combatLegal() lists nothing that decide() refuses, and always a way to go on", () => {
  const fallen = fighter(c("h"), { life: "dying", hp: 0 });
  const state = parseScene(["....#", "fmh.g", ".>+.:"], {
    party: { f: hero, m: mate, h: fallen },
    foes: { g: "zombie" },
    order: "fmhg",
  });

  const legal = combatLegal(state, { seat: null, creature: c("f") });

  assert(legal.some((intent) => intent.type === "EndTurn"));
  for (const intent of legal) assertEquals(ask(state, intent).rejection, undefined, JSON.stringify(intent));
});
