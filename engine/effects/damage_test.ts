import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { ask, c, eventsOf, fighter, n, parseScene, playOn } from "../combat/_testing.ts";
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import type { EffectRecord } from "../types/content.ts";
import type { Character } from "../types/creature.ts";
import type { Roll } from "../types/event.ts";
import type { CreatureId, EffectId } from "../types/ids.ts";
import { DAMAGE_TYPES, type DamageType } from "../types/names.ts";
import { beginConcentration, beginEffect } from "./begin.ts";
import { dealDamage, doubled, rollDamage } from "./damage.ts";
import { gainTempHp, heal } from "./life.ts";

const A = c("a");

function rolled(total: number): Roll {
  return { dice: "0", rolls: [], bonus: total, total };
}

function hurt(play: Play, target: CreatureId, amount: number, kind: DamageType = "slashing", critical = false): number {
  return dealDamage(play, { target, by: null, parts: [{ roll: rolled(amount), kind, from: "test" }], critical });
}

function hero(change: Partial<Character> = {}): Play {
  return playOn(parseScene(["A.g"], { party: { A: fighter(A, change) }, foes: { g: "goblin" } }));
}

function ward(change: Partial<EffectRecord>): EffectRecord {
  return {
    kind: "ward",
    name: "Ward",
    tags: [],
    duration: 60,
    stackKey: "ward",
    stackRule: "refresh",
    priority: 0,
    dispel: "magic",
    ...change,
  };
}

for (
  const [name, change, amount, left] of [
    ["plain damage comes off hit points", {}, 5, 7],
    ["resistance halves, rounded down", { resist: ["slashing"] }, 5, 10],
    ["vulnerability doubles", { vulnerable: ["slashing"] }, 5, 2],
    ["resistance and vulnerability cancel", { resist: ["slashing"], vulnerable: ["slashing"] }, 5, 7],
    ["immunity goes before everything", { immune: ["slashing"], vulnerable: ["slashing"] }, 5, 12],
    ["another type is none of its business", { resist: ["fire"] }, 5, 7],
  ] as const
) {
  Deno.test(`dealDamage(): ${name}`, () => {
    const play = hero();
    beginEffect(play, { target: A, record: ward(change), source: "test", caster: null });

    hurt(play, A, amount);

    assertEquals(findCreature(play.state, A)?.hp, left);
  });
}

Deno.test("dealDamage() spends temporary hit points first, and they do not add up", () => {
  const play = hero();
  gainTempHp(play, A, 4);
  gainTempHp(play, A, 3);

  hurt(play, A, 6);

  assertEquals([findCreature(play.state, A)?.tempHp, findCreature(play.state, A)?.hp], [0, 10]);
});

Deno.test("dealDamage() lets a character fall at 0, and kills when as much again is left over", () => {
  const fallen = hero();
  hurt(fallen, A, 23);
  assertEquals(findCreature(fallen.state, A)?.life, "dying");

  const killed = hero();
  hurt(killed, A, 24);
  assertEquals(findCreature(killed.state, A)?.life, "dead");
});

Deno.test("dealDamage() slays a monster at 0", () => {
  const play = hero();
  hurt(play, n("g"), 100);
  assertEquals(findCreature(play.state, n("g"))?.life, "dead");
});

Deno.test("damage to one who lies dying fails a death save, a critical two, three kill", () => {
  const play = hero();
  hurt(play, A, 12);
  hurt(play, A, 1);
  assertEquals(play.state.characters[A]?.deathSaves.failures, 1);

  hurt(play, A, 1, "slashing", true);

  assertEquals(play.state.characters[A]?.life, "dead");
});

Deno.test("relentless leaves a half-orc at 1 hit point, once", () => {
  const play = hero({ features: ["relentless"] });

  hurt(play, A, 15);
  assertEquals([play.state.characters[A]?.hp, play.state.characters[A]?.life], [1, "up"]);

  hurt(play, A, 1);
  assertEquals(play.state.characters[A]?.life, "dying");
});

Deno.test("undead fortitude is rolled against 5 and the damage, but not against radiance", () => {
  const scene = parseScene(["A.z"], { party: { A: fighter(A) }, foes: { z: "zombie" } });
  const blow = playOn(scene);
  hurt(blow, n("z"), 22);
  const [save] = eventsOf(blow, "SaveRolled");
  assertEquals(save?.dc, 27);

  const light = playOn(scene);
  hurt(light, n("z"), 22, "radiant");
  assertEquals(eventsOf(light, "SaveRolled").length, 0);
  assertEquals(findCreature(light.state, n("z"))?.life, "dead");
});

Deno.test("heal() wakes the fallen, lying where they fell, and never the dead", () => {
  const play = hero();
  hurt(play, A, 12);
  heal(play, { target: A, amount: 5, by: "cureWounds" });
  const woken = findCreature(play.state, A);
  assertEquals([woken?.life, woken?.hp], ["up", 5]);
  assert(woken?.effects.some((one) => one.record.condition === "prone"));

  const dead = hero();
  hurt(dead, A, 40);
  assertEquals(heal(dead, { target: A, amount: 5, by: "cureWounds" }), 0);
  assertEquals(findCreature(dead.state, A)?.life, "dead");
});

Deno.test("damage ends sleep, and asks the concentrating for a save of 10 or half of it", () => {
  const play = hero({ maxHp: 60, hp: 60 });
  const asleep = ward({ kind: "condition", condition: "unconscious", endsOnDamage: true, stackKey: "sleep" });
  beginEffect(play, { target: n("g"), record: asleep, source: "sleep", caster: A, id: "e_held" as EffectId });
  beginConcentration(play, A, "e_held" as EffectId);

  hurt(play, A, 30);
  assertEquals(eventsOf(play, "SaveRolled")[0]?.dc, 15);

  hurt(play, n("g"), 1);
  assertEquals(findCreature(play.state, n("g"))?.effects, []);
});

Deno.test("doubled() doubles the dice of a critical, not the bonus", () => {
  assertEquals([doubled("2d6+3"), doubled("d8"), doubled("4")], ["4d6+3", "2d8", "4"]);
  const play = hero();
  const [part] = rollDamage(play.dice("damage"), [{ dice: "1d6", type: "fire", bonus: 2, from: "test" }], true);
  assertEquals([part?.roll.rolls.length, part?.roll.bonus], [2, 2]);
});

Deno.test("hit points stay between 0 and the maximum whatever happens", () => {
  const act = fc.oneof(
    fc.record({ amount: fc.integer({ min: 0, max: 20 }), kind: fc.constantFrom(...DAMAGE_TYPES) }),
    fc.record({ heals: fc.integer({ min: 0, max: 20 }) }),
    fc.record({ temp: fc.integer({ min: 0, max: 10 }) }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
      const play = hero();
      for (const one of acts) {
        if ("amount" in one) hurt(play, A, one.amount, one.kind);
        else if ("heals" in one) heal(play, { target: A, amount: one.heals, by: "test" });
        else gainTempHp(play, A, one.temp);
        const now = play.state.characters[A];
        assert(now && now.hp >= 0 && now.hp <= now.maxHp && now.tempHp >= 0);
        assert((now.life === "up") === (now.hp > 0));
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("a paralyzed target is hit with advantage and critically from beside it", () => {
  const scene = parseScene(["Ag"], { party: { A: fighter(A) }, foes: { g: "ogre" } });
  const held: EffectRecord = ward({ kind: "stun", condition: "paralyzed", stackKey: "hold" });
  const play = playOn(scene);
  beginEffect(play, { target: n("g"), record: held, source: "holdPerson", caster: A, dc: 12 });

  const tried = ask(play.state, { type: "Attack", character: A, target: n("g") });

  const [attack] = eventsOf(tried, "AttackRolled");
  assertEquals(attack?.roll.mode, "advantage");
  assert(attack?.hit === attack?.critical);
});
