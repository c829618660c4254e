import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { ask, c, eventsOf, fighter, n, parseScene } from "../combat/_testing.ts";
import { findCreature } from "../core/fold.ts";
import { attackOdds } from "./attack.ts";
import { failOdds, hitOdds } from "./d20.ts";
import { damageOn } from "./damage.ts";
import { atLeast, diceOf, type Distribution, leastOf, meanOf, mostOf, plus } from "./distribution.ts";
import { forecast } from "./forecast.ts";
import { attackForms } from "../character/mod.ts";

const A = c("a");
const G = n("g");

/** Every way the dice can fall, counted one by one. */
function brute(sides: readonly number[], bonus: number): ReadonlyMap<number, number> {
  let ways = new Map([[bonus, 1]]);
  for (const faces of sides) {
    const next = new Map<number, number>();
    for (const [sum, count] of ways) {
      for (let face = 1; face <= faces; face++) next.set(sum + face, (next.get(sum + face) ?? 0) + count);
    }
    ways = next;
  }
  return ways;
}

function weightsOf(a: Distribution): ReadonlyMap<number, number> {
  return new Map(a.weights.flatMap((weight, i) => weight > 0 ? [[a.least + i, weight] as const] : []));
}

const die = fc.constantFrom(4, 6, 8, 10, 12);

Deno.test("plus() convolves as counting every fall of the dice does, and weights add up to the whole", () => {
  const pool = fc.record({ count: fc.integer({ min: 1, max: 4 }), sides: die, bonus: fc.integer({ min: -3, max: 6 }) });
  fc.assert(fc.property(pool, pool, (one, two) => {
    const sum = plus(diceOf(`${one.count}d${one.sides}`, one.bonus), diceOf(`${two.count}d${two.sides}`, two.bonus));
    const sides = [
      ...Array.from({ length: one.count }, () => one.sides),
      ...Array.from({ length: two.count }, () => two.sides),
    ];

    assertEquals(weightsOf(sum), brute(sides, one.bonus + two.bonus));
    assertEquals(sum.weights.reduce((all, weight) => all + weight, 0), sum.total);
  }));
});

Deno.test("diceOf() knows means and ends", () => {
  const sum = diceOf("2d6+3");

  assertEquals([leastOf(sum), meanOf(sum), mostOf(sum)], [5, 10, 15]);
  assertEquals([mostOf(diceOf("-1d4")), atLeast(diceOf("1d6"), 5) * 3], [-1, 1]);
});

Deno.test("hitOdds() and failOdds() match counting both dice, for every mode and bonus", () => {
  const input = fc.record({
    bonus: fc.integer({ min: -2, max: 12 }),
    ac: fc.integer({ min: 5, max: 30 }),
    mode: fc.constantFrom("normal" as const, "advantage" as const, "disadvantage" as const),
    bless: fc.boolean(),
  });
  fc.assert(fc.property(input, ({ bonus, ac, mode, bless }) => {
    let hits = 0;
    let criticals = 0;
    let held = 0;
    let all = 0;
    for (let first = 1; first <= 20; first++) {
      for (let second = 1; second <= 20; second++) {
        for (let extra = bless ? 1 : 0; extra <= (bless ? 4 : 0); extra++) {
          const kept = mode === "normal"
            ? first
            : mode === "advantage"
            ? Math.max(first, second)
            : Math.min(first, second);
          all += 1;
          if (kept + bonus + extra >= ac) held += 1;
          if (kept === 20 || (kept !== 1 && kept + bonus + extra >= ac)) hits += 1;
          if (kept === 20) criticals += 1;
        }
      }
    }
    const dice = bless ? ["1d4"] : [];

    const odds = hitOdds({ bonus, ac, mode, dice });

    assert(Math.abs(odds.hit - hits / all) < 1e-12);
    assert(Math.abs(odds.critical - criticals / all) < 1e-12);
    assert(Math.abs(failOdds({ bonus, dc: ac, mode, dice }) - (1 - held / all)) < 1e-12);
  }));
});

Deno.test("damageOn() halves and doubles by type and doubles a critical's dice", () => {
  const scene = parseScene(["A.g"], { party: { A: fighter(A) }, foes: { g: "skeleton" } });
  const skeleton = findCreature(scene, G);
  assert(skeleton);

  assertEquals(meanOf(damageOn(skeleton, [{ dice: "1d8", type: "bludgeoning", bonus: 1 }])), 11);
  assertEquals(meanOf(damageOn(skeleton, [{ dice: "1d8", type: "slashing", bonus: 1 }], true)), 10);
  assertEquals(mostOf(damageOn(skeleton, [{ dice: "2d6", type: "poison" }])), 0);
});

Deno.test("forecast() of an attack says what many attacks show", () => {
  const scene = parseScene(["Ag"], { party: { A: fighter(A) }, foes: { g: "goblin" } });
  const intent = { type: "Attack", character: A, target: G } as const;
  let hits = 0;
  for (let seed = 0; seed < 300; seed++) {
    if (eventsOf(ask(scene, intent, { seed: String(seed) }), "AttackRolled")[0]?.hit) hits += 1;
  }

  const odds = forecast(scene, intent);

  assert(odds.hit !== undefined && Math.abs(odds.hit - hits / 3) < 10, `${odds.hit} against ${hits / 3}`);
  assertEquals(odds.amount?.[0], 4);
  assertEquals(odds.critical, 5);
});

Deno.test("forecast() names who would react along a path", () => {
  const scene = parseScene(["....", ".Ag.", "...."], { party: { A: fighter(A) }, foes: { g: "goblin" } });

  const leaving = forecast(scene, { type: "MoveInBattle", character: A, path: [[0, 1]] });
  const around = forecast(scene, { type: "MoveInBattle", character: A, path: [[1, 0]] });

  assertEquals(leaving.reactors, [G]);
  assertEquals(around.reactors, []);
});

Deno.test("forecast() names who stands in a blast, friends too, and is empty for what is refused", () => {
  const mage = fighter(c("m"), { classes: [{ id: "mage", level: 1 }], slots: [2], prepared: ["burningHands"] });
  const scene = parseScene(["MBg.."], { party: { M: mage, B: fighter(c("b")) }, foes: { g: "goblin" } });
  const intent = { type: "CastSpell", character: c("m"), spell: "burningHands", slot: 1, point: [1, 0] } as const;

  const blast = forecast(scene, intent);

  assertEquals(blast.inside, [c("b"), G]);
  assertEquals([blast.amount?.[0], blast.amount?.[2]], [3, 18]);
  assert(blast.fails !== undefined && blast.fails > 0 && blast.fails < 100);
  assertEquals(forecast(scene, { ...intent, slot: 2 }), {});
});

Deno.test("attackOdds() counts sneak attack where the target is open", () => {
  const thief = fighter(c("t"), {
    classes: [{ id: "thief", level: 1 }],
    features: ["sneakAttack"],
    pack: [{ id: "i_1" as never, item: "shortsword", count: 1 }],
    worn: { weaponMain: ["i_1" as never] },
  });
  const open = parseScene(["TgB"], { party: { T: thief, B: fighter(c("b")) }, foes: { g: "goblin" } });
  const alone = parseScene(["Tg.B"], { party: { T: thief, B: fighter(c("b")) }, foes: { g: "goblin" } });
  const [form] = attackForms(thief);
  assert(form);

  const flanked = attackOdds(open, thief.id, form, G);
  const plain = attackOdds(alone, thief.id, form, G);

  assert(flanked && plain);
  assertEquals(meanOf(flanked.normal) - meanOf(plain.normal), 3.5);
});

Deno.test("forecast() knows what features, potions and bandages will do", () => {
  const hero = fighter(A, {
    features: ["secondWind"],
    pack: [{ id: "i_p" as never, item: "potionHealing", count: 1 }],
  });
  const scene = parseScene(["AB.g"], { party: { A: hero, B: fighter(c("b")) }, foes: { g: "goblin" } });

  assertEquals(forecast(scene, { type: "UseFeature", character: A, feature: "secondWind" }).amount, [2, 65, 11]);
  assertEquals(forecast(scene, { type: "UseItem", character: A, item: "i_p" as never }).amount, [4, 70, 10]);
  assertEquals(forecast(scene, { type: "Bandage", character: A, ally: c("b") }).hit, 55);
  assertEquals(forecast(scene, { type: "EndTurn", character: A }), {});
});
