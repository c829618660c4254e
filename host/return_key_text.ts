/**
 * How a return key is written: 140 random bits in Crockford's base 32, which leaves out I, L, O and U, in seven groups of
 * four, e.g. `7QM2-XV0K-…`. Hand and eye may take liberties that {@link readReturnKey} takes back.
 */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUPS = 7;
const GROUP = 4;

/** A new key as it is shown. */
export function newReturnKey(randomBytes: (count: number) => Uint8Array): string {
  // 32 letters divide the 256 values of a byte evenly, so each is as likely as the others.
  const text = Array.from(randomBytes(GROUPS * GROUP), (byte) => LETTERS[byte % LETTERS.length] ?? "").join("");
  return Array.from({ length: GROUPS }, (_, group) => text.slice(group * GROUP, (group + 1) * GROUP)).join("-");
}

/**
 * The letters of a key as somebody typed it: any case, any spaces and hyphens, O for 0, I and L for 1. Undefined when it
 * can be no key.
 */
export function readReturnKey(typed: string): string | undefined {
  const text = typed.replaceAll(/[\s\p{Pd}]/gu, "").toUpperCase().replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return text.length === GROUPS * GROUP && [...text].every((letter) => LETTERS.includes(letter)) ? text : undefined;
}
