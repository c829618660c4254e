/** Torches and lanterns. */
import { item } from "../content/mod.ts";
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import type { ItemStack } from "../types/creature.ts";
import type { CreatureId, ItemId } from "../types/ids.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";
import { ableParty, lookAround } from "./look.ts";

/** Kept after burning: only what feeds on itself is used up. */
const KEPT = new Set(["lantern"]);

/** Lights a character can reach: in the own pack or in the stash. */
export function lightsOf(state: WorldState, character: CreatureId): readonly ItemStack[] {
  const pack = state.characters[character]?.pack ?? [];
  return [...pack, ...state.party.stash].filter((stack) => item(stack.item).light !== undefined);
}

/** What stops lighting `id`, or putting the light out (`null`). */
export function lightFault(state: WorldState, character: CreatureId, id: ItemId | null): Rejection | undefined {
  if (!ableParty(state).some((one) => one.id === character)) return reject("combat/incapacitated");
  if (id === null) return state.party.light ? undefined : reject("item/none_worn");
  const stack = lightsOf(state, character).find((one) => one.id === id);
  if (!stack) return reject("item/unknown");
  return undefined;
}

/** A new light replaces the old one, which is lost. */
export function light(play: Play, intent: IntentOf<"Light">): Rejection | undefined {
  const fault = lightFault(play.state, intent.character, intent.item);
  if (fault) return fault;
  if (intent.item === null) {
    play.emit({ type: "LightWentOut" });
    return undefined;
  }
  const stack = lightsOf(play.state, intent.character).find((one) => one.id === intent.item);
  const burns = stack ? item(stack.item).light?.seconds : undefined;
  if (!stack || burns === undefined) return reject("item/not_usable");
  play.emit({
    type: "LightLit",
    item: stack.item,
    until: play.state.clock + burns,
    by: intent.character,
    ...(KEPT.has(stack.item) ? {} : { spent: stack.id }),
  });
  lookAround(play);
  return undefined;
}
