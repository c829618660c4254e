/** The plain verbs of a turn (SRD 5.1, Actions in Combat; game design 6.2). Each has a pure check that menus ask too. */
import { checkBonus, speedOf } from "../character/mod.ts";
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import {
  addDice,
  endCondition,
  endEffectsWhere,
  hampersChecks,
  hasCondition,
  isAble,
  modifiers,
  stabilise,
} from "../effects/mod.ts";
import { adjacent } from "../grid/mod.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";
import { budgetOf, canSpend, grant, spend } from "./budget.ts";
import { meleeForm } from "./reactions.ts";

/** DC of stopping the bleeding (SRD 5.1, Stabilizing a Creature). */
const BANDAGE_DC = 10;
const KIT = "healersKit";

/** Whether the creature has an action and can take it. */
export function refuseAction(state: WorldState, id: CreatureId): Rejection | undefined {
  const creature = findCreature(state, id);
  if (!creature || !state.battle?.on[id]) return reject("combat/bad_target");
  if (!isAble(creature)) return reject("combat/incapacitated");
  return canSpend(state, id, { action: 1 }) ? undefined : reject("combat/no_action");
}

export function refuseGuard(state: WorldState, id: CreatureId): Rejection | undefined {
  const refused = refuseAction(state, id);
  if (refused) return refused;
  const creature = findCreature(state, id);
  if (!canSpend(state, id, { reaction: 1 })) return reject("combat/no_reaction");
  return creature && meleeForm(creature, true) ? undefined : reject("combat/no_weapon");
}

export function guardRule(play: Play, { character }: IntentOf<"Guard">): Rejection | undefined {
  const refused = refuseGuard(play.state, character);
  if (refused) return refused;
  spend(play, character, { action: 1 });
  play.emit({ type: "MarkSet", creature: character, mark: "guarding", on: true });
  return undefined;
}

export function dashRule(play: Play, { character }: IntentOf<"Dash">): Rejection | undefined {
  const refused = refuseAction(play.state, character);
  if (refused) return refused;
  const creature = findCreature(play.state, character);
  spend(play, character, { action: 1 });
  if (creature) grant(play, character, { movement: Math.max(0, speedOf(creature)) });
  return undefined;
}

export function dodgeRule(play: Play, { character }: IntentOf<"Dodge">): Rejection | undefined {
  const refused = refuseAction(play.state, character);
  if (refused) return refused;
  spend(play, character, { action: 1 });
  play.emit({ type: "MarkSet", creature: character, mark: "dodging", on: true });
  return undefined;
}

export function slipRule(play: Play, { character }: IntentOf<"Slip">): Rejection | undefined {
  const refused = refuseAction(play.state, character);
  if (refused) return refused;
  spend(play, character, { action: 1 });
  play.emit({ type: "MarkSet", creature: character, mark: "slipping", on: true });
  return undefined;
}

/** Help goes to a friend within 5 feet who stands. */
export function refuseHelp(state: WorldState, id: CreatureId, ally: CreatureId): Rejection | undefined {
  const refused = refuseAction(state, id) ?? refuseAlly(state, id, ally);
  if (refused) return refused;
  return findCreature(state, ally)?.life === "up" ? undefined : reject("combat/bad_target", { target: ally });
}

export function helpRule(play: Play, { character, ally }: IntentOf<"Help">): Rejection | undefined {
  const refused = refuseHelp(play.state, character, ally);
  if (refused) return refused;
  spend(play, character, { action: 1 });
  play.emit({ type: "CombatantMarked", creature: ally, helped: character });
  return undefined;
}

export function refuseBandage(state: WorldState, id: CreatureId, ally: CreatureId): Rejection | undefined {
  const refused = refuseAction(state, id) ?? refuseAlly(state, id, ally);
  if (refused) return refused;
  return findCreature(state, ally)?.life === "dying" ? undefined : reject("combat/bad_target", { target: ally });
}

/** A healer's kit always does it; bare hands need a Medicine check. */
export function bandageRule(play: Play, { character, ally }: IntentOf<"Bandage">): Rejection | undefined {
  const refused = refuseBandage(play.state, character, ally);
  if (refused) return refused;
  spend(play, character, { action: 1 });
  if (useKit(play, character, ally)) stabilise(play, ally);
  else if (rollMedicine(play, character)) stabilise(play, ally);
  return undefined;
}

function rollMedicine(play: Play, id: CreatureId): boolean {
  const creature = findCreature(play.state, id);
  if (!creature) return false;
  const dice = play.dice("check");
  const mode = hampersChecks(creature) ? "disadvantage" : "normal";
  const roll = addDice(dice, dice.d20(checkBonus(creature, "medicine"), mode), modifiers(creature, "check").dice);
  const ok = roll.total >= BANDAGE_DC;
  endEffectsWhere(play, id, (one) => one.record.tags.includes("spentOnCheck"), "attack");
  play.emit({ type: "CheckRolled", creature: id, check: "medicine", roll, dc: BANDAGE_DC, ok });
  return ok;
}

function useKit(play: Play, id: CreatureId, target: CreatureId): boolean {
  const kit = play.state.characters[id]?.pack.find((stack) => stack.item === KIT && (stack.charges ?? 1) > 0);
  if (!kit) return false;
  const charges = kit.charges === undefined ? undefined : kit.charges - 1;
  const gone = charges === undefined || charges <= 0;
  play.emit({
    type: "ItemUsed",
    creature: id,
    item: kit.id,
    record: KIT,
    left: gone ? kit.count - 1 : kit.count,
    ...(gone ? {} : { charges }),
    target,
  });
  return true;
}

export function refuseStandUp(state: WorldState, id: CreatureId): Rejection | undefined {
  const creature = findCreature(state, id);
  if (!creature || !isAble(creature)) return reject("combat/incapacitated");
  if (!hasCondition(creature, "prone")) return reject("combat/not_prone");
  const speed = speedOf(creature);
  const cost = Math.floor(speed / 2);
  return speed > 0 && canSpend(state, id, { movement: cost }) ? undefined : reject("combat/no_movement", { cost });
}

/** Standing up costs half the speed (SRD 5.1, Being Prone). */
export function standUpRule(play: Play, { character }: IntentOf<"StandUp">): Rejection | undefined {
  const refused = refuseStandUp(play.state, character);
  if (refused) return refused;
  const creature = findCreature(play.state, character);
  if (creature) spend(play, character, { movement: Math.floor(speedOf(creature) / 2) });
  endCondition(play, character, "prone", "time");
  return undefined;
}

function refuseAlly(state: WorldState, id: CreatureId, ally: CreatureId): Rejection | undefined {
  const own = state.battle?.on[id];
  const other = state.battle?.on[ally];
  if (!own || !other || ally === id || other.waiting || own.side !== other.side) {
    return reject("combat/bad_target", { target: ally });
  }
  return adjacent(own, other) ? undefined : reject("combat/not_adjacent", { target: ally });
}

/** Whether nothing of the turn has been spent, as Delay asks. */
export function isUnspent(state: WorldState, id: CreatureId): boolean {
  const budget = budgetOf(state, id);
  const creature = findCreature(state, id);
  return budget !== undefined && creature !== undefined && budget.action === 1 && budget.bonusAction === 1 &&
    budget.freeHand === 1 && budget.attacks === 0 && budget.movement >= speedOf(creature);
}
