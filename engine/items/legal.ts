/** Things one may do with things, now. */
import { isWorn } from "../character/mod.ts";
import { item } from "../content/mod.ts";
import { memo2 } from "../core/memo.ts";
import type { LegalList } from "../core/rule.ts";
import type { PlayerIntent } from "../types/command.ts";
import type { Character } from "../types/creature.ts";
import type { CreatureId } from "../types/ids.ts";
import { SLOTS } from "../types/names.ts";
import type { WorldState } from "../types/state.ts";
import { planEquip, planUnequip, slotsFor } from "./equip.ts";
import { cannotHand } from "./hand_over.ts";
import { stacksAt } from "./stacks.ts";
import { planUse } from "./use.ts";

export const itemLegal: LegalList = (state, who) => {
  const character = state.characters[who.creature];
  if (!character || character.seat !== who.seat) return [];
  const { battle } = state;
  if (state.mode === "battle") {
    if (!battle || battle.turn !== character.id || battle.prompt) return [];
    return [...equipping(state, character), ...using(state, character)];
  }
  if (state.mode === "encounter") return [];
  const usable = state.mode === "aftermath" ? [] : using(state, character);
  return [...equipping(state, character), ...usable, ...handing(state, character)];
};

function equipping(state: WorldState, character: Character): readonly PlayerIntent[] {
  const on = character.pack.flatMap((stack): readonly PlayerIntent[] => {
    if (isWorn(character, stack.id)) return [];
    return slotsFor(item(stack.item)).flatMap((slot) =>
      planEquip(state, { character: character.id, item: stack.id, slot }).ok
        ? [{ type: "EquipItem" as const, character: character.id, item: stack.id, slot }]
        : []
    );
  });
  const off = SLOTS.flatMap((slot): readonly PlayerIntent[] =>
    (character.worn[slot] ?? []).flatMap((id) =>
      planUnequip(state, { character: character.id, slot, item: id }).ok
        ? [{ type: "UnequipItem" as const, character: character.id, slot, item: id }]
        : []
    )
  );
  return [...on, ...off];
}

function using(state: WorldState, character: Character): readonly PlayerIntent[] {
  const everyone = [...state.party.order, ...(Object.keys(state.battle?.monsters ?? {}) as CreatureId[])];
  return character.pack.flatMap((stack): readonly PlayerIntent[] => {
    const { use } = item(stack.item);
    if (!use) return [];
    const targets = use.targets === "self" ? [character.id] : everyone;
    return targets.flatMap((target) =>
      "use" in planUse(state, { character: character.id, item: stack.id, target })
        ? [{ type: "UseItem" as const, character: character.id, item: stack.id, target }]
        : []
    );
  });
}

/** What each may give away: it rests on packs and stash alone, so walking about does not ask again. */
const gifts = memo2((_packs: WorldState["characters"], _stash: WorldState["party"]["stash"]) =>
  new Map<CreatureId, readonly PlayerIntent[]>()
);

function handing(state: WorldState, character: Character): readonly PlayerIntent[] {
  const from = character.id;
  const places = [...state.party.order.filter((id) => id !== from), "stash", "ground"] as const;
  const made = gifts(state.characters, state.party.stash);
  const give = made.get(from) ??
    character.pack.flatMap((stack) =>
      places.flatMap((to): readonly PlayerIntent[] =>
        cannotHand(state, { item: stack.id, count: stack.count, from, to })
          ? []
          : [{ type: "GiveItem", character: from, item: stack.id, count: stack.count, to }]
      )
    );
  made.set(from, give);
  const take = (["stash", "ground"] as const).flatMap((place) =>
    stacksAt(state, place).flatMap((stack): readonly PlayerIntent[] =>
      cannotHand(state, { item: stack.id, count: stack.count, from: place, to: from })
        ? []
        : [{ type: "TakeItem", character: from, item: stack.id, count: stack.count, from: place }]
    )
  );
  return [...give, ...take];
}
