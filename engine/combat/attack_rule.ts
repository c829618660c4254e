/** The verb Attack: which form, whether it is legal, what it costs. */
import { type AttackForm, attackForms } from "../character/mod.ts";
import { monster } from "../content/mod.ts";
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import { causesOf, isAble } from "../effects/mod.ts";
import { creatureDistance, creaturesSee } from "../grid/mod.ts";
import type { Budget, Combatant, Creature } from "../types/creature.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";
import { resolveAttack } from "./attack.ts";
import { grant, spend } from "./budget.ts";
import { inRange, reaches } from "./circumstances.ts";

type AttackIntent = IntentOf<"Attack">;

export interface Plan {
  readonly form: AttackForm;
  readonly cost: Partial<Budget>;
  /** Attacks of the action left after this one; undefined: not an attack of the action. */
  readonly left?: number;
  readonly ranged: boolean;
}

/** Makes one attack. */
export function attackRule(play: Play, intent: AttackIntent): Rejection | undefined {
  const plan = planAttack(play.state, intent);
  if ("code" in plan) return plan;
  spend(play, intent.character, plan.cost);
  if (plan.left) grant(play, intent.character, { attacks: plan.left });
  shoot(play, intent.character, plan);
  resolveAttack(play, { by: intent.character, form: plan.form, target: intent.target });
  return undefined;
}

/** The form and cost of an attack, or why it is refused. Pure: menus ask it too. */
export function planAttack(state: WorldState, intent: AttackIntent): Plan | Rejection {
  const battle = state.battle;
  const by = findCreature(state, intent.character);
  const own = battle?.on[intent.character];
  if (!battle || !by || !own) return reject("combat/bad_target");
  if (!isAble(by)) return reject("combat/incapacitated");
  const refused = refuseTarget(state, by, intent.target);
  if (refused) return refused;
  const feet = creatureDistance(battle, intent.character, intent.target);
  const form = formAt(by, own, intent, feet);
  if ("code" in form) return form;
  if (!creaturesSee(battle, intent.character, intent.target)) return reject("combat/no_line_of_sight");
  return payFor(by, own, intent, { form, feet });
}

/** Why a creature cannot be struck from anywhere, or undefined. */
export function refuseTarget(state: WorldState, by: Creature, id: CreatureId): Rejection | undefined {
  const own = state.battle?.on[by.id];
  const target = findCreature(state, id);
  const other = state.battle?.on[id];
  if (
    !target || !own || !other || other.waiting || other.side === own.side || target.life === "dead" ||
    target.life === "fled"
  ) {
    return reject("combat/bad_target", { target: id });
  }
  if (other.hidden) return reject("combat/no_line_of_sight", { why: "hidden" });
  return causesOf(by, "charmed").includes(id) ? reject("combat/bad_target", { why: "charmed" }) : undefined;
}

/** What was asked for beside the target. */
export type Wish = Pick<AttackIntent, "hand" | "weapon">;

/** The form of an attack on somebody so many feet away. */
export function formAt(by: Creature, own: Combatant, wish: Wish, feet: number): AttackForm | Rejection {
  const form = chooseForm(by, own, wish, feet);
  if ("code" in form || inRange(form, feet)) return form;
  return reject("combat/out_of_range", { feet, reach: form.reach ?? form.range?.[1] ?? 0 });
}

/** The same with what it costs, if ammunition and the turn's budget suffice. */
export function payFor(
  by: Creature,
  own: Combatant,
  wish: Wish,
  { form, feet }: { readonly form: AttackForm; readonly feet: number },
): Plan | Rejection {
  const ranged = !reaches(form, feet);
  if (ranged && form.empty) return reject("combat/no_ammunition");
  const paid = costOf(by, own, wish, form);
  return "code" in paid ? paid : { form, ranged, ...paid };
}

function chooseForm(by: Creature, own: Combatant, wish: Wish, feet: number): AttackForm | Rejection {
  const forms = attackForms(by).filter((form) => (form.offHand === true) === (wish.hand === "off"));
  if (wish.weapon !== undefined) {
    const named = forms.filter((form) => form.item === wish.weapon || form.id === wish.weapon);
    return named.find((form) => inRange(form, feet)) ?? named[0] ??
      reject("combat/no_weapon", { weapon: wish.weapon });
  }
  const next = nextOfMultiattack(by, own);
  const listed = next === undefined ? undefined : forms.find((form) => form.id === next && inRange(form, feet));
  return listed ?? forms.find((form) => inRange(form, feet) && (reaches(form, feet) || !form.empty)) ?? forms[0] ??
    reject("combat/no_weapon");
}

/** An attack already begun goes on; else the action begins one, or the bonus action strikes with the other hand. */
function costOf(
  by: Creature,
  own: Combatant,
  wish: Wish,
  form: AttackForm,
): { readonly cost: Partial<Budget>; readonly left?: number } | Rejection {
  const { budget } = own;
  if (wish.hand === "off") {
    if (!own.attacked) return reject("combat/no_action", { why: "offHand" });
    return budget.bonusAction > 0 ? { cost: { bonusAction: 1 } } : reject("combat/no_bonus_action");
  }
  const sequence = multiattackOf(by);
  const listed = sequence.length > 0 && sequence.includes(form.id);
  if (budget.attacks > 0) {
    return sequence.length === 0 || listed ? { cost: { attacks: 1 } } : reject("combat/already_acted");
  }
  if (budget.action < 1) return reject("combat/no_action");
  return { cost: { action: 1 }, left: listed ? sequence.length - 1 : 0 };
}

function multiattackOf(by: Creature): readonly string[] {
  return by.type === "monster" ? monster(by.monster).multiattack ?? [] : [];
}

function nextOfMultiattack(by: Creature, own: Combatant): string | undefined {
  const sequence = multiattackOf(by);
  return sequence[own.budget.attacks > 0 ? sequence.length - own.budget.attacks : 0];
}

/** One arrow, bolt or thrown weapon less. */
function shoot(play: Play, id: CreatureId, plan: Plan): void {
  const by = play.state.characters[id];
  if (!by || !plan.ranged || plan.form.ammunition === undefined) return;
  const stack = by.pack.find((one) => one.id === plan.form.ammunition);
  if (stack) play.emit({ type: "AmmunitionSpent", creature: id, item: stack.id, left: stack.count - 1 });
}
