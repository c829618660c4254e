import { ABILITIES, type Ability, type Scores } from "../../engine/types/names.ts";
import type { ClassEntry } from "../content_book.ts";

export const STANDARD: readonly number[] = [15, 14, 13, 12, 10, 8];
export const POINTS = 27;
const COST: Readonly<Record<number, number>> = { 8: 0, 9: 1, 10: 2, 11: 3, 12: 4, 13: 5, 14: 7, 15: 9 };

/** The draft of a character; nothing in it is a rule, the server decides. */
export interface Draft {
  readonly name: string;
  readonly class: string;
  readonly lineage: string;
  readonly background: string;
  readonly method: "roll" | "standard" | "pointbuy";
  readonly set: number;
  readonly scores: Scores;
  readonly skills: readonly string[];
  readonly icon: string;
  readonly colours: readonly [string, string];
}

/** Places the highest value on the class's first score and so on. */
export function arrange(values: readonly number[], classEntry: Pick<ClassEntry, "arrange"> | undefined): Scores {
  const order = classEntry?.arrange ?? ABILITIES;
  const sorted = values.toSorted((a, b) => b - a);
  const scores: Record<Ability, number> = { str: 8, dex: 8, con: 8, int: 8, wis: 8, cha: 8 };
  order.forEach((ability, place) => scores[ability] = sorted[place] ?? 8);
  return scores;
}

/** A usual spread of 27 points for a class: 15, 15, 13, 10, 8, 8 along its order. */
export function arrangePoints(classEntry: Pick<ClassEntry, "arrange"> | undefined): Scores {
  return arrange([15, 15, 13, 10, 8, 8], classEntry);
}

export function pointsSpent(scores: Scores): number {
  return ABILITIES.reduce((sum, ability) => sum + (COST[scores[ability]] ?? 99), 0);
}

/** Abilities from the highest value down: how `standard` and `roll` say who gets what. */
export function assignment(scores: Scores): readonly Ability[] {
  return ABILITIES.toSorted((a, b) => scores[b] - scores[a]);
}

/** Puts `value` on `ability`, and what stood there on the ability that had the value. */
export function swapScore(scores: Scores, ability: Ability, value: number): Scores {
  const other = ABILITIES.find((one) => one !== ability && scores[one] === value);
  if (other === undefined) return scores;
  return { ...scores, [ability]: value, [other]: scores[ability] };
}

/** Every fault of a draft at once, as message ids: the draft itself is kept. */
export function faultsOf(
  draft: Draft,
  rolls: readonly (readonly number[])[],
  skillsToChoose: number,
): readonly string[] {
  const faults: string[] = [];
  const name = draft.name.normalize("NFC").trim();
  if (name === "") faults.push("fault-no-name");
  else if (!/^[\p{L}\p{M}\p{N} '’-]{1,24}$/u.test(name)) faults.push("fault-bad-name");
  if (draft.method === "pointbuy" && pointsSpent(draft.scores) > POINTS) faults.push("fault-points");
  if (draft.method === "roll" && rolls[draft.set] === undefined) faults.push("fault-not-rolled");
  if (draft.skills.length > skillsToChoose) faults.push("fault-skills");
  return faults;
}
