/** What can be carried (SRD 5.1, Lifting and Carrying), in tenths of a pound. */
import { carryingCapacity } from "../character/mod.ts";
import { item } from "../content/mod.ts";
import { memo } from "../core/memo.ts";
import type { Character, ItemStack } from "../types/creature.ts";

/** Stacks the party's stash holds. */
export const STASH_SIZE = 60;

export const weightOf: (stacks: readonly ItemStack[]) => number = memo((stacks: readonly ItemStack[]) =>
  stacks.reduce((sum, one) => sum + item(one.item).weight * one.count, 0)
);

/** Whether `count` more of a thing can be shouldered. */
export function canCarry(character: Character, kind: string, count: number): boolean {
  return weightOf(character.pack) + item(kind).weight * count <= carryingCapacity(character);
}
