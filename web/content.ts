/** Names, texts and icons of the content. Fetched once, before the first screen; without it ids are shown as words. */
import type { ClassEntry, ContentBook, ItemEntry, LineageEntry, SpellEntry } from "./content_book.ts";
import { wordsOf } from "./text/text.ts";

const EMPTY: ContentBook = { items: {}, spells: {}, classes: [], lineages: [], backgrounds: [] };
const BOOK: ContentBook = await load(globalThis.document);

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

/** The file is of our own build and address, named by its hash: it is what the build's types say. */
async function load(page: Document | undefined): Promise<ContentBook> {
  const url = page?.querySelector('meta[name="goldbox-content"]')?.getAttribute("content");
  if (url === undefined || url === null) return EMPTY;
  const response = await fetch(url);
  return response.ok ? await response.json() as ContentBook : EMPTY;
}
