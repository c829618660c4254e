/** Three ways to six scores (game design 5, D8). All are before lineage bonuses; none favours a class. */
import { classOf } from "../content/mod.ts";
import type { Rng } from "../core/rng.ts";
import { reject } from "../core/rule.ts";
import { ABILITIES, type Ability, type ClassId, type CreationMethod, type Scores } from "../types/names.ts";
import type { Rejection } from "../types/rejection.ts";

export const STANDARD_ARRAY: readonly number[] = [15, 14, 13, 12, 10, 8];
export const POINTS = 27;
const COST: Readonly<Record<number, number>> = { 8: 0, 9: 1, 10: 2, 11: 3, 12: 4, 13: 5, 14: 7, 15: 9 };

/** 4d6, the lowest dropped, six times; highest first. Each is 3-18. */
export function rollScores(rng: Rng): readonly number[] {
  const dice = rng.dice();
  const one = () => {
    const rolls = [...dice.roll("4d6").rolls].sort((a, b) => b - a);
    return rolls.slice(0, 3).reduce((sum, pips) => sum + pips, 0);
  };
  return Array.from({ length: 6 }, one).sort((a, b) => b - a);
}

/** Points six bought scores cost; undefined when one of them is not for sale. */
export function pointCost(scores: Scores): number | undefined {
  let sum = 0;
  for (const ability of ABILITIES) {
    const cost = COST[scores[ability]];
    if (cost === undefined) return undefined;
    sum += cost;
  }
  return sum;
}

interface Wanted {
  readonly class: ClassId;
  readonly method: CreationMethod;
  readonly assign?: readonly Ability[];
  readonly set?: number;
  readonly scores?: Scores;
}

export function startingScores(wanted: Wanted, rolls: readonly (readonly number[])[]): Scores | Rejection {
  switch (wanted.method) {
    case "standard":
      return assigned(STANDARD_ARRAY, wanted);
    case "roll": {
      const set = rolls[wanted.set ?? rolls.length - 1];
      return set ? assigned(set, wanted) : reject("character/no_rolls", { sets: rolls.length });
    }
    case "pointbuy":
      return bought(wanted.scores);
  }
}

function assigned(values: readonly number[], wanted: Wanted): Scores | Rejection {
  const order = wanted.assign ?? classOf(wanted.class).arrange;
  const sorted = [...values].sort((a, b) => b - a);
  if (order.length !== 6 || new Set(order).size !== 6) return reject("character/bad_scores", { needed: 6 });
  const at = (ability: Ability) => sorted[order.indexOf(ability)] ?? 8;
  return { str: at("str"), dex: at("dex"), con: at("con"), int: at("int"), wis: at("wis"), cha: at("cha") };
}

function bought(scores: Scores | undefined): Scores | Rejection {
  if (!scores) return reject("character/bad_scores", { needed: 6 });
  const cost = pointCost(scores);
  if (cost === undefined) return reject("character/bad_scores", { least: 8, most: 15 });
  return cost <= POINTS ? scores : reject("character/bad_scores", { cost, points: POINTS });
}
