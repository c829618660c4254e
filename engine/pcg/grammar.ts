/** Names and lines by grammar: symbols in braces are replaced until none is left (game design 12.2, 12). */
import type { Dice } from "../core/rng.ts";

export type Grammar = Readonly<Record<string, readonly string[]>>;

const SLOT = /\{([a-zA-Z]+)(?:\.([a-z]+))?\}/;
/** No honest rule nests deeper. */
const DEPTH_MAX = 40;

/**
 * Expands a text: `{noun}` draws from the rule `noun`, `{noun.cap}` with a capital. `given` fills slots with known words first. Throws a
 * RangeError when a slot has no rule: an unfilled slot must never reach a player.
 */
export function expand(
  dice: Dice,
  grammar: Grammar,
  text: string,
  given: Readonly<Record<string, string>> = {},
): string {
  let out = text;
  for (let depth = 0; depth < DEPTH_MAX; depth += 1) {
    const slot = SLOT.exec(out);
    if (!slot) return out;
    const [whole, name = "", tag] = slot;
    const known = given[name];
    const rule = grammar[name];
    if (known === undefined && (rule === undefined || rule.length === 0)) {
      throw new RangeError(`Cannot fill text as each slot must have a rule: got {${name}}`);
    }
    const word = known ?? dice.pick(rule ?? []);
    out = out.replace(whole, () => (tag === "cap" ? word.charAt(0).toUpperCase() + word.slice(1) : word));
  }
  throw new RangeError(`Cannot fill text as rules must end: got ${text}`);
}

/** A name no one has yet; after a dozen tries it gets a number rather than none. */
export function freshName(make: () => string, taken: Set<string>): string {
  for (let i = 0; i < 12; i += 1) {
    const name = make();
    if (!taken.has(name)) {
      taken.add(name);
      return name;
    }
  }
  const base = make();
  let number = 2;
  while (taken.has(`${base} ${ROMAN[number] ?? number}`)) number += 1;
  const name = `${base} ${ROMAN[number] ?? number}`;
  taken.add(name);
  return name;
}

const ROMAN: Readonly<Record<number, string>> = { 2: "II", 3: "III", 4: "IV", 5: "V", 6: "VI" };
