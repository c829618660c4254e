/** Names, texts and icons of the content. An id this build does not know is shown as words. */
import { BOOK } from "./book.ts";
import type { ClassEntry, ItemEntry, LineageEntry, SpellEntry } from "./content_book.ts";
import { wordsOf } from "./text/text.ts";

export const ALL_CLASSES: readonly ClassEntry[] = BOOK.classes;
export const ALL_LINEAGES: readonly LineageEntry[] = BOOK.lineages;
export const ALL_BACKGROUNDS = BOOK.backgrounds;

export function spellRecord(id: string): SpellEntry | undefined {
  return Object.hasOwn(BOOK.spells, id) ? BOOK.spells[id] : undefined;
}

export function itemRecord(id: string): ItemEntry | undefined {
  return Object.hasOwn(BOOK.items, id) ? BOOK.items[id] : undefined;
}

export function spellName(id: string): string {
  return spellRecord(id)?.name ?? wordsOf(id);
}

export function itemName(id: string): string {
  return itemRecord(id)?.name ?? wordsOf(id);
}

export function className(id: string): string {
  return BOOK.classes.find((one) => one.id === id)?.name ?? wordsOf(id);
}

export function lineageName(id: string): string {
  return BOOK.lineages.find((one) => one.id === id)?.name ?? wordsOf(id);
}

export function itemNumbers(id: string): string {
  return itemRecord(id)?.numbers ?? "";
}
