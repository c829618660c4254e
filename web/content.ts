/** What the client shows of the content tables: names, texts and icons. No monster is in here: foes come by the view alone. */
import { ARMOUR } from "../engine/content/armour.ts";
import { CANTRIPS } from "../engine/content/cantrips.ts";
import { CLASS_RECORDS } from "../engine/content/classes.ts";
import { GEAR } from "../engine/content/gear.ts";
import { BACKGROUND_RECORDS, LINEAGE_RECORDS } from "../engine/content/lineages.ts";
import { MAGIC_ITEMS } from "../engine/content/magic_items.ts";
import { SPELLS_1 } from "../engine/content/spells_1.ts";
import { SPELLS_2 } from "../engine/content/spells_2.ts";
import { MARTIAL_WEAPONS, SIMPLE_WEAPONS } from "../engine/content/weapons.ts";
import type { ClassRecord, ItemRecord, LineageRecord, SpellRecord } from "../engine/types/content.ts";
import { wordsOf } from "./text/text.ts";

const SPELLS = index([...CANTRIPS, ...SPELLS_1, ...SPELLS_2]);
const ITEMS = index([...SIMPLE_WEAPONS, ...MARTIAL_WEAPONS, ...ARMOUR, ...GEAR, ...MAGIC_ITEMS]);

export const ALL_CLASSES: readonly ClassRecord[] = CLASS_RECORDS;
export const ALL_LINEAGES: readonly LineageRecord[] = LINEAGE_RECORDS;
export const ALL_BACKGROUNDS = BACKGROUND_RECORDS;

export function spellRecord(id: string): SpellRecord | undefined {
  return SPELLS.get(id);
}

export function itemRecord(id: string): ItemRecord | undefined {
  return ITEMS.get(id);
}

export function spellName(id: string): string {
  return SPELLS.get(id)?.name ?? wordsOf(id);
}

export function itemName(id: string): string {
  return ITEMS.get(id)?.name ?? wordsOf(id);
}

export function className(id: string): string {
  return CLASS_RECORDS.find((one) => one.id === id)?.name ?? wordsOf(id);
}

export function lineageName(id: string): string {
  return LINEAGE_RECORDS.find((one) => one.id === id)?.name ?? wordsOf(id);
}

/** The weapon's dice, the armour's class and so on in a few signs, such as "1d8 slashing" or "AC 16". */
export function itemNumbers(id: string): string {
  const record = ITEMS.get(id);
  if (record?.weapon !== undefined) {
    const bonus = record.weapon.bonus === undefined ? "" : ` +${record.weapon.bonus}`;
    return `${record.weapon.dice}${bonus} ${record.weapon.type}`;
  }
  if (record?.armour !== undefined) return `AC ${record.armour.ac + (record.armour.bonus ?? 0)}`;
  if (record?.shield !== undefined) return `AC +${record.shield.ac}`;
  return "";
}

function index<R extends { readonly id: string }>(records: readonly R[]): ReadonlyMap<string, R> {
  return new Map(records.map((record) => [record.id, record]));
}
