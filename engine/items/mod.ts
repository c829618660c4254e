/** Things: worn, used, handed over. */
import type { RuleTable } from "../core/rule.ts";
import { equip, unequip } from "./equip.ts";
import { give, take } from "./hand_over.ts";
import { useItem } from "./use.ts";

export { itemFold } from "./fold.ts";
export { itemLegal } from "./legal.ts";
export { canCarry, STASH_SIZE, weightOf } from "./weight.ts";

const PEACE = ["explore", "camp", "aftermath"] as const;

/** Gear, budgets and turns; other people's fights and steps do not matter to it. */
function relies(event: { readonly type: string }): boolean {
  return event.type.startsWith("Item") || event.type.startsWith("Turn") || event.type.startsWith("Combat") ||
    event.type === "BudgetSpent" || event.type === "LootGiven" || event.type === "LifeChanged";
}

export const itemRules: RuleTable<"EquipItem" | "UnequipItem" | "GiveItem" | "TakeItem" | "UseItem"> = {
  EquipItem: { who: "own", modes: [...PEACE, "battle"], onTurn: true, decide: equip, relies },
  UnequipItem: { who: "own", modes: [...PEACE, "battle"], onTurn: true, decide: unequip, relies },
  GiveItem: { who: "own", modes: PEACE, decide: give, relies },
  TakeItem: { who: "own", modes: PEACE, decide: take, relies },
  UseItem: { who: "own", modes: ["explore", "camp", "battle"], onTurn: true, decide: useItem },
};
