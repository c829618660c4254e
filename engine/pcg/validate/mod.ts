/** Validators of game design 12.4: pure functions from a level, or an area, to what is wrong with it. */
import type { Level } from "../../types/area.ts";
import type { Quest } from "../../types/state.ts";
import type { Strength } from "../budget.ts";
import { checkHardness, checkRest, checkTreasure, checkXp } from "./balance.ts";
import type { Fault } from "./fault.ts";
import { checkEdges, checkFloors, checkLinks } from "./ground.ts";
import { checkReferences, checkTexts } from "./references.ts";
import { checkSolvable } from "./solvable.ts";

export type { Fault, ValidatorId } from "./fault.ts";

/** What is wrong with one level by itself. Links and keys are judged once the whole area is there. */
export function validateLevel(level: Level, strength: Strength): readonly Fault[] {
  const input = { level, strength };
  return [checkEdges, checkFloors, checkXp, checkTreasure, checkHardness, checkRest].flatMap((check) => check(input));
}

/** What is wrong with all levels and commissions together. */
export function validateArea(levels: readonly Level[], quests: readonly Quest[]): readonly Fault[] {
  const input = { levels, quests };
  return [checkLinks, checkSolvable, checkReferences, checkTexts].flatMap((check) => check(input));
}
