/** Drinking, throwing, bandaging: what a thing does is run by the same interpreter as spells. */
import { abilityModifier, stackOf } from "../character/mod.ts";
import { item } from "../content/mod.ts";
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import { isAble } from "../effects/mod.ts";
import { creatureDistance, creaturesSee } from "../grid/mod.ts";
import { isKind, runOperations } from "../magic/mod.ts";
import type { ItemRecord } from "../types/content.ts";
import type { Budget, Character, ItemStack } from "../types/creature.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";

type Use = NonNullable<ItemRecord["use"]>;

interface Plan {
  readonly stack: ItemStack;
  readonly use: Use;
  readonly target: CreatureId;
  readonly budget?: Budget;
  readonly charges?: number;
}

export function useItem(play: Play, intent: IntentOf<"UseItem">): Rejection | undefined {
  const plan = planUse(play.state, intent);
  if (!("use" in plan)) return plan;
  const by = play.state.characters[intent.character];
  if (!by) return reject("character/unknown");
  const { stack, use, target } = plan;
  if (plan.budget) play.emit({ type: "BudgetSpent", creature: by.id, budget: plan.budget });
  play.emit({
    type: "ItemUsed",
    creature: by.id,
    item: stack.id,
    record: stack.item,
    left: use.consumed ? stack.count - 1 : stack.count,
    target,
    ...(plan.charges === undefined ? {} : { charges: plan.charges }),
  });
  runOperations(play, {
    by: by.id,
    source: stack.item,
    operations: use.operations,
    targets: [target],
    dc: use.save?.dc ?? burnDc(use),
    ...(use.save ? { save: use.save } : {}),
    ...(use.attack ? { attack: use.attack, attackBonus: abilityModifier(by, "dex") } : {}),
  });
  return undefined;
}

/** SRD 5.1, alchemist's fire: DC 10 to put it out. */
function burnDc(use: Use): number {
  return use.operations.some((one) => one.type === "effect" && one.effect.save) ? 10 : 0;
}

/** What using a thing would take, or why it cannot be used. Changes nothing. */
export function planUse(state: WorldState, intent: Omit<IntentOf<"UseItem">, "type">): Plan | Rejection {
  const by = state.characters[intent.character];
  if (!by) return reject("character/unknown");
  if (!isAble(by)) return reject("combat/incapacitated");
  const stack = stackOf(by, intent.item);
  if (!stack) return reject("item/not_yours");
  const record = item(stack.item);
  const { use } = record;
  if (!use) return reject("item/not_usable");
  const left = use.charges === undefined ? undefined : stack.charges ?? use.charges;
  if (left === 0) return reject("item/not_usable", { charges: 0 });
  const target = intent.target ?? by.id;
  const refused = wrongTarget(state, by, use, target);
  if (refused) return refused;
  const budget = state.battle ? spend(state, by, record, use) : undefined;
  if (budget && "code" in budget) return budget;
  return { stack, use, target, ...(budget ? { budget } : {}), ...(left === undefined ? {} : { charges: left - 1 }) };
}

function wrongTarget(state: WorldState, by: Character, use: Use, id: CreatureId): Rejection | undefined {
  const target = findCreature(state, id);
  if (!target || target.life === "dead" || target.life === "fled") return reject("combat/bad_target");
  const friend = target.type === "character";
  if (use.targets === "self" && id !== by.id) return reject("combat/bad_target");
  if ((use.targets === "ally" && !friend) || (use.targets === "foe" && friend)) return reject("combat/bad_target");
  if (!friend && target.life !== "up") return reject("combat/bad_target");
  if (!isKind(target, use.only)) return reject("combat/bad_target", { only: [...(use.only ?? [])] });
  if (use.operations.every((one) => one.type === "stabilise") && target.life !== "dying") {
    return reject("combat/bad_target");
  }
  const { battle } = state;
  if (!battle || id === by.id) return undefined;
  const placed = battle.on[id];
  if (!placed || placed.waiting) return reject("combat/bad_target");
  if (creatureDistance(battle, by.id, id) > use.range) return reject("combat/out_of_range", { range: use.range });
  return creaturesSee(battle, by.id, id) ? undefined : reject("combat/no_line_of_sight");
}

/** An action, or by fast hands a bonus action for what is no potion, ring or wand (SRD 5.1, Thief). */
function spend(state: WorldState, by: Character, record: ItemRecord, use: Use): Budget | Rejection {
  const budget = state.battle?.on[by.id]?.budget;
  if (!budget) return reject("combat/bad_target");
  const quick = by.features.includes("fastHands") && (record.kind === "gear" || record.kind === "tool");
  if (use.time === "bonusAction" || (quick && budget.bonusAction > 0)) {
    if (budget.bonusAction < 1) return reject("combat/no_bonus_action");
    return { ...budget, bonusAction: budget.bonusAction - 1 };
  }
  if (budget.action < 1) return reject("combat/no_action");
  return { ...budget, action: budget.action - 1 };
}
