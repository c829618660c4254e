/** What a hit would do: damage after immunity, resistance and vulnerability, as a distribution. */
import { afterDefence, defenceAgainst, doubled } from "../effects/mod.ts";
import type { Creature } from "../types/creature.ts";
import type { DamageType } from "../types/names.ts";
import { atLeast, certain, diceOf, type Distribution, mapped, meanOf, plus } from "./distribution.ts";
import type { HitOdds } from "./d20.ts";

export interface DamageSpec {
  readonly dice: string;
  readonly type: DamageType;
  readonly bonus?: number;
  /** By a magic weapon. */
  readonly magical?: true;
}

/** Damage of a hit on a target; a critical doubles the dice. Parts of one type are summed before they are halved. */
export function damageOn(target: Creature, specs: readonly DamageSpec[], critical = false): Distribution {
  return throughDefences(target, sumByType(specs, critical));
}

/** Half of each part on a made save, then the defences. */
export function halfDamageOn(target: Creature, specs: readonly DamageSpec[]): Distribution {
  return throughDefences(target, sumByType(specs, false).map((one) => ({ ...one, sum: mapped(one.sum, half) })));
}

function half(value: number): number {
  return Math.floor(value / 2);
}

/** Everything of one type that a hit would do. */
interface Part {
  readonly type: DamageType;
  readonly sum: Distribution;
  /** From magic weapons alone. */
  readonly magical: boolean;
}

function sumByType(specs: readonly DamageSpec[], critical: boolean): readonly Part[] {
  const parts: Part[] = [];
  for (const { type, dice, bonus = 0, magical = false } of specs) {
    const one = clamped(diceOf(critical ? doubled(dice) : dice, bonus));
    const at = parts.findIndex((part) => part.type === type);
    const known = parts[at];
    if (known) parts[at] = { type, sum: plus(known.sum, one), magical: known.magical && magical };
    else parts.push({ type, sum: one, magical });
  }
  return parts;
}

function clamped(a: Distribution): Distribution {
  return a.least >= 0 ? a : mapped(a, (value) => Math.max(0, value));
}

function throughDefences(target: Creature, parts: readonly Part[]): Distribution {
  let whole: Distribution | undefined;
  for (const { type, sum, magical } of parts) {
    const defence = defenceAgainst(target, type, magical);
    const left = defence === "none" ? sum : mapped(sum, (value) => afterDefence(value, defence));
    whole = whole ? plus(whole, left) : left;
  }
  return whole ?? certain(0);
}

/** Chance that an attack brings a target to 0, and its mean damage, misses included. */
export function attackWorth(
  odds: HitOdds,
  normal: Distribution,
  critical: Distribution,
  hp: number,
): { readonly kill: number; readonly mean: number } {
  const plain = odds.hit - odds.critical;
  return {
    kill: plain * atLeast(normal, hp) + odds.critical * atLeast(critical, hp),
    mean: plain * meanOf(normal) + odds.critical * meanOf(critical),
  };
}
