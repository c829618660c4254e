/** Encounter budgets per character: low, moderate, high (SRD 5.2.1, XP budget per character). */
import type { WorldOptions } from "../types/state.ts";

export type Hardness = "low" | "moderate" | "high";

const PER_CHARACTER: readonly (readonly [low: number, moderate: number, high: number])[] = [
  [50, 75, 100],
  [100, 150, 200],
  [150, 225, 400],
  [250, 375, 500],
  [500, 750, 1_100],
  [600, 1_000, 1_400],
  [750, 1_300, 1_700],
  [1_000, 1_700, 2_100],
  [1_300, 2_000, 2_600],
  [1_600, 2_300, 3_100],
];

/** Percent of the budget by the world's difficulty (game design 12.1). */
const DIFFICULTY: Readonly<Record<WorldOptions["difficulty"], number>> = { story: 75, normal: 100, hard: 125 };

export interface Strength {
  readonly partySize: number;
  readonly partyLevel: number;
  readonly difficulty: WorldOptions["difficulty"];
}

/** XP one encounter of that hardness may be worth. Throws a RangeError outside levels 1-10. */
export function budgetOf(hardness: Hardness, strength: Strength): number {
  const row = PER_CHARACTER[strength.partyLevel - 1];
  if (!row) throw new RangeError(`Cannot budget as the party level must be 1-10: got ${strength.partyLevel}`);
  const [low, moderate, high] = row;
  const each = hardness === "low" ? low : hardness === "moderate" ? moderate : high;
  return Math.floor((each * strength.partySize * DIFFICULTY[strength.difficulty]) / 100);
}

/** Copper of treasure that goes with so much XP at levels 1-4: 0.6 gold pieces each (game design 12.2, 7). */
export function treasureFor(xp: number): number {
  return xp * 60;
}

/** XP of a whole level: eight fights, most of them low, two moderate, and a boss just under high (game design 12.2, 6). */
export function areaBudget(strength: Strength): number {
  const low = budgetOf("low", strength) * 425;
  const moderate = budgetOf("moderate", strength) * 165;
  const high = budgetOf("high", strength) * 82;
  return Math.floor((low + moderate + high) / 100);
}
