import { rngAt } from "../engine/core/rng.ts";
import { sipHash128 } from "../engine/core/siphash.ts";

/**
 * The dice at a place in a world's chance, as `docs/DICE.md` derives them: the stream's first state, then a roll of each
 * notation (`1d20`, `2d6+3`) in turn. Throws a RangeError for a seed that is not 32 hex digits, or no notation.
 */
export function rollLines(seed: string, path: string, notations: readonly string[]): readonly string[] {
  const state = sipHash128(seed, path).map((word) => (word >>> 0).toString(16).padStart(8, "0"));
  const dice = rngAt(seed, path).dice();
  return [
    `state ${state.slice(0, 2).join("")} ${state.slice(2).join("")}`,
    ...notations.map((notation) => {
      const { rolls, total } = dice.roll(notation);
      return `${notation} ${rolls.join(" ")} = ${total}`;
    }),
  ];
}
