/** Counting the uses of limited features. */
import type { Play } from "../core/play.ts";
import { reject } from "../core/rule.ts";
import type { Character, Creature } from "../types/creature.ts";
import type { EventOf } from "../types/event.ts";
import type { CreatureId } from "../types/ids.ts";
import type { ClassId } from "../types/names.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";
import { creatureDistance } from "../grid/mod.ts";

export function usesOf(creature: Creature, feature: string): number {
  return creature.used[feature] ?? 0;
}

/** Refuses once the uses are gone. */
export function spent(creature: Creature, feature: string, most: number): Rejection | undefined {
  return usesOf(creature, feature) >= most ? reject("character/feature_spent", { feature }) : undefined;
}

/** Says that it was used, `by` more times or points. */
export function noteUse(
  play: Play,
  creature: Creature,
  feature: string,
  more: { readonly by?: number } & Pick<Partial<EventOf<"FeatureUsed">>, "target" | "roll" | "slots"> = {},
): void {
  const { by, ...rest } = more;
  play.emit({
    type: "FeatureUsed",
    creature: creature.id,
    feature,
    used: usesOf(creature, feature) + (by ?? 1),
    ...rest,
  });
}

export function classLevel(character: Character, id: ClassId): number {
  return character.classes.find((one) => one.id === id)?.level ?? 0;
}

/** Whether a friend can be touched: itself, anyone of the party in peace, within 5 feet in battle. */
export function canTouch(state: WorldState, by: CreatureId, target: CreatureId): boolean {
  const { battle } = state;
  if (!battle) return state.characters[target] !== undefined;
  const one = battle.on[by];
  const other = battle.on[target];
  return one !== undefined && other !== undefined && one.side === other.side && !other.waiting &&
    (by === target || creatureDistance(battle, by, target) <= 5);
}

/** The creature's own side that is still there, itself included. */
export function friendsOf(state: WorldState, id: CreatureId): readonly CreatureId[] {
  const { battle } = state;
  if (!battle) return state.party.order.filter((one) => state.characters[one] !== undefined);
  const side = battle.on[id]?.side;
  return battle.order.filter((one) => battle.on[one]?.side === side && battle.on[one]?.waiting === false);
}
