/** The class's kit, on the body and in the pack. */
import type { ClassRecord } from "../types/content.ts";
import type { Character, ItemStack } from "../types/creature.ts";
import type { CreatureId, ItemId } from "../types/ids.ts";
import type { Slot } from "../types/names.ts";

/** Ids come from the owner's id, so that no two characters ever hold the same one. */
export function kitOf(
  owner: CreatureId,
  kit: ClassRecord["kit"],
  keepsake: string,
): Pick<Character, "pack" | "worn"> {
  const pack: ItemStack[] = [];
  const worn: Partial<Record<Slot, readonly ItemId[]>> = {};
  for (const { item, count, slot } of [...kit, { item: keepsake, count: 1, slot: undefined }]) {
    const id = `i_${owner.replace(/^c_/, "")}_${pack.length.toString(36)}` as ItemId;
    pack.push({ id, item, count });
    if (slot) worn[slot] = [...(worn[slot] ?? []), id];
  }
  return { pack, worn };
}
