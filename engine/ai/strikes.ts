/** Attacks it could make from a square, and what each is worth. */
import type { AttackForm } from "../character/mod.ts";
import { planAttack } from "../combat/attack_rule.ts";
import { circumstances, inRange } from "../combat/circumstances.ts";
import { distanceBetween } from "../grid/mod.ts";
import { damageSpecs, hitOddsOf } from "../odds/attack.ts";
import { attackWorth, damageOn } from "../odds/damage.ts";
import { remembered } from "../odds/spell.ts";
import type { PlayerIntent } from "../types/command.ts";
import type { CreatureId } from "../types/ids.ts";
import type { WorldState } from "../types/state.ts";
import { type Known, measureOf, type Mind } from "./mind.ts";
import { nearestOnly } from "./places.ts";

export interface Option {
  readonly intent: PlayerIntent;
  readonly value: number;
}

type AttackIntent = Extract<PlayerIntent, { type: "Attack" }>;

/** Best value seen so far against each target: from the next square only favourites and new ones are tried. */
export type Seen = Map<CreatureId, number>;

/** Targets tried again from every further square. */
const FAVOURITES = 2;

/** The best few so far; undefined while there are no more than that. */
function favourites(seen: Seen): ReadonlySet<CreatureId> | undefined {
  if (seen.size <= FAVOURITES) return undefined;
  const best = [...seen].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return new Set(best.slice(0, FAVOURITES).map(([id]) => id));
}

/** Attacks from where the creature stands in `state` (its square may be supposed). */
export function strikes(mind: Mind, state: WorldState, seen: Seen): readonly Option[] {
  const own = state.battle?.on[mind.me.id];
  if (!own) return [];
  const { budget } = own;
  const main = budget.action > 0 || budget.attacks > 0;
  const off = budget.bonusAction > 0 && own.attacked === true;
  if (!main && !off) return [];
  const targets = mind.wit < 3 ? nearestOnly(mind) : mind.foes;
  const best = favourites(seen);
  const out: Option[] = [];
  for (const foe of targets) {
    if (best && seen.has(foe.id) && !best.has(foe.id)) continue;
    const feet = distanceBetween(own, foe.place);
    for (const intent of intentsAt(mind, foe, feet, main, off)) {
      const plan = planAttack(state, intent);
      if ("code" in plan) continue;
      const value = strikeValue(mind, state, plan.form, foe, 1 + (plan.left ?? 0));
      seen.set(foe.id, Math.max(value, seen.get(foe.id) ?? 0));
      out.push({ intent, value });
    }
  }
  return out;
}

/** A weapon of each kind that fits the distance; monsters are given their own choice. */
function intentsAt(mind: Mind, foe: Known, feet: number, main: boolean, off: boolean): readonly AttackIntent[] {
  const base = { type: "Attack", character: mind.me.id, target: foe.id } as const;
  const fitting = mind.forms.filter((form) => inRange(form, feet));
  if (fitting.length === 0) return [];
  if (mind.me.type === "monster") return main ? [base] : [];
  const out: AttackIntent[] = [];
  for (const form of fitting) {
    if (form.offHand) {
      if (off && form.item) out.push({ ...base, hand: "off", weapon: form.item });
    } else if (main && form.item) out.push({ ...base, weapon: form.item });
    else if (main && fitting.length === 1) out.push(base);
  }
  return out;
}

/** kill * P(kill) * worth + hurt * E(damage) / maximum * worth, over the attacks of a whole action. */
function strikeValue(mind: Mind, state: WorldState, form: AttackForm, foe: Known, times: number): number {
  const around = circumstances(state, { by: mind.me.id, form, target: foe.id });
  const odds = hitOddsOf(mind.me, form, around);
  const key = `${form.id}|${foe.id}|${around.opening}|${around.ranged}`;
  const specs = () => damageSpecs(state, mind.me, form, foe.creature, around);
  const normal = remembered(mind.memo, key, () => damageOn(foe.creature, specs()));
  const critical = remembered(mind.memo, `${key}|critical`, () => damageOn(foe.creature, specs(), true));
  const one = attackWorth(odds, normal, critical, foe.creature.hp + foe.creature.tempHp);
  const kill = 1 - (1 - one.kill) ** times;
  const mean = Math.min(foe.creature.hp, one.mean * times);
  return foe.worth * (mind.weights.kill * kill + mind.weights.hurt * mean / measureOf(foe.creature));
}
