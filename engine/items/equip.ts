/** Putting things on and taking them off. In battle a weapon swap is free once a turn, a shield costs the action, armour has to wait. */
import { isProficient, isWorn, stackOf, wornIn } from "../character/mod.ts";
import { item } from "../content/mod.ts";
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import { isAble } from "../effects/mod.ts";
import type { ItemRecord } from "../types/content.ts";
import type { Budget, Character } from "../types/creature.ts";
import type { ItemId } from "../types/ids.ts";
import type { Slot } from "../types/names.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";

/** What a change of gear does: things taken off first, then one put on, and what is left of the turn. */
interface Change {
  readonly off: readonly { readonly item: ItemId; readonly slot: Slot }[];
  readonly on?: { readonly item: ItemId; readonly slot: Slot };
  readonly budget?: Budget;
}

type Plan = { readonly ok: true; readonly change: Change } | { readonly ok: false; readonly why: Rejection };

function refuse(code: Rejection["code"], details?: Rejection["details"]): Plan {
  return { ok: false, why: reject(code, details) };
}

export function equip(play: Play, intent: IntentOf<"EquipItem">): Rejection | undefined {
  return carryOut(play, intent.character, planEquip(play.state, intent));
}

export function unequip(play: Play, intent: IntentOf<"UnequipItem">): Rejection | undefined {
  return carryOut(play, intent.character, planUnequip(play.state, intent));
}

function carryOut(play: Play, character: Character["id"], plan: Plan): Rejection | undefined {
  if (!plan.ok) return plan.why;
  const { off, on, budget } = plan.change;
  if (budget) play.emit({ type: "BudgetSpent", creature: character, budget });
  for (const one of off) play.emit({ type: "ItemUnequipped", character, ...one });
  if (on) play.emit({ type: "ItemEquipped", character, ...on });
  return undefined;
}

/** Slots a thing may go to: its own, and the second hand for a weapon that needs only one. */
export function slotsFor(record: ItemRecord): readonly Slot[] {
  if (!record.slot) return [];
  if (record.weapon) {
    return record.weapon.properties.includes("twoHanded") ? ["weaponMain"] : ["weaponMain", "weaponOff"];
  }
  return [record.slot];
}

/** Whether `character` may put the thing on now, and what that takes. Changes nothing. */
export function planEquip(state: WorldState, intent: Omit<IntentOf<"EquipItem">, "type">): Plan {
  const character = state.characters[intent.character];
  if (!character) return refuse("character/unknown");
  if (!isAble(character)) return refuse("combat/incapacitated");
  const stack = stackOf(character, intent.item);
  if (!stack) return refuse("item/not_yours");
  const record = item(stack.item);
  const { slot } = intent;
  const slots = slotsFor(record);
  if (!slots.includes(slot)) return refuse("item/wrong_slot", { slots: [...slots] });
  if ((character.worn[slot] ?? []).includes(stack.id)) return refuse("item/wrong_slot", { slot });
  if ((record.armour || record.shield) && !isProficient(character, record)) return refuse("item/not_proficient");
  const main = wornIn(character, "weaponMain")[0];
  if (slot === "weaponOff" && main && main.stack.id !== stack.id && isTwoHanded(main.record)) {
    return refuse("item/no_hands", { held: main.record.name });
  }
  const off = [
    ...(slot === "rings" ? (character.worn.rings ?? []).slice(0, -1) : character.worn[slot] ?? [])
      .map((id) => ({ item: id, slot })),
    ...(isTwoHanded(record)
      ? (character.worn.weaponOff ?? []).map((id) => ({ item: id, slot: "weaponOff" as const }))
      : []),
  ].filter((one) => one.item !== stack.id);
  const touched = [record, ...off.map((one) => recordOf(character, one.item))];
  return paid(state, character, touched, { off, on: { item: stack.id, slot } });
}

export function planUnequip(state: WorldState, intent: Omit<IntentOf<"UnequipItem">, "type">): Plan {
  const character = state.characters[intent.character];
  if (!character) return refuse("character/unknown");
  if (!isAble(character)) return refuse("combat/incapacitated");
  const worn = character.worn[intent.slot] ?? [];
  const id = intent.item ?? worn.at(-1);
  if (id === undefined || !worn.includes(id) || !isWorn(character, id)) {
    return refuse("item/none_worn", { slot: intent.slot });
  }
  return paid(state, character, [recordOf(character, id)], { off: [{ item: id, slot: intent.slot }] });
}

function recordOf(character: Character, id: ItemId): ItemRecord | undefined {
  const stack = stackOf(character, id);
  return stack ? item(stack.item) : undefined;
}

function isTwoHanded(record: ItemRecord): boolean {
  return record.weapon?.properties.includes("twoHanded") ?? false;
}

/** SRD 5.1: a shield takes an action to don or doff, armour takes minutes; drawing or stowing a weapon is the turn's free hand. */
function paid(
  state: WorldState,
  character: Character,
  touched: readonly (ItemRecord | undefined)[],
  change: Change,
): Plan {
  const budget = state.battle?.on[character.id]?.budget;
  if (!state.battle || !budget) return { ok: true, change };
  if (touched.some((one) => one && !one.weapon && !one.shield)) return refuse("item/in_battle");
  if (touched.some((one) => one?.shield)) {
    if (budget.action < 1) return refuse("combat/no_action");
    return { ok: true, change: { ...change, budget: { ...budget, action: budget.action - 1 } } };
  }
  if (budget.freeHand < 1) return refuse("combat/already_acted", { what: "freeHand" });
  return { ok: true, change: { ...change, budget: { ...budget, freeHand: budget.freeHand - 1 } } };
}
