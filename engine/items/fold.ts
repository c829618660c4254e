/** Folding of what happens to things. */
import { type Fold, withCharacter } from "../core/fold.ts";
import type { WorldState } from "../types/state.ts";
import type { EventOf } from "../types/event.ts";
import { addStack, keepWorn, setCount, stacksAt } from "./stacks.ts";

export const itemFold: Fold<
  "ItemEquipped" | "ItemUnequipped" | "ItemMoved" | "ItemsGained" | "PurseChanged" | "ItemUsed" | "AmmunitionSpent"
> = {
  ItemEquipped: (state, event) =>
    withCharacter(state, event.character, (one) => {
      if (!one.pack.some((stack) => stack.id === event.item)) return one;
      const kept = keepWorn(one, (id) => id !== event.item);
      return { ...one, worn: { ...kept, [event.slot]: [...(kept[event.slot] ?? []), event.item] } };
    }),
  ItemUnequipped: (state, event) =>
    withCharacter(state, event.character, (one) => ({
      ...one,
      worn: keepWorn(one, (id, slot) => id !== event.item || slot !== event.slot),
    })),
  ItemMoved(state, event) {
    const source = stacksAt(state, event.from).find((one) => one.id === event.item);
    if (!source || source.count < event.count) return state;
    const left = setCount(state, event.from, event.item, source.count - event.count);
    return addStack(left, event.to, event.stack, event.into);
  },
  ItemsGained: (state, event) => event.items.reduce((next, stack) => addStack(next, event.to, stack), state),
  PurseChanged: (state, event) => ({ ...state, party: { ...state.party, purse: event.purse } }),
  ItemUsed: (state, event) =>
    withCharacter(setCount(state, event.creature, event.item, event.left), event.creature, (one) => {
      const { charges } = event;
      if (charges === undefined) return one;
      return { ...one, pack: one.pack.map((stack) => (stack.id === event.item ? { ...stack, charges } : stack)) };
    }),
  AmmunitionSpent: (state, event) => setCount(noteSpent(state, event), event.creature, event.item, event.left),
};

function noteSpent(state: WorldState, event: EventOf<"AmmunitionSpent">): WorldState {
  const { battle } = state;
  const stack = stacksAt(state, event.creature).find((one) => one.id === event.item);
  if (!battle || !stack) return state;
  const before = battle.spent?.[event.item]?.count ?? 0;
  const spent = {
    ...battle.spent,
    [event.item]: { by: event.creature, item: stack.item, count: before + stack.count - event.left },
  };
  return { ...state, battle: { ...battle, spent } };
}
