/** What the client shows before a player commits: exact chances, spans, who reacts, who stands in the blast. */
import { checkBonus } from "../character/mod.ts";
import { planAttack } from "../combat/attack_rule.ts";
import { ITEMS } from "../content/mod.ts";
import { findCreature } from "../core/fold.ts";
import type { IntentOf } from "../core/rule.ts";
import { handsLeft } from "../magic/lay_on_hands.ts";
import { creaturesIn, isPlan, planCast } from "../magic/mod.ts";
import type { PlayerIntent } from "../types/command.ts";
import type { CreatureId } from "../types/ids.ts";
import type { WorldState } from "../types/state.ts";
import type { Forecast } from "../types/view.ts";
import { attackOdds } from "./attack.ts";
import { failOdds } from "./d20.ts";
import { diceOf, type Distribution, leastOf, meanOf, mostOf, plus } from "./distribution.ts";
import { reactorsAlong } from "./path.ts";
import { castOdds } from "./spell.ts";

/**
 * Odds of an intent as things stand; empty for what has none or would be refused. Percentages are rounded to whole ones,
 * never to 0 or 100 unless exact.
 */
export function forecast(state: WorldState, intent: PlayerIntent): Forecast {
  switch (intent.type) {
    case "Attack":
      return attackForecast(state, intent);
    case "CastSpell":
      return castForecast(state, intent);
    case "MoveInBattle":
      return { reactors: visible(state, reactorsAlong(state, intent.character, intent.path)) };
    case "UseItem":
      return itemForecast(state, intent);
    case "UseFeature":
      return featureForecast(state, intent);
    case "Bandage":
      return bandageForecast(state, intent);
    default:
      return {};
  }
}

/** Whole percent of a chance; a slim one stays 1, a near certain one 99. */
export function percent(chance: number): number {
  if (chance <= 0) return 0;
  if (chance >= 1) return 100;
  return Math.min(99, Math.max(1, Math.round(chance * 100)));
}

/** Least, mean in tenths, most. */
export function span(a: Distribution): readonly [number, number, number] {
  return [leastOf(a), Math.round(meanOf(a) * 10), mostOf(a)];
}

function attackForecast(state: WorldState, intent: IntentOf<"Attack">): Forecast {
  const plan = planAttack(state, intent);
  if ("code" in plan) return {};
  const odds = attackOdds(state, intent.character, plan.form, intent.target);
  if (!odds) return {};
  return {
    hit: percent(odds.hit),
    critical: percent(odds.critical),
    amount: span(odds.normal),
    reasons: odds.around.why,
  };
}

function castForecast(state: WorldState, intent: IntentOf<"CastSpell">): Forecast {
  const plan = planCast(state, intent);
  if (!isPlan(plan)) return {};
  const touched = castOdds(state, plan);
  const first = touched[0];
  const inside = plan.squares.length > 0 ? visible(state, creaturesIn(state, plan.squares, undefined)) : undefined;
  const pool = plan.spell.operations.find((one) => one.type === "sleep");
  const whole = first ? first.heal ?? repeated(first.damage, first.darts) : undefined;
  const amount = pool?.type === "sleep" ? diceOf(pool.dice) : whole && mostOf(whole) > 0 ? whole : undefined;
  return {
    ...(first?.hit ? { hit: percent(first.hit.hit), critical: percent(first.hit.critical) } : {}),
    ...(first && plan.spell.save ? { fails: percent(first.full) } : {}),
    ...(amount ? { amount: span(amount) } : {}),
    ...(inside ? { inside } : {}),
  };
}

function repeated(a: Distribution, times: number): Distribution {
  let sum = a;
  for (let i = 1; i < times; i++) sum = plus(sum, a);
  return sum;
}

function itemForecast(state: WorldState, intent: IntentOf<"UseItem">): Forecast {
  const stack = state.characters[intent.character]?.pack.find((one) => one.id === intent.item);
  const use = stack ? ITEMS[stack.item]?.use : undefined;
  const one = use?.operations.find((operation) => operation.type === "heal" || operation.type === "damage");
  return one && "dice" in one ? { amount: span(diceOf(one.dice)) } : {};
}

/** What a feature heals: second wind's die and level, the points of a pool. */
function featureForecast(state: WorldState, intent: IntentOf<"UseFeature">): Forecast {
  const creature = findCreature(state, intent.character);
  if (creature?.type !== "character") return {};
  if (intent.feature === "secondWind") {
    const level = creature.classes.find((one) => one.id === "fighter")?.level ?? 0;
    return { amount: span(diceOf("1d10", level)) };
  }
  const target = findCreature(state, intent.target ?? creature.id);
  if (intent.feature !== "layOnHands" || intent.choice === "cure" || !target) return {};
  const amount = intent.amount ?? Math.min(handsLeft(creature), target.maxHp - target.hp);
  return { amount: [amount, amount * 10, amount] };
}

/** DC 10 Medicine; a healer's kit never fails. */
function bandageForecast(state: WorldState, intent: IntentOf<"Bandage">): Forecast {
  const creature = findCreature(state, intent.character);
  if (!creature) return {};
  const kit = creature.type === "character" && creature.pack.some((stack) => stack.item === "healersKit");
  const fails = kit ? 0 : failOdds({ bonus: checkBonus(creature, "medicine"), dc: 10, mode: "normal" });
  return { hit: percent(1 - fails) };
}

/** Whom a forecast may name: not those who hide from the party. */
function visible(state: WorldState, ids: readonly CreatureId[]): readonly CreatureId[] {
  return ids.filter((id) => state.battle?.on[id]?.side === "party" || state.battle?.on[id]?.hidden === false);
}
