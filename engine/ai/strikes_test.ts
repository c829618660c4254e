import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { planAttack } from "../combat/attack_rule.ts";
import { c, fighter, n, parseScene } from "../combat/_testing.ts";
import { withCombatant } from "../core/fold.ts";
import { attackOdds } from "../odds/attack.ts";
import { attackWorth } from "../odds/damage.ts";
import type { PlayerIntent } from "../types/command.ts";
import type { CreatureId, ItemId, Point } from "../types/ids.ts";
import type { Combatant } from "../types/creature.ts";
import type { WorldState } from "../types/state.ts";
import { type Known, measureOf, type Mind, mindOf } from "./mind.ts";
import { nearestOnly } from "./places.ts";
import { strikes } from "./strikes.ts";

const A = c("a");

/** A thief with a blade in each hand, a bow in the pack and a sneak attack in mind. */
const THIEF = fighter(A, {
  classes: [{ id: "thief", level: 3 }],
  features: ["sneakAttack"],
  hp: 9,
  pack: [
    { id: "i_1" as ItemId, item: "shortsword", count: 1 },
    { id: "i_2" as ItemId, item: "dagger", count: 2 },
  ],
  worn: { weaponMain: ["i_1" as ItemId], weaponOff: ["i_2" as ItemId] },
});
const ARCHER = fighter(A, { worn: { weaponMain: [`${A}_bow` as ItemId] } });

/** The worth of an attack by the rules' own odds, asked where it would stand. */
function worthThere(mind: Mind, there: WorldState, intent: PlayerIntent): number {
  assert(intent.type === "Attack");
  const plan = planAttack(there, intent);
  assert(!("code" in plan), `refused: ${JSON.stringify([intent, plan])}`);
  const foe = mind.foes.find((one) => one.id === intent.target);
  const odds = attackOdds(there, mind.me.id, plan.form, intent.target);
  assert(foe && odds);
  const { creature } = foe;
  const one = attackWorth(odds, odds.normal, odds.doubled, creature.hp + creature.tempHp);
  const times = 1 + (plan.left ?? 0);
  const kill = 1 - (1 - one.kill) ** times;
  const mean = Math.min(creature.hp, one.mean * times);
  return foe.worth * (mind.weights.kill * kill + mind.weights.hurt * mean / measureOf(creature));
}

/** Whether the rules let it strike this foe in one of the ways it would think of. */
function mayStrike(mind: Mind, there: WorldState, foe: Known): boolean {
  const base = { type: "Attack", character: mind.me.id, target: foe.id } as const;
  if (mind.me.type === "monster") return !("code" in planAttack(there, base));
  return mind.forms.some((form) =>
    form.item !== undefined && !form.offHand && !("code" in planAttack(there, { ...base, weapon: form.item }))
  );
}

const tile = fc.constantFrom<string>(".", ".", ".", ".", ".", ":", "#", "T");
const rows = fc.array(fc.array(tile, { minLength: 11, maxLength: 11 }), { minLength: 7, maxLength: 7 });
const kind = fc.constantFrom("goblin", "orc", "wolf", "skeleton", "zombie", "scout", "hobgoblin", "direWolf");
const mark: fc.Arbitrary<Partial<Combatant>> = fc.constantFrom<Partial<Combatant>>(
  {},
  {},
  { hidden: true },
  { dodging: true },
  { heldFacing: true, facing: "north" },
  { heldFacing: true, facing: "east" },
);

const LETTERS: readonly (readonly [string, number, number])[] = [["A", 1, 1], ["B", 4, 4], ["g", 6, 2], ["h", 9, 5]];

Deno.test("strikes() from a square it supposes are those the rules allow there, worth what their odds say", () => {
  const scene = fc.record({
    tiles: rows,
    hero: fc.constantFrom(THIEF, ARCHER, fighter(A)),
    first: kind,
    second: kind,
    marks: fc.tuple(mark, mark, mark),
    turn: fc.constantFrom<CreatureId>(A, n("g"), n("h")),
    attacked: fc.boolean(),
    square: fc.tuple(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 6 })),
  });
  fc.assert(
    fc.property(scene, ({ tiles, hero, first, second, marks, turn, attacked, square }) => {
      const at: Point = square;
      const drawn = tiles.map((row) => [...row]);
      for (const [letter, x, y] of LETTERS) drawn[y]?.splice(x, 1, letter);
      const state = parseScene(drawn.map((row) => row.join("")), {
        party: { A: hero, B: fighter(c("b"), { hp: 4 }) },
        foes: { g: first, h: second },
        change: {
          A: { ...marks[0], ...(attacked ? { attacked: true as const } : {}) },
          g: marks[1],
          h: { ...marks[2], sneakUsed: attacked },
        },
      });
      const mind = mindOf(state, turn);
      assert(mind);
      const there = withCombatant(state, turn, { at });

      const options = strikes(mind, at, new Map());

      for (const { intent, value } of options) assertEquals(value, worthThere(mind, there, intent));
      const struck = new Set(options.flatMap(({ intent }) => intent.type === "Attack" ? [intent.target] : []));
      for (const foe of mind.wit < 3 ? nearestOnly(mind) : mind.foes) {
        assertEquals(struck.has(foe.id), mayStrike(mind, there, foe), foe.id);
      }
    }),
    { numRuns: 300 },
  );
});
