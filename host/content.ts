/** What may be shown of the content tables. Doors read them here, so that they need to know no engine. */
import { SPELLS } from "../engine/content/mod.ts";
import type { SpellRecord } from "../engine/types/content.ts";

/** All spells by level, then name. */
export function spellRecords(): readonly SpellRecord[] {
  return Object.values(SPELLS).toSorted((a, b) => a.level - b.level || (a.name < b.name ? -1 : 1));
}

/** One spell; undefined when there is none of that id. */
export function spellRecord(id: string): SpellRecord | undefined {
  return Object.hasOwn(SPELLS, id) ? SPELLS[id] : undefined;
}
