/** Odds of a cast: what each operation would do to each creature it falls on. */
import { spellAttack, spellDc } from "../character/mod.ts";
import { circumstances } from "../combat/circumstances.ts";
import { findCreature } from "../core/fold.ts";
import { memo2 } from "../core/memo.ts";
import { isImmune, saveOdds } from "../effects/mod.ts";
import { cantripTimes, type CastPlan, healBonus, sparedBy, spellForm, spellModifier } from "../magic/mod.ts";
import { scaled, tagsOf } from "../magic/operations.ts";
import type { EffectRecord, SpellOperation, SpellRecord } from "../types/content.ts";
import type { Creature } from "../types/creature.ts";
import type { CreatureId } from "../types/ids.ts";
import type { WorldState } from "../types/state.ts";
import { hitOddsOf } from "./attack.ts";
import { failOdds, type HitOdds } from "./d20.ts";
import { damageOn, type DamageSpec, halfDamageOn } from "./damage.ts";
import { sortOf } from "./sort.ts";
import { certain, diceOf, type Distribution, plus } from "./distribution.ts";

/** What a cast may do to one creature. */
export interface TouchOdds {
  readonly target: CreatureId;
  /** Chance, 0-1, that it takes the full of it: the hit, or the failed save. */
  readonly full: number;
  readonly hit?: HitOdds;
  /** Damage when it is hit or fails, and when not; per dart when there are several. */
  readonly damage: Distribution;
  readonly lesser: Distribution;
  readonly darts: number;
  readonly heal: Distribution | undefined;
  readonly effects: readonly EffectRecord[];
}

/** Odds for every creature the plan touches, an area's friends too. */
export function castOdds(state: WorldState, plan: CastPlan): readonly TouchOdds[] {
  const spared = sparedBy({ state }, plan);
  const out: TouchOdds[] = [];
  for (const id of new Set(plan.targets)) {
    const target = findCreature(state, id);
    if (target) out.push(touchOdds(state, plan, touchAnywhere(plan, target, spared.has(id))));
  }
  return out;
}

/** With what hangs on the caster's place, and on the other targets: an attack's odds, the share of the darts. */
function touchOdds(state: WorldState, plan: CastPlan, touch: TouchOdds): TouchOdds {
  const { spell } = plan;
  const dart = dartsOf(spell);
  const hit = spell.attack && state.battle ? hitOf(state, plan, touch.target) : undefined;
  if (!hit && !dart) return touch;
  return {
    ...touch,
    ...(hit ? { hit, full: hit.hit } : {}),
    darts: dart ? dartsAt(plan, dart, touch.target) : 1,
  };
}

/** What a spell does to one creature from wherever it is cast; thoughts ask for many squares and points of aim. */
function touchAnywhere(plan: CastPlan, target: Creature, spared: boolean): TouchOdds {
  const key = plan.slot * 2 + (spared ? 1 : 0);
  const known = touchesOf(plan.caster, target);
  const own = known.get(plan.spell)?.[key];
  if (own) return own;
  const shared = touchesOf(plan.caster, sortOf(target));
  const made = { ...shared.get(plan.spell)?.[key] ?? steadyOdds(plan, target, spared), target: target.id };
  for (const touches of [known, shared]) {
    const bySlot = touches.get(plan.spell) ?? [];
    bySlot[key] = made;
    touches.set(plan.spell, bySlot);
  }
  return made;
}

/** Odds of one creature's casts on another, or on a sort, by spell, then by slot and sparing: kept while neither changes. */
const touchesOf = memo2((_caster: Creature, _target: object) => new Map<SpellRecord, (TouchOdds | undefined)[]>());

type Darts = Extract<SpellOperation, { type: "darts" }>;

function dartsOf({ operations }: SpellRecord): Darts | undefined {
  for (const one of operations) if (one.type === "darts") return one;
  return undefined;
}

function steadyOdds(plan: CastPlan, target: Creature, spared: boolean): TouchOdds {
  const { spell } = plan;
  const specs = spell.operations.flatMap((one) => one.type === "damage" ? damageSpecs(plan, one) : []);
  const halves = spell.operations.some((one) => one.type === "damage" && (one.half ?? spell.save?.half ?? false));
  const dart = dartsOf(spell);
  const all = dart ? [{ dice: dart.dice, type: dart.damageType }] : specs;
  return {
    target: target.id,
    full: spared ? 0 : spell.save ? failOf(plan, target) : 1,
    damage: all.length > 0 ? damageOn(target, all) : NOTHING,
    lesser: halves && !spared ? halfDamageOn(target, specs) : NOTHING,
    darts: 1,
    heal: spell.operations.some((one) => one.type === "heal") ? healOf(plan) : undefined,
    effects: spell.operations.flatMap((one) =>
      one.type === "effect" && !isImmune(target, one.effect) ? [one.effect] : []
    ),
  };
}

function hitOf(state: WorldState, plan: CastPlan, target: CreatureId): HitOdds {
  const form = spellForm(plan.spell.id, spellAttack(plan.caster), plan.spell.attack === "melee");
  return hitOddsOf(plan.caster, form, circumstances(state, { by: plan.caster.id, form, target }));
}

/** Chance that a target fails the spell's save. */
export function failOf(plan: CastPlan, target: Creature): number {
  const { save, operations } = plan.spell;
  if (!save) return 1;
  const odds = saveOdds(target, { ability: save.ability, tags: ["magic", ...operations.flatMap(tagsOf)] });
  return failOdds({ ...odds, dc: spellDc(plan.caster) });
}

function above(plan: CastPlan): number {
  return Math.max(0, plan.slot - plan.spell.level);
}

function damageSpecs(plan: CastPlan, one: Extract<SpellOperation, { type: "damage" }>): readonly DamageSpec[] {
  const times = plan.spell.cantripDice ? cantripTimes(plan.caster) : 1;
  const more = one.perSlot === undefined ? [] : Array.from({ length: above(plan) }, () => one.perSlot ?? "0");
  return [one.dice, ...more].map((dice) => ({ dice: scaled(dice, times), type: one.damageType }));
}

/** Darts are dealt out in turn: how many one target gets. */
function dartsAt(plan: CastPlan, one: Darts, target: CreatureId): number {
  const count = one.count + one.perSlot * above(plan);
  const { targets } = plan;
  return Array.from({ length: count }, (_, i) => targets[i % targets.length]).filter((id) => id === target).length;
}

const NOTHING = certain(0);

function healOf(plan: CastPlan): Distribution {
  const one = plan.spell.operations.find((operation) => operation.type === "heal");
  if (one?.type !== "heal") return NOTHING;
  const bonus = (one.addModifier ? spellModifier(plan.caster) : 0) + healBonus(plan.caster, plan.slot);
  let sum = diceOf(one.dice, bonus);
  for (let i = 0; i < above(plan) && one.perSlot !== undefined; i++) sum = plus(sum, diceOf(one.perSlot));
  return sum;
}
