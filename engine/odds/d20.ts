/** The d20 against a number (SRD 5.1): advantage, natural 1 and 20, dice added such as bless's. */
import type { RollMode } from "../core/rng.ts";
import { certain, diceOf, type Distribution, plus } from "./distribution.ts";

const FACES: Readonly<Record<RollMode, readonly number[]>> = {
  normal: Array.from({ length: 20 }, () => 20),
  advantage: Array.from({ length: 20 }, (_, i) => 2 * i + 1),
  disadvantage: Array.from({ length: 20 }, (_, i) => 39 - 2 * i),
};

/** Ways of 400 that the die that counts shows each face. */
export function facesOf(mode: RollMode): readonly number[] {
  return FACES[mode];
}

export interface HitOdds {
  /** Chances from 0 to 1; `hit` holds the criticals too. */
  readonly hit: number;
  readonly critical: number;
}

export interface HitInput {
  readonly bonus: number;
  readonly ac: number;
  readonly mode: RollMode;
  readonly dice?: readonly string[];
  /** Lowest face that is a critical hit by itself. */
  readonly criticalOn?: number;
  /** Every hit is a critical: the target lies helpless. */
  readonly finishing?: boolean;
}

/** Chance of an attack: 1 misses, 20 hits and is critical. */
export function hitOdds(input: HitInput): HitOdds {
  if (!input.dice || input.dice.length === 0) return plainOdds(input);
  const extra = sumOf(input.dice);
  const criticalOn = input.criticalOn ?? 20;
  let hit = 0;
  let critical = 0;
  const faces = facesOf(input.mode);
  for (let face = 2; face <= 20; face++) {
    const sure = face >= criticalOn;
    const part = (faces[face - 1] ?? 0) * (sure ? extra.total : waysAtLeast(extra, input.ac - input.bonus - face));
    hit += part;
    if (sure || input.finishing) critical += part;
  }
  const all = 400 * extra.total;
  return { hit: hit / all, critical: critical / all };
}

/** Without dice added it is a matter of the least face that will do. */
function plainOdds({ bonus, ac, mode, criticalOn = 20, finishing }: HitInput): HitOdds {
  const sure = waysFrom(mode, criticalOn);
  const hit = waysFrom(mode, Math.max(2, Math.min(criticalOn, ac - bonus)));
  return { hit: hit / 400, critical: (finishing ? hit : sure) / 400 };
}

/** Ways of 400 that the die shows this face or a higher one. */
function waysFrom(mode: RollMode, face: number): number {
  const above = 21 - Math.max(1, Math.min(21, face));
  if (mode === "normal") return 20 * above;
  return mode === "disadvantage" ? above * above : 400 - (20 - above) ** 2;
}

export interface FailInput {
  readonly bonus: number;
  readonly dc: number;
  readonly mode: RollMode;
  readonly dice?: readonly string[];
  readonly fails?: boolean;
}

/** Chance that a save fails. Natural 1 and 20 are nothing special here. */
export function failOdds(input: FailInput): number {
  if (input.fails) return 1;
  const extra = sumOf(input.dice);
  let held = 0;
  const faces = facesOf(input.mode);
  for (let face = 1; face <= 20; face++) {
    held += (faces[face - 1] ?? 0) * waysAtLeast(extra, input.dc - input.bonus - face);
  }
  return 1 - held / (400 * extra.total);
}

function sumOf(dice: readonly string[] | undefined): Distribution {
  if (!dice || dice.length === 0) return certain(0);
  return dice.map((one) => diceOf(one)).reduce(plus);
}

function waysAtLeast(a: Distribution, value: number): number {
  let ways = 0;
  for (let i = Math.max(0, value - a.least); i < a.weights.length; i++) ways += a.weights[i] ?? 0;
  return ways;
}
