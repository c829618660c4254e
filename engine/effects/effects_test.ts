import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { speedOf } from "../character/mod.ts";
import { c, eventsOf, fighter, n, parseScene, playOn } from "../combat/_testing.ts";
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import type { EffectRecord } from "../types/content.ts";
import type { EffectId } from "../types/ids.ts";
import { type Condition, CONDITIONS } from "../types/names.ts";
import { beginConcentration, beginEffect, endConcentration, endEffect } from "./begin.ts";
import { conditionReasons, failsSave, hampersSave, isAble } from "./conditions.ts";
import { gather, modified, modifiers } from "./modifiers.ts";
import { rollSave, saveOdds } from "./save.ts";
import { tickPeace, tickTurnEnd, tickTurnStart } from "./ticks.ts";

const A = c("a");
const B = c("b");

function scene(): Play {
  return playOn(parseScene(["AB.g"], { party: { A: fighter(A), B: fighter(B) }, foes: { g: "goblin" } }));
}

function peace(): Play {
  const { state } = scene();
  return playOn({ ...state, battle: null, mode: "explore" });
}

function record(change: Partial<EffectRecord> = {}): EffectRecord {
  return {
    kind: "statBoost",
    name: "Boon",
    tags: [],
    duration: 60,
    stackKey: "boon",
    stackRule: "refresh",
    priority: 0,
    dispel: "magic",
    ...change,
  };
}

function begin(play: Play, change: Partial<EffectRecord>, seconds?: number): EffectId | undefined {
  const more = seconds === undefined ? {} : { seconds };
  return beginEffect(play, { target: A, record: record(change), source: "test", caster: null, dc: 12, ...more });
}

function ac(play: Play): number {
  const one = findCreature(play.state, A);
  return one ? modifiers(one, "ac").add : NaN;
}

function plusAc(value: number): Partial<EffectRecord> {
  return { modifiers: [{ stat: "ac", op: "add", value }] };
}

Deno.test("modified() sets, adds, multiplies, in that order", () => {
  const list = [
    { modifier: { stat: "speed", op: "multiply", value: 50 }, priority: 0 },
    { modifier: { stat: "speed", op: "add", value: 10 }, priority: 0 },
    { modifier: { stat: "speed", op: "set", value: 20 }, priority: 0 },
    { modifier: { stat: "speed", op: "set", value: 30 }, priority: 50 },
  ] as const;

  assertEquals(modified(5, gather(list, "speed")), 20);
  assertEquals(modified(5, gather(list, "ac")), 5);
});

Deno.test("highest: the strongest counts, the weaker runs on and returns", () => {
  const play = scene();
  begin(play, { ...plusAc(1), stackRule: "highest" });
  const strong = begin(play, { ...plusAc(3), stackRule: "highest" });
  assertEquals(ac(play), 3);

  if (strong) endEffect(play, A, strong, "dispelled");

  assertEquals(ac(play), 1);
});

Deno.test("refresh: the new one takes the place of the old", () => {
  const play = scene();
  begin(play, plusAc(3));
  begin(play, plusAc(1));

  assertEquals([ac(play), eventsOf(play, "EffectEnded")[0]?.why], [1, "replaced"]);
});

Deno.test("count: they add up to a cap, each with its own end", () => {
  const play = scene();
  for (let i = 0; i < 9; i++) begin(play, { ...plusAc(1), stackRule: "count" });

  assertEquals(ac(play), 6);
});

Deno.test("exclusive: opposites cancel", () => {
  const play = scene();
  begin(play, { ...plusAc(2), name: "Haste", stackKey: "pace", stackRule: "exclusive" });
  begin(play, { ...plusAc(-2), name: "Slow", stackKey: "pace", stackRule: "exclusive" });

  assertEquals(findCreature(play.state, A)?.effects, []);
});

Deno.test("other keys combine", () => {
  const play = scene();
  begin(play, { ...plusAc(2), stackKey: "one" });
  begin(play, { ...plusAc(5), stackKey: "two" });

  assertEquals(ac(play), 7);
});

Deno.test("a raised maximum goes with its effect and its end never kills", () => {
  const play = scene();
  const id = begin(play, { modifiers: [{ stat: "maxHp", op: "add", value: 5 }] });
  assertEquals(findCreature(play.state, A)?.maxHp, 17);

  if (id) endEffect(play, A, id, "time");

  assertEquals([findCreature(play.state, A)?.maxHp, findCreature(play.state, A)?.hp], [12, 12]);
});

for (
  const [condition, facts] of Object.entries(
    {
      blinded: { attack: "disadvantage", against: "advantage" },
      charmed: {},
      deafened: {},
      exhaustion: {},
      frightened: { attack: "disadvantage" },
      grappled: { speed: 0 },
      incapacitated: { able: false },
      invisible: { attack: "advantage", against: "disadvantage" },
      paralyzed: { able: false, speed: 0, against: "advantage", fails: true },
      petrified: { able: false, speed: 0, against: "advantage", fails: true },
      poisoned: { attack: "disadvantage" },
      prone: { attack: "disadvantage", against: "advantage" },
      restrained: { attack: "disadvantage", against: "advantage", speed: 0, hampers: true },
      stunned: { able: false, speed: 0, against: "advantage", fails: true },
      unconscious: { able: false, speed: 0, against: "advantage", fails: true, attack: "disadvantage" },
    } satisfies Record<Condition, {
      attack?: "advantage" | "disadvantage";
      against?: "advantage" | "disadvantage";
      able?: boolean;
      speed?: number;
      fails?: boolean;
      hampers?: boolean;
    }>,
  )
) {
  Deno.test(`${condition} does to attacks, saves, movement and acts what the rulebook says`, () => {
    const play = scene();
    begin(play, { kind: "condition", condition: condition as Condition, stackKey: condition });
    const one = findCreature(play.state, A);
    const foe = findCreature(play.state, n("g"));
    assert(one && foe);
    const want: {
      attack?: string;
      against?: string;
      able?: boolean;
      speed?: number;
      fails?: boolean;
      hampers?: boolean;
    } = facts;

    const attack = conditionReasons(one, foe, 5);
    const against = conditionReasons(foe, one, 5);

    assertEquals(attack.advantage.length > 0, want.attack === "advantage");
    assertEquals(attack.disadvantage.length > 0, want.attack === "disadvantage");
    assertEquals(against.advantage.length > 0, want.against === "advantage");
    assertEquals(against.disadvantage.length > 0, want.against === "disadvantage");
    assertEquals(isAble(one), want.able ?? true);
    assertEquals(speedOf(one), want.speed ?? 30);
    assertEquals(failsSave(one, "dex"), want.fails ?? false);
    assertEquals(hampersSave(one, "dex"), want.hampers ?? false);
  });
}

Deno.test("every condition is in the table above and in the types", () => assertEquals(CONDITIONS.length, 15));

Deno.test("prone hampers shots from afar and helps blows from beside", () => {
  const play = scene();
  begin(play, { kind: "condition", condition: "prone" });
  const one = findCreature(play.state, A);
  const foe = findCreature(play.state, n("g"));
  assert(one && foe);

  assertEquals(conditionReasons(foe, one, 5).advantage, ["prone"]);
  assertEquals(conditionReasons(foe, one, 30).disadvantage, ["prone"]);
});

Deno.test("a monster is immune to what its record says, and the log notes it", () => {
  const play = playOn(parseScene(["A.z"], { party: { A: fighter(A) }, foes: { z: "zombie" } }));
  const target = n("z");

  const poisoned = record({ kind: "poison", condition: "poisoned" });
  assertEquals(beginEffect(play, { target, record: poisoned, source: "test", caster: null }), undefined);
  assertEquals(eventsOf(play, "ConditionNoted")[0]?.condition, "poisoned");
});

Deno.test("rollSave() adds bless's die and fails by itself for the paralyzed", () => {
  const play = scene();
  begin(play, { modifiers: [{ stat: "save", op: "add", value: 0, dice: "1d4" }] });
  rollSave(play, { creature: A, ability: "wis", dc: 10, against: "test" });
  const [save] = eventsOf(play, "SaveRolled");
  assertEquals([save?.roll.dice, save?.roll.rolls.length], ["1d20+1d4", 2]);

  begin(play, { kind: "stun", condition: "paralyzed", stackKey: "hold" });
  assertEquals(rollSave(play, { creature: A, ability: "str", dc: 1, against: "test" }), false);
});

Deno.test("saveOdds() knows the traits of lineages", () => {
  const halfling = fighter(A, { features: ["brave", "poisonResilience", "feyAncestry", "gnomeCunning"] });

  assertEquals(saveOdds(halfling, { ability: "wis", tags: ["fear"] }).mode, "advantage");
  assertEquals(saveOdds(halfling, { ability: "con", tags: ["poison"] }).mode, "advantage");
  assertEquals(saveOdds(halfling, { ability: "wis", tags: ["charmed"] }).mode, "advantage");
  assertEquals(saveOdds(halfling, { ability: "int", tags: ["magic"] }).mode, "advantage");
  assertEquals(saveOdds(halfling, { ability: "dex", tags: ["magic"] }).mode, "normal");
});

Deno.test("concentration holds one thing at a time and ends all of it", () => {
  const play = scene();
  const first = "e_1" as EffectId;
  const second = "e_2" as EffectId;
  for (const target of [A, B]) {
    beginEffect(play, { target, record: record(plusAc(1)), source: "bless", caster: B, id: first });
  }
  beginConcentration(play, B, first);
  beginEffect(play, { target: A, record: record({ stackKey: "other" }), source: "x", caster: B, id: second });
  beginConcentration(play, B, second);

  assertEquals(findCreature(play.state, B)?.concentration, second);
  assertEquals(findCreature(play.state, A)?.effects.map((one) => one.id), [second]);
  assertEquals(findCreature(play.state, B)?.effects, []);

  endConcentration(play, B, "chosen");
  assertEquals(findCreature(play.state, A)?.effects, []);
});

Deno.test("being stunned ends concentration", () => {
  const play = scene();
  beginEffect(play, { target: B, record: record(), source: "bless", caster: A, id: "e_1" as EffectId });
  beginConcentration(play, A, "e_1" as EffectId);

  begin(play, { kind: "stun", condition: "stunned", stackKey: "stun" });

  assertEquals(findCreature(play.state, A)?.concentration, null);
  assertEquals(findCreature(play.state, B)?.effects, []);
});

Deno.test("a burning creature takes fire at its turn's start, until it runs out", () => {
  const play = scene();
  begin(play, { kind: "burning", dice: "1d4", damageType: "fire", tick: "turnStart" });

  tickTurnStart(play, A);

  assertEquals(eventsOf(play, "DamageTaken")[0]?.kind, "fire");
});

Deno.test("a save at the turn's end may end an effect", () => {
  for (let seed = 0; seed < 50; seed++) {
    const play = playOn(scene().state, String(seed));
    beginEffect(play, {
      target: A,
      record: record({ condition: "restrained", kind: "root", save: { ability: "str", when: "turnEnd" } }),
      source: "web",
      caster: null,
      dc: 12,
    });
    tickTurnEnd(play, A);
    const ok = eventsOf(play, "SaveRolled")[0]?.ok;
    assertEquals(findCreature(play.state, A)?.effects.length, ok ? 0 : 1);
  }
});

Deno.test("in one jump of the clock effects end in the order of their times", () => {
  const times = fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 8 });
  fc.assert(fc.property(times, (seconds) => {
    const play = peace();
    const ends = new Map<EffectId, number>();
    for (const [i, one] of seconds.entries()) {
      const id = begin(play, { stackKey: `k${i}` }, one);
      if (id) ends.set(id, one);
    }

    play.emit({ type: "TimePassed", seconds: 250 });
    tickPeace(play, 250);

    const ended = eventsOf(play, "EffectEnded").map((event) => ends.get(event.effect) ?? NaN);
    assertEquals(ended, seconds.filter((one) => one <= 250).sort((a, b) => a - b));
    assertEquals(findCreature(play.state, A)?.effects.length, seconds.length - ended.length);
  }));
});

Deno.test("in peace the dying finish their death saves and the fallen get up", () => {
  const play = peace();
  play.emit({ type: "LifeChanged", creature: A, life: "dying", hp: 0, why: "down" });
  begin(play, { kind: "condition", condition: "prone", tags: ["posture"], duration: null, stackKey: "prone" });

  play.emit({ type: "TimePassed", seconds: 60 });
  tickPeace(play, 60);

  const one = play.state.characters[A];
  assert(one && one.life !== "dying");
  assertEquals(one.effects.filter((effect) => effect.record.condition === "prone"), []);
});
