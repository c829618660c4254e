/** Attacks it could make from a square, and what each is worth. */
import { type AttackForm, attackForms } from "../character/mod.ts";
import { formAt, payFor, refuseTarget, type Wish } from "../combat/attack_rule.ts";
import { inRange, judge, type Judgement, type Pair, pairOf } from "../combat/circumstances.ts";
import { first } from "../core/first.ts";
import { memo2 } from "../core/memo.ts";
import type { RollMode } from "../core/rng.ts";
import { lookAt } from "../grid/mod.ts";
import { damageSpecs, hitOddsOf } from "../odds/attack.ts";
import { attackWorth, damageOn } from "../odds/damage.ts";
import type { Distribution } from "../odds/distribution.ts";
import { sortOf } from "../odds/sort.ts";
import type { PlayerIntent } from "../types/command.ts";
import type { Creature } from "../types/creature.ts";
import type { CreatureId, Point } from "../types/ids.ts";
import { type Known, measureOf, type Mind } from "./mind.ts";
import { feetTo, nearestOnly } from "./places.ts";

export interface Option {
  readonly intent: PlayerIntent;
  readonly value: number;
}

/** Best value seen so far against each target: from the next square only favourites and new ones are tried. */
export type Seen = Map<CreatureId, number>;

/** Targets tried again from every further square. */
const FAVOURITES = 2;

/** The best few so far; undefined while there are no more than that. */
function favourites(seen: Seen): ReadonlySet<CreatureId> | undefined {
  if (seen.size <= FAVOURITES) return undefined;
  const order = (a: readonly [CreatureId, number], b: readonly [CreatureId, number]) =>
    b[1] - a[1] || (a[0] < b[0] ? -1 : 1);
  return new Set(first(seen, FAVOURITES, order).map(([id]) => id));
}

/** Attacks from a square, on which it may only suppose itself. */
export function strikes(mind: Mind, at: Point, seen: Seen): readonly Option[] {
  if (!canStrike(mind)) return [];
  const { battle, me, standing } = mind;
  const place = { at, size: mind.own.size };
  const stand = { place, crowded: mind.hostile.some((one) => feetTo(mind, at, one) <= 5) };
  const best = favourites(seen);
  const out: Option[] = [];
  for (const foe of mind.wit < 3 ? nearestOnly(mind) : mind.foes) {
    if (best && seen.has(foe.id) && !best.has(foe.id)) continue;
    const blows = blowsAt(mind, feetTo(mind, at, foe));
    if (blows.length === 0) continue;
    const pair = pairWith(mind, foe);
    const cover = pair ? lookAt(battle, place, foe, standing) : undefined;
    if (!pair || cover === undefined) continue;
    for (const blow of blows) {
      const value = strikeValue(mind, foe, blow, judge(pair, blow.form, stand, cover));
      seen.set(foe.id, Math.max(value, seen.get(foe.id) ?? 0));
      out.push({ intent: { type: "Attack", character: me.id, target: foe.id, ...blow.wish }, value });
    }
  }
  return out;
}

function canStrike({ own }: Mind): boolean {
  return strikesMain(own) || strikesOff(own);
}

function strikesMain({ budget }: Mind["own"]): boolean {
  return budget.action > 0 || budget.attacks > 0;
}

function strikesOff({ budget, attacked }: Mind["own"]): boolean {
  return budget.bonusAction > 0 && attacked === true;
}

/** What the rules let it strike with at some distance. */
export interface Blow {
  readonly wish: Wish;
  readonly form: AttackForm;
  /** Attacks of the whole action. */
  readonly times: number;
}

/** The same for every foe so far away: asked once for each distance in a thought. */
function blowsAt(mind: Mind, feet: number): readonly Blow[] {
  const known = mind.blows.get(feet);
  if (known) return known;
  const { me, own } = mind;
  const blows: Blow[] = [];
  for (const wish of wishesAt(mind, feet)) {
    const form = formAt(me, own, wish, feet);
    const plan = "code" in form ? form : payFor(me, own, wish, { form, feet });
    if (!("code" in plan)) blows.push({ wish, form: plan.form, times: 1 + (plan.left ?? 0) });
  }
  mind.blows.set(feet, blows);
  return blows;
}

/** A weapon of each kind that fits the distance; monsters are given their own choice. */
function wishesAt({ me, own, forms }: Mind, feet: number): readonly Wish[] {
  const main = strikesMain(own);
  const off = strikesOff(own);
  const fitting = forms.filter((form) => inRange(form, feet));
  if (fitting.length === 0) return [];
  if (me.type === "monster") return main ? [{}] : [];
  const out: Wish[] = [];
  for (const form of fitting) {
    if (form.offHand) {
      if (off && form.item) out.push({ hand: "off", weapon: form.item });
    } else if (main && form.item) out.push({ weapon: form.item });
    else if (main && fitting.length === 1) out.push({});
  }
  return out;
}

/** What lies between it and a foe; null where the rules forbid to strike this foe at all. */
function pairWith(mind: Mind, foe: Known): Pair | null {
  const known = mind.pairs.get(foe.id);
  if (known !== undefined) return known;
  const pair = refuseTarget(mind.state, mind.me, foe.id) ? null : pairOf(mind.state, mind.me.id, foe.id);
  mind.pairs.set(foe.id, pair);
  return pair;
}

/** kill * P(kill) * worth + hurt * E(damage) / maximum * worth, over the attacks of a whole action. */
function strikeValue(mind: Mind, foe: Known, { form, times }: Blow, judged: Judgement): number {
  const one = worthOf(mind, foe, form, judged);
  const kill = 1 - (1 - one.kill) ** times;
  const mean = Math.min(foe.creature.hp, one.mean * times);
  return foe.worth * (mind.weights.kill * kill + mind.weights.hurt * mean / measureOf(foe.creature));
}

interface Worth {
  readonly kill: number;
  readonly mean: number;
}

/** What attacks on one creature from one sort would do, by form and judgement, as long as neither has changed. */
const worthsOf = memo2((_target: Creature, _by: object) => new Map<number, Worth>());

/** Damage of a hit and of a critical one, by one creature on one sort. */
const hurtsOf = memo2((_by: Creature, _target: object) => new Map<number, readonly [Distribution, Distribution]>());

const MODES: Readonly<Record<RollMode, number>> = { normal: 0, advantage: 1, disadvantage: 2 };

function worthOf(mind: Mind, foe: Known, form: AttackForm, judged: Judgement): Worth {
  const known = worthsOf(foe.creature, sortOf(mind.me));
  const flags = flagsOf(mind, foe, form, judged);
  const key = ((flags * 2 + (judged.finishing ? 1 : 0)) * 3 + MODES[judged.mode]) * 256 + judged.ac;
  const before = known.get(key);
  if (before) return before;
  const [plain, critical] = hurtOf(mind, foe, form, judged);
  const odds = hitOddsOf(mind.me, form, judged);
  const made = attackWorth(odds, plain, critical, foe.creature.hp + foe.creature.tempHp);
  known.set(key, made);
  return made;
}

function hurtOf(mind: Mind, foe: Known, form: AttackForm, judged: Judgement): readonly [Distribution, Distribution] {
  const known = hurtsOf(mind.me, sortOf(foe.creature));
  const key = flagsOf(mind, foe, form, judged);
  const before = known.get(key);
  if (before) return before;
  const specs = damageSpecs(mind.state, mind.me, form, foe.creature, judged);
  const made = [damageOn(foe.creature, specs), damageOn(foe.creature, specs, true)] as const;
  known.set(key, made);
  return made;
}

/** Everything damage hangs on beside the two creatures, in one number. */
function flagsOf({ me, own }: Mind, { creature }: Known, form: AttackForm, { ranged, opening }: Judgement): number {
  const flags = (ranged ? 1 : 0) + (opening ? 2 : 0) + (own.sneakUsed ? 4 : 0) + (creature.hp < creature.maxHp ? 8 : 0);
  return attackForms(me).indexOf(form) * 16 + flags;
}
