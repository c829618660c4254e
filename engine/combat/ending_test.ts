import { assert, assertEquals } from "@std/assert";
import type { Character, Life } from "../types/creature.ts";
import type { WorldState } from "../types/state.ts";
import { c, fighter, n, parseScene, playOn } from "./_testing.ts";
import { endIfOver, endingOf } from "./ending.ts";

const ENTRY = [0, 0];

function scene(lives: Readonly<Record<string, Partial<Character>>>, foe: string, hurt: Life = "up"): WorldState {
  const party = Object.fromEntries(
    Object.entries(lives).map(([letter, change]) => [letter, fighter(c(letter), change)]),
  );
  return parseScene([`${Object.keys(party).join("")}..g`], { party, foes: { g: foe }, hurt: { g: { life: hurt } } });
}

const down = { life: "dying", hp: 0 } as const;
const dead = { life: "dead", hp: 0 } as const;
const fled = { life: "fled" } as const;

const TABLE = [
  { name: "both stand", state: () => scene({ f: {} }, "goblin"), ending: undefined },
  { name: "the last foe is dead", state: () => scene({ f: {} }, "goblin", "dead"), ending: "won" },
  { name: "the last foe has fled", state: () => scene({ f: {} }, "goblin", "fled"), ending: "won" },
  { name: "all lie dying", state: () => scene({ f: down, m: down }, "goblin"), ending: "lost" },
  { name: "all are dead", state: () => scene({ f: dead }, "goblin"), ending: "lost" },
  { name: "one fled, one fell", state: () => scene({ f: fled, m: down }, "goblin"), ending: "escaped" },
] as const;

for (const row of TABLE) {
  Deno.test(`endingOf() a battle where ${row.name}: ${row.ending ?? "it goes on"}`, () => {
    assertEquals(endingOf(row.state()), row.ending);
  });
}

Deno.test("won: the aftermath opens and the fallen come round", () => {
  const play = playOn(scene({ f: {}, m: down }, "goblin", "dead"));

  assert(endIfOver(play));

  assertEquals([play.state.mode, play.state.battle], ["aftermath", null]);
  assertEquals([play.state.characters[c("m")]?.life, play.state.characters[c("m")]?.hp], ["up", 1]);
});

Deno.test("overrun by robbers: whoever lives wakes at the entry at 1 HP, half the coins gone, eight hours later", () => {
  const play = playOn(scene({ f: { life: "stable", hp: 0 }, m: dead }, "goblin"));
  const { clock } = play.state;

  assert(endIfOver(play));

  const { state } = play;
  assertEquals([state.mode, state.party.at, state.party.purse], ["explore", ENTRY, 500]);
  assertEquals([state.characters[c("f")]?.life, state.characters[c("f")]?.hp], ["up", 1]);
  assertEquals(state.characters[c("m")]?.life, "dead", "the dead stay dead");
  assertEquals(state.clock, clock + 8 * 3_600);
});

Deno.test("overrun by the mindless: the purse is left alone", () => {
  const play = playOn(scene({ f: { life: "stable", hp: 0 } }, "zombie"));

  assert(endIfOver(play));

  assertEquals(play.state.party.purse, 1_000);
});

Deno.test("poison does not finish the overrun in their long sleep: no ending leaves nobody who can act", () => {
  const record = {
    kind: "damageOverTime",
    name: "Venom",
    tags: ["poison"],
    dice: "1d6",
    damageType: "poison",
    tick: "turnStart",
    duration: null,
    stackKey: "venom",
    stackRule: "refresh",
    priority: 0,
    dispel: "poison",
  } as const;
  const effects = [{ id: "e_1" as never, record, source: "fang", caster: null, dc: 10, startsAt: 0, endsAt: null }];
  const play = playOn(scene({ f: { life: "stable", hp: 0, effects } }, "wolf"));

  assert(endIfOver(play));

  assertEquals([play.state.characters[c("f")]?.life, play.state.characters[c("f")]?.hp], ["up", 1]);
});

Deno.test("wiped out: the temple brings all back for a tenth of the purse and seven days", () => {
  const play = playOn(scene({ f: dead, m: dead }, "goblin"));
  const { clock } = play.state;

  assert(endIfOver(play));

  const { state } = play;
  assertEquals([state.mode, state.party.at, state.party.purse], ["explore", ENTRY, 900]);
  assertEquals(Object.values(state.characters).map((one) => [one.life, one.hp]), [["up", 12], ["up", 12]]);
  assertEquals(state.clock, clock + 7 * 24 * 3_600);
});

Deno.test("lost or escaped, the group stays with what is left of it", () => {
  const state = parseScene(["f..gh"], {
    party: { f: fighter(c("f"), { life: "stable", hp: 0 }) },
    foes: { g: "goblin", h: "goblin" },
    hurt: { h: { life: "dead", hp: 0 } },
  });
  const play = playOn(state);

  assert(endIfOver(play));

  const group = Object.values(Object.values(play.state.levels)[0]?.groups ?? {})[0];
  assertEquals([group?.state, group?.monsters, group?.xp], ["waiting", [{ monster: "goblin", count: 1 }], 50]);
  assertEquals(play.state.battle?.monsters[n("g")], undefined);
});

Deno.test("ten rounds without a hostile act: a stand-off, the menu at distance 2", () => {
  const state = scene({ f: {} }, "goblin");
  const battle = state.battle;
  assert(battle);
  const play = playOn({ ...state, battle: { ...battle, idle: 11 } });

  assert(endIfOver(play));

  assertEquals([play.state.mode, play.state.encounter?.distance], ["encounter", 2]);
});
