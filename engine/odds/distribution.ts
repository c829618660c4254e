/** Exact distributions of dice: whole-number weights over whole numbers, added by convolution. Nothing is rolled. */
import { memoText } from "../core/memo.ts";
import { parseDice } from "../core/rng.ts";

/** `weights[i]` ways of `least + i` out of `total`; all whole numbers. */
export interface Distribution {
  readonly least: number;
  readonly weights: readonly number[];
  readonly total: number;
}

/** Always this number. */
export function certain(value: number): Distribution {
  return { least: value, weights: [1], total: 1 };
}

/** One fair die. */
export function die(sides: number): Distribution {
  return { least: 1, weights: Array.from({ length: sides }, () => 1), total: sides };
}

/** Sum of two independent ones. */
export function plus(a: Distribution, b: Distribution): Distribution {
  if (b.weights.length === 1 && b.total === 1) return shifted(a, b.least);
  const weights = new Array<number>(a.weights.length + b.weights.length - 1).fill(0);
  for (let i = 0; i < a.weights.length; i++) {
    const one = a.weights[i] ?? 0;
    if (one === 0) continue;
    for (let j = 0; j < b.weights.length; j++) weights[i + j] = (weights[i + j] ?? 0) + one * (b.weights[j] ?? 0);
  }
  return { least: a.least + b.least, weights, total: a.total * b.total };
}

export function shifted(a: Distribution, by: number): Distribution {
  return by === 0 ? a : { ...a, least: a.least + by };
}

/** Each value sent somewhere else, e.g. halved. */
export function mapped(a: Distribution, change: (value: number) => number): Distribution {
  const sums = new Map<number, number>();
  for (const [i, weight] of a.weights.entries()) {
    const value = change(a.least + i);
    sums.set(value, (sums.get(value) ?? 0) + weight);
  }
  const least = Math.min(...sums.keys());
  const most = Math.max(...sums.keys());
  const weights = Array.from({ length: most - least + 1 }, (_, i) => sums.get(least + i) ?? 0);
  return { least, weights, total: a.total };
}

/** Distribution of a notation such as `2d6+3`; `-1d4` counts down. */
export function diceOf(notation: string, bonus = 0): Distribution {
  return shifted(plainDice(notation), bonus);
}

const plainDice: (notation: string) => Distribution = memoText((notation) => {
  const minus = notation.startsWith("-");
  const parts = parseDice(minus ? notation.slice(1) : notation);
  let sum = certain(parts.bonus);
  for (let i = 0; i < parts.count; i++) sum = plus(sum, die(parts.sides));
  return minus ? mapped(sum, (value) => -value) : sum;
});

/** The least value with any weight. */
export function leastOf(a: Distribution): number {
  return a.least + Math.max(0, a.weights.findIndex((weight) => weight > 0));
}

export function mostOf(a: Distribution): number {
  return a.least + a.weights.findLastIndex((weight) => weight > 0);
}

export function meanOf(a: Distribution): number {
  let sum = 0;
  for (let i = 0; i < a.weights.length; i++) sum += (a.least + i) * (a.weights[i] ?? 0);
  return sum / a.total;
}

/** Chance of a value or more, 0-1. */
export function atLeast(a: Distribution, value: number): number {
  let ways = 0;
  for (let i = Math.max(0, value - a.least); i < a.weights.length; i++) ways += a.weights[i] ?? 0;
  return ways / a.total;
}
