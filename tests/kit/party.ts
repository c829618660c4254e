/** A party of the six classes by standard array, made by the rules themselves. */
import { createCharacter } from "../../engine/mod.ts";
import type { Character } from "../../engine/types/creature.ts";
import type { AccountId, CreatureId } from "../../engine/types/ids.ts";
import { CLASSES, LINEAGES } from "../../engine/types/names.ts";

/** `size` characters, 1-6: fighter, mage, cleric, thief, ranger, paladin, of changing lineages. */
export function standardParty(size: number, shift = 0): readonly Character[] {
  return CLASSES.slice(0, size).map((id, i) => {
    const made = createCharacter({
      intent: {
        name: `${id[0]?.toUpperCase()}${id.slice(1)}`,
        class: id,
        lineage: LINEAGES[(i + shift) % LINEAGES.length] ?? "human",
        background: "sellsword",
        method: "standard",
      },
      id: `c_${id}` as CreatureId,
      account: "a_1" as AccountId,
      rolls: [],
    });
    if (!made.ok) throw new Error(`No ${id}: ${JSON.stringify(made.rejection)}`);
    return made.character;
  });
}
