/** Look-ups of the content tables. An unknown id throws a RangeError: ids come from our own tables and stored events only. */
import type {
  BackgroundRecord,
  ClassRecord,
  ItemRecord,
  LineageRecord,
  MonsterRecord,
  SpellRecord,
} from "../types/content.ts";
import type { BackgroundId, ClassId, LineageId } from "../types/names.ts";
import { ARMOUR } from "./armour.ts";
import { CANTRIPS } from "./cantrips.ts";
import { CLASS_RECORDS } from "./classes.ts";
import { GEAR } from "./gear.ts";
import { BACKGROUND_RECORDS, LINEAGE_RECORDS } from "./lineages.ts";
import { MAGIC_ITEMS } from "./magic_items.ts";
import { MONSTER_RECORDS } from "./monsters.ts";
import { SPELLS_1 } from "./spells_1.ts";
import { SPELLS_2 } from "./spells_2.ts";
import { MARTIAL_WEAPONS, SIMPLE_WEAPONS } from "./weapons.ts";

type Table<R> = Readonly<Record<string, R>>;

function table<R extends { readonly id: string }>(records: readonly R[]): Table<R> {
  return Object.fromEntries(records.map((record) => [record.id, record]));
}

function find<R>(records: Table<R>, what: string, id: string): R {
  const record = Object.hasOwn(records, id) ? records[id] : undefined;
  if (record === undefined) throw new RangeError(`Cannot find ${what} as the id must be in the tables: got ${id}`);
  return record;
}

export const MONSTERS: Table<MonsterRecord> = table(MONSTER_RECORDS);
export const SPELLS: Table<SpellRecord> = table([...CANTRIPS, ...SPELLS_1, ...SPELLS_2]);
export const ITEMS: Table<ItemRecord> = table([
  ...SIMPLE_WEAPONS,
  ...MARTIAL_WEAPONS,
  ...ARMOUR,
  ...GEAR,
  ...MAGIC_ITEMS,
]);
export const CLASS_TABLE: Table<ClassRecord> = table(CLASS_RECORDS);
export const LINEAGE_TABLE: Table<LineageRecord> = table(LINEAGE_RECORDS);
export const BACKGROUND_TABLE: Table<BackgroundRecord> = table(BACKGROUND_RECORDS);

export function monster(id: string): MonsterRecord {
  return find(MONSTERS, "a monster", id);
}

export function spell(id: string): SpellRecord {
  return find(SPELLS, "a spell", id);
}

/** Whether a spell of that id exists; for ids that come from callers. */
export function hasSpell(id: string): boolean {
  return Object.hasOwn(SPELLS, id);
}

export function item(id: string): ItemRecord {
  return find(ITEMS, "an item", id);
}

export function classOf(id: ClassId): ClassRecord {
  return find(CLASS_TABLE, "a class", id);
}

export function lineage(id: LineageId): LineageRecord {
  return find(LINEAGE_TABLE, "a lineage", id);
}

export function background(id: BackgroundId): BackgroundRecord {
  return find(BACKGROUND_TABLE, "a background", id);
}
