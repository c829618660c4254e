/** Odds of one attack between two creatures on the field, with everything that surrounds it. */
import type { AttackForm } from "../character/mod.ts";
import { type Circumstances, circumstances } from "../combat/circumstances.ts";
import { findCreature } from "../core/fold.ts";
import { extraDamage, modifiers } from "../effects/mod.ts";
import type { Creature } from "../types/creature.ts";
import type { CreatureId } from "../types/ids.ts";
import type { WorldState } from "../types/state.ts";
import { damageOn, type DamageSpec } from "./damage.ts";
import { type HitOdds, hitOdds } from "./d20.ts";
import type { Distribution } from "./distribution.ts";

export interface AttackOdds extends HitOdds {
  readonly around: Circumstances;
  readonly normal: Distribution;
  readonly doubled: Distribution;
}

/** Exact odds of an attack; undefined when one of the two is gone. */
export function attackOdds(
  state: WorldState,
  by: CreatureId,
  form: AttackForm,
  target: CreatureId,
): AttackOdds | undefined {
  const attacker = findCreature(state, by);
  const victim = findCreature(state, target);
  if (!attacker || !victim || !state.battle?.on[by] || !state.battle.on[target]) return undefined;
  const around = circumstances(state, { by, form, target });
  const specs = damageSpecs(state, attacker, form, victim, around);
  return {
    around,
    ...hitOddsOf(attacker, form, around),
    normal: damageOn(victim, specs),
    doubled: damageOn(victim, specs, true),
  };
}

/** Chance to hit under given circumstances, with what effects add to the roll. */
export function hitOddsOf(
  attacker: Creature,
  form: AttackForm,
  around: Pick<Circumstances, "ac" | "mode" | "finishing">,
): HitOdds {
  const change = modifiers(attacker, "attack");
  return hitOdds({
    // A character's form has its flat bonuses in it already; a monster's has not.
    bonus: form.toHit + (attacker.type === "monster" ? change.add : 0),
    ac: around.ac,
    mode: around.mode,
    dice: change.dice,
    criticalOn: form.criticalOn,
    finishing: around.finishing,
  });
}

/** Everything a hit would roll: the form, effects' dice, sneak attack. */
export function damageSpecs(
  state: WorldState,
  attacker: Creature,
  form: AttackForm,
  victim: Creature,
  around: Pick<Circumstances, "ranged" | "opening">,
): readonly DamageSpec[] {
  const [first] = form.damage;
  if (!first) return [];
  const flat = attacker.type === "monster" ? modifiers(attacker, "damage").add : 0;
  const own = form.damage.map((one, i) => i === 0 ? { ...one, bonus: one.bonus + flat } : one);
  const extra = extraDamage(attacker, victim, { type: first.type, melee: !around.ranged });
  return [...own, ...extra, ...onceSpecs(state, attacker, form, victim, around)];
}

/** Sneak attack, or a hunter's strike at one already hurt: once a turn (SRD 5.1, Rogue; Ranger). */
function onceSpecs(
  state: WorldState,
  attacker: Creature,
  form: AttackForm,
  victim: Creature,
  around: Pick<Circumstances, "ranged" | "opening">,
): readonly DamageSpec[] {
  const [first] = form.damage;
  if (attacker.type !== "character" || !first || state.battle?.on[attacker.id]?.sneakUsed !== false) return [];
  const level = attacker.classes.find((one) => one.id === "thief")?.level ?? 0;
  const open = around.opening && (around.ranged || form.finesse);
  if (level > 0 && open && attacker.features.includes("sneakAttack")) {
    return [{ dice: `${Math.ceil(level / 2)}d6`, type: first.type }];
  }
  const hunts = attacker.features.includes("hunter") && form.item !== undefined && victim.hp < victim.maxHp;
  return hunts ? [{ dice: "1d8", type: first.type }] : [];
}
