import type { ContentBook } from "./content_book.ts";

const EMPTY: ContentBook = { texts: "", items: {}, spells: {}, classes: [], lineages: [], backgrounds: [] };

/** The words and the content the client shows. Fetched once, beside the script and before the first screen; empty where there is no page. */
export const BOOK: ContentBook = await load(globalThis.document);

/** The file is of our own build and address, named by its hash: it is what the build's types say. */
async function load(page: Document | undefined): Promise<ContentBook> {
  const url = page?.querySelector('meta[name="goldbox-content"]')?.getAttribute("content");
  if (url === undefined || url === null) return EMPTY;
  const response = await fetch(url);
  if (!response.ok) throw new Error(`Cannot read the game's words as ${url} answered ${response.status}`);
  return await response.json() as ContentBook;
}
