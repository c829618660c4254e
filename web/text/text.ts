import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { BOOK } from "../book.ts";

const BUNDLE = bundleOf(BOOK.texts);

/** Words of a message id in the player's language. A missing one shows its id; a test keeps that from happening. */
export function t(id: string, values?: Readonly<Record<string, FluentVariable>>): string {
  const pattern = BUNDLE.getMessage(id)?.value;
  if (pattern === undefined || pattern === null) return id;
  return BUNDLE.formatPattern(pattern, values ?? null, []);
}

/** Whether the language has words for an id. */
export function hasText(id: string): boolean {
  return BUNDLE.hasMessage(id);
}

/** Reads a Fluent file; throws with every fault in it. */
export function bundleOf(text: string): FluentBundle {
  const bundle = new FluentBundle("en", { useIsolating: false });
  const errors = bundle.addResource(new FluentResource(text));
  if (errors.length > 0) throw new Error(`Cannot read the client's texts: ${errors.map(String).join("; ")}`);
  return bundle;
}

/** Words for an id of a table this build does not know: `chainMail` reads "Chain mail". */
export function wordsOf(id: string): string {
  const words = id.replace(/[-_]/g, " ").replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
