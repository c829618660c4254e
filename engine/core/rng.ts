/** Streams of chance: keyed by path, forked by purpose, so that a new draw in one place never shifts another. */
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { Roll } from "../types/event.ts";
import { memoText } from "./memo.ts";
import { sipHash128 } from "./siphash.ts";

export type RollMode = "normal" | "advantage" | "disadvantage";

/** Dice over one stream. Every number drawn is returned, so that events can carry it. */
export interface Dice {
  /** Whole number from `low` to `high`, both included, without bias (rejection sampling). */
  int(low: number, high: number): number;
  /** Rolls a notation such as `2d6+3`, `d20`, `1d8-1` or `4`. */
  roll(notation: string, bonus?: number): Roll;
  /** One d20 plus `bonus`; two dice under advantage or disadvantage, both kept in `rolls`. */
  d20(bonus: number, mode?: RollMode): Roll;
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** One of a list by whole-number weights. */
  weighted<T>(list: readonly (readonly [T, number])[]): T;
  /** A shuffled copy. */
  shuffle<T>(list: readonly T[]): readonly T[];
}

/** A keyed place in the tree of streams. */
export interface Rng {
  /** The stream of one purpose, e.g. `rng.fork("loot")`. The same path gives the same stream. */
  fork(purpose: string): Rng;
  /** Dice of this place; asking again starts the stream anew. */
  dice(): Dice;
}

/** The root of a command's chance: seed, epoch and log number of the entry it becomes. */
export function commandRng(seed: string, epoch: number, n: number): Rng {
  return rngAt(seed, `command/${epoch}/${n}`);
}

/** The stream at a path, e.g. `area/l_1/rooms/0` (game design 12.1). */
export function rngAt(seed: string, path: string): Rng {
  return { fork: (purpose) => rngAt(seed, `${path}/${purpose}`), dice: () => createDice(() => sipHash128(seed, path)) };
}

const NOTATION = /^(?:(\d{0,3})d(\d{1,4}))?(?:([+-]?)(\d{1,4}))?$/;

/** Parts of a notation: `{count: 2, sides: 6, bonus: 3}` for `2d6+3`. Throws a RangeError on anything else. */
export const parseDice: (notation: string) => DiceParts = memoText(readDice);

/** So many dice of so many sides and a number on top. */
export interface DiceParts {
  readonly count: number;
  readonly sides: number;
  readonly bonus: number;
}

function readDice(notation: string): DiceParts {
  const match = NOTATION.exec(notation);
  if (!match || notation === "") {
    throw new RangeError(`Cannot read dice as the notation must look like 2d6+3: got ${notation}`);
  }
  const [, count, sides, sign, bonus] = match;
  const flat = Number(bonus ?? 0) * (sign === "-" ? -1 : 1);
  if (sides === undefined) return { count: 0, sides: 1, bonus: flat };
  return { count: count === "" || count === undefined ? 1 : Number(count), sides: Number(sides), bonus: flat };
}

/** Dice of a stream whose first state is worked out when the first number is drawn: many a stream is never drawn from. */
function createDice(stateOf: () => readonly number[]): Dice {
  let generator: ReturnType<typeof xoroshiro128plusFromState> | undefined;
  const begin = () => {
    const state = stateOf();
    return xoroshiro128plusFromState(state.some((word) => word !== 0) ? state : [1, 2, 3, 4]);
  };
  const int = (low: number, high: number) => uniformInt(generator ??= begin(), low, high);

  function pick<T>(list: readonly T[]): T {
    const item = list[int(0, Math.max(0, list.length - 1))];
    if (item === undefined) throw new RangeError("Cannot pick as the list must not be empty");
    return item;
  }

  function weighted<T>(list: readonly (readonly [T, number])[]): T {
    const sum = list.reduce((all, [, weight]) => all + weight, 0);
    if (sum <= 0) throw new RangeError("Cannot pick as the weights must add up to more than 0");
    let left = int(1, sum);
    for (const [item, weight] of list) {
      left -= weight;
      if (left <= 0) return item;
    }
    throw new RangeError("Cannot pick as the weights must be whole numbers");
  }

  function roll(notation: string, bonus = 0): Roll {
    const dice = parseDice(notation);
    const rolls = Array.from({ length: dice.count }, () => int(1, dice.sides));
    const sum = dice.bonus + bonus;
    return {
      dice: dice.count === 0 ? "0" : `${dice.count}d${dice.sides}`,
      rolls,
      bonus: sum,
      total: rolls.reduce((all, one) => all + one, 0) + sum,
    };
  }

  function d20(bonus: number, mode: RollMode = "normal"): Roll {
    const first = int(1, 20);
    if (mode === "normal") return { dice: "1d20", rolls: [first], bonus, total: first + bonus, kept: first };
    const second = int(1, 20);
    const kept = mode === "advantage" ? Math.max(first, second) : Math.min(first, second);
    return { dice: "1d20", rolls: [first, second], bonus, total: kept + bonus, kept, mode };
  }

  function shuffle<T>(list: readonly T[]): readonly T[] {
    const left = [...list];
    const out: T[] = [];
    while (left.length > 0) out.push(...left.splice(int(0, left.length - 1), 1));
    return out;
  }

  return { int, roll, d20, pick, weighted, shuffle };
}
