/** CastSpell: check, pay, say, do. */
import { abilityModifier, levelOf, spellAbility, spellAttack, spellDc } from "../character/mod.ts";
import type { Play } from "../core/play.ts";
import type { RuleTable } from "../core/rule.ts";
import { endConcentration, endEffectsWhere } from "../effects/mod.ts";
import type { Creature } from "../types/creature.ts";
import type { Rejection } from "../types/rejection.ts";
import type { CreatureId } from "../types/ids.ts";
import { type CastIntent, type CastPlan, isPlan, planCast } from "./check.ts";
import { castsOf } from "./known.ts";
import { runOperations } from "./operations.ts";
import { useFeature } from "./features.ts";

export const magicRules: RuleTable<"CastSpell" | "UseFeature"> = {
  CastSpell: { who: "own", modes: ["explore", "camp", "aftermath", "battle"], onTurn: true, decide: castSpell },
  UseFeature: { who: "own", modes: ["explore", "camp", "aftermath", "battle"], onTurn: true, decide: useFeature },
};

/** Casts a known spell at legal targets: spends time and slot, then runs its operations. */
export function castSpell(play: Play, intent: CastIntent): Rejection | undefined {
  const plan = planCast(play.state, intent);
  if (!isPlan(plan)) return plan;
  payTime(play, plan);
  saySpell(play, plan);
  if (plan.spell.concentration) endConcentration(play, plan.caster.id, "replaced");
  runSpell(play, plan);
  if (isHostile(play, plan)) giveAway(play, plan.caster.id);
  return undefined;
}

function payTime(play: Play, plan: CastPlan): void {
  const { caster, spell } = plan;
  const one = play.state.battle?.on[caster.id];
  if (!one) return;
  const { budget } = one;
  const spent = spell.time === "bonusAction"
    ? { ...budget, bonusAction: budget.bonusAction - 1 }
    : { ...budget, action: budget.action - 1 };
  play.emit({ type: "BudgetSpent", creature: caster.id, budget: spent });
  const mark = spell.time === "bonusAction" ? "bonus" : spell.level > 0 ? "action" : undefined;
  if (mark) play.emit({ type: "CombatantMarked", creature: caster.id, spellCast: mark });
}

/** Says what is cast, with the slots left; a monster's own casts are counted. */
export function saySpell(play: Play, plan: CastPlan): void {
  const { caster, spell, slot, point } = plan;
  const pays = caster.type === "character" && slot > 0;
  const slots = pays ? caster.slots.map((left, i) => i === slot - 1 ? left - 1 : left) : caster.slots;
  play.emit({
    type: "SpellCast",
    by: caster.id,
    spell: spell.id,
    slot,
    slots,
    targets: [...new Set(plan.targets)],
    ...(point === undefined ? {} : { point }),
  });
  if (caster.type === "monster" && spell.level > 0) {
    const feature = castsOf(spell.id);
    play.emit({ type: "FeatureUsed", creature: caster.id, feature, used: (caster.used[feature] ?? 0) + 1 });
  }
}

/** The numbers behind a creature's spells, and the operations of one of them on its targets. */
export function runSpell(play: Play, plan: CastPlan): void {
  const { caster, spell, slot } = plan;
  runOperations(play, {
    by: caster.id,
    source: spell.id,
    operations: spell.operations,
    targets: plan.targets,
    squares: plan.squares,
    dc: spellDc(caster),
    attackBonus: spellAttack(caster),
    modifier: spellModifier(caster),
    above: Math.max(0, slot - spell.level),
    cantrip: spell.cantripDice ? cantripTimes(caster) : 1,
    concentration: spell.concentration,
    healBonus: healBonus(caster, slot),
    spared: sparedBy(play, plan),
    ...(plan.point === undefined ? {} : { point: plan.point }),
    ...(spell.shape === undefined ? {} : { shape: spell.shape }),
    ...(spell.attack === undefined ? {} : { attack: spell.attack }),
    ...(spell.save === undefined ? {} : { save: spell.save }),
  });
}

/** Modifier of the ability a creature casts with. */
export function spellModifier(caster: Creature): number {
  const ability = spellAbility(caster);
  return ability ? abilityModifier(caster, ability) : 0;
}

/** SRD 5.1: cantrips grow at levels 5 and 11. */
export function cantripTimes(caster: Creature): number {
  const level = caster.type === "character" ? levelOf(caster) : 1;
  return level >= 11 ? 3 : level >= 5 ? 2 : 1;
}

/** Disciple of life: spells of a slot heal 2 + its level more (SRD 5.1, Life Domain). */
export function healBonus(caster: Creature, slot: number): number {
  if (caster.type !== "character" || slot < 1) return 0;
  return caster.features.includes("discipleOfLife") ? 2 + slot : 0;
}

/** Sculpt spells: an evoker shapes 1 + slot level friends out of a blast (SRD 5.1, School of Evocation). */
export function sparedBy(play: Pick<Play, "state">, plan: CastPlan): ReadonlySet<CreatureId> {
  const { caster, spell, slot } = plan;
  const side = play.state.battle?.on[caster.id]?.side;
  const sculpts = caster.type === "character" && caster.features.includes("sculptSpells");
  if (!sculpts || spell.school !== "evocation" || plan.squares.length === 0) return new Set();
  const friends = plan.targets.filter((id) => play.state.battle?.on[id]?.side === side);
  return new Set(friends.slice(0, 1 + Math.max(spell.level, slot)));
}

function isHostile(play: Play, plan: CastPlan): boolean {
  const side = play.state.battle?.on[plan.caster.id]?.side;
  return plan.targets.some((id) => play.state.battle?.on[id]?.side !== side);
}

/** Casting at foes gives away who hid or could not be seen. */
function giveAway(play: Play, id: CreatureId): void {
  endEffectsWhere(play, id, (one) => one.record.endsOnAttack === true, "attack");
  if (play.state.battle?.on[id]?.hidden) play.emit({ type: "MarkSet", creature: id, mark: "hidden", on: false });
}
