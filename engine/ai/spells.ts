/** What a cast is worth: harm, binding, mending, friends in the way, slots spent. */
import { findCreature } from "../core/fold.ts";
import { isImmune } from "../effects/mod.ts";
import { type CastPlan, castPlans, creaturesIn } from "../magic/mod.ts";
import { ASLEEP } from "../magic/sleep.ts";
import { castOdds, type TouchOdds } from "../odds/spell.ts";
import { failOf } from "../odds/spell.ts";
import { atLeast, meanOf } from "../odds/distribution.ts";
import type { EffectRecord, SpellOperation } from "../types/content.ts";
import type { Creature } from "../types/creature.ts";
import type { CreatureId } from "../types/ids.ts";
import type { WorldState } from "../types/state.ts";
import { meanDice, measureOf, type Mind } from "./mind.ts";
import type { Option } from "./strikes.ts";

/** Turns a condition takes from its bearer, counted in whole turns. */
const TURNS: Readonly<Record<string, number>> = {
  paralyzed: 2,
  unconscious: 2,
  petrified: 3,
  stunned: 1.5,
  incapacitated: 1,
  restrained: 1,
  blinded: 0.8,
  charmed: 1.2,
  frightened: 0.8,
  grappled: 0.5,
  prone: 0.4,
  poisoned: 0.6,
};

/** Casts it would consider from where it stands in `state`. */
export function casts(mind: Mind, state: WorldState): readonly Option[] {
  const dying = mind.friends.some((one) => one.creature.life === "dying");
  const out: Option[] = [];
  for (const start of mind.starts()) {
    if (start.slot > 0 && !mind.spends && !dying) continue;
    for (const { intent, plan } of castPlans(state, start)) {
      const value = castValue(mind, state, plan);
      if (value > 0) out.push({ intent, value });
    }
  }
  return out;
}

function castValue(mind: Mind, state: WorldState, plan: CastPlan): number {
  let value = 0;
  for (const touch of castOdds(state, plan)) value += valueOf(mind, touch);
  for (const one of plan.spell.operations) {
    if (one.type === "sleep") value += sleepValue(mind, plan, one);
    else if (one.type === "cloud") value += cloudValue(mind, state, plan, one);
    else if (one.type === "stabilise") value += plan.targets.length * mind.weights.mend;
  }
  if (plan.spell.concentration && mind.me.concentration !== null) value -= 0.6;
  const price = plan.spell.level === 0 ? 0 : 0.1 * Math.max(1, plan.slot);
  return value - mind.weights.thrift * price;
}

type Operation<T extends SpellOperation["type"]> = Extract<SpellOperation, { type: T }>;

function isFoe(mind: Mind, id: CreatureId): boolean {
  return mind.battle.on[id]?.side !== mind.own.side;
}

function worthOf(mind: Mind, id: CreatureId): number {
  return mind.foes.find((one) => one.id === id)?.worth ?? 1;
}

/** The same touch is met again from other squares and at other points. */
function valueOf(mind: Mind, touch: TouchOdds): number {
  const known = mind.touches.get(touch);
  if (known !== undefined) return known;
  const value = touchValue(mind, touch);
  mind.touches.set(touch, value);
  return value;
}

function touchValue(mind: Mind, touch: TouchOdds): number {
  const target = findCreature(mind.state, touch.target);
  if (!target) return 0;
  const foe = isFoe(mind, touch.target);
  const mended = touch.heal ? mendValue(mind, target, meanOf(touch.heal)) : 0;
  const harm = harmValue(mind, target, touch);
  const bound = touch.effects.reduce((sum, one) => sum + effectValue(target, one, foe), 0) * touch.full;
  if (!foe) return mended - mind.weights.friend * harm + (bound > 0 ? mind.weights.mend * bound / 2 : bound);
  return harm * worthOf(mind, touch.target) + mind.weights.bind * Math.max(0, bound) * worthOf(mind, touch.target) -
    mended;
}

/** kill and hurt of the damage a cast deals to one creature. */
function harmValue(mind: Mind, target: Creature, touch: TouchOdds): number {
  const mean = touch.darts * (touch.full * meanOf(touch.damage) + (1 - touch.full) * meanOf(touch.lesser));
  if (mean <= 0) return 0;
  const need = Math.ceil((target.hp + target.tempHp) / Math.max(1, touch.darts));
  const kill = touch.full * atLeast(touch.damage, need) + (1 - touch.full) * atLeast(touch.lesser, need);
  const share = Math.min(target.hp, mean) / measureOf(target);
  return mind.weights.kill * kill + mind.weights.hurt * share;
}

/** mend * E(heal) * need: most for the fallen, a little for scratches. */
export function mendValue(mind: Mind, target: Creature, mean: number): number {
  if (target.life === "dying" || target.life === "stable") return mind.weights.mend * 1.4;
  const lost = target.maxHp - target.hp;
  if (lost <= 0) return 0;
  const need = lost / target.maxHp;
  if (need < 0.4) return 0;
  return mind.weights.mend * need * Math.min(mean, lost) / target.maxHp;
}

/** Turns taken from a foe, or a rough worth for a friend's boon; nothing when it is there already. */
function effectValue(target: Creature, record: EffectRecord, foe: boolean): number {
  if (target.effects.some((one) => one.record.stackKey === record.stackKey)) return 0;
  const bad = record.condition !== undefined && record.condition !== "invisible";
  if (bad) return (foe ? 1 : -1) * (TURNS[record.condition ?? ""] ?? 0.5);
  if (record.dice !== undefined && record.damageType !== undefined) {
    return (foe ? 1 : -1) * meanDice(record.dice) / Math.max(1, target.maxHp);
  }
  const gain = (record.modifiers ?? []).reduce((sum, one) => sum + modifierGain(one.stat, one.value, one.dice), 0);
  return (foe ? -1 : 1) * gain;
}

function modifierGain(stat: string, value: number, dice: string | undefined): number {
  const amount = dice === undefined ? value : value < 0 ? -meanDice(dice) : meanDice(dice);
  switch (stat) {
    case "ac":
      return amount > 8 ? 0.4 : amount * 0.12;
    case "attack":
    case "damage":
      return amount * 0.1;
    case "save":
      return amount * 0.05;
    case "grantsAdvantage":
    case "disadvantageAttack":
      return -0.3;
    case "grantsDisadvantage":
    case "advantageAttack":
      return 0.4;
    case "maxHp":
      return amount * 0.03;
    case "speed":
      return amount * 0.01;
    default:
      return 0;
  }
}

/** The mean pool put on the weakest first. */
function sleepValue(mind: Mind, plan: CastPlan, one: Operation<"sleep">): number {
  let pool = meanDice(one.dice) + (plan.slot - plan.spell.level) * meanDice(one.perSlot);
  const inside = plan.targets.flatMap((id) => findCreature(mind.state, id) ?? [])
    .filter((creature) => creature.life === "up" && !isImmune(creature, ASLEEP))
    .sort((a, b) => a.hp - b.hp || (a.id < b.id ? -1 : 1));
  let value = 0;
  for (const creature of inside) {
    if (creature.hp > pool) break;
    pool -= creature.hp;
    value += isFoe(mind, creature.id) ? mind.weights.bind * 2 * worthOf(mind, creature.id) : -mind.weights.friend * 2;
  }
  return value;
}

/** Foes a lasting area would hold, less the friends; one that only hides is left to people. */
function cloudValue(mind: Mind, state: WorldState, plan: CastPlan, one: Operation<"cloud">): number {
  const turns = one.effect.condition === undefined ? 0 : TURNS[one.effect.condition] ?? 0.5;
  let value = 0;
  for (const id of creaturesIn(state, plan.squares, undefined)) {
    const creature = findCreature(mind.state, id);
    if (!creature || creature.life !== "up" || isImmune(creature, one.effect)) continue;
    const bound = turns * failOf(plan, creature);
    value += isFoe(mind, id) ? mind.weights.bind * bound * worthOf(mind, id) : -mind.weights.friend * bound;
  }
  return value;
}
