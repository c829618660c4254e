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
  return throughDefences(target, sumByType(specs, critical), mundaneOf(specs));
}

/** Half of each part on a made save, then the defences. */
export function halfDamageOn(target: Creature, specs: readonly DamageSpec[]): Distribution {
  const halves = new Map([...sumByType(specs, false)].map(([type, sum]) => [type, mapped(sum, half)]));
  return throughDefences(target, halves, mundaneOf(specs));
}

/** Kinds that do not come from magic weapons alone. */
function mundaneOf(specs: readonly DamageSpec[]): ReadonlySet<DamageType> {
  return new Set(specs.flatMap((spec) => (spec.magical ? [] : [spec.type])));
}

function half(value: number): number {
  return Math.floor(value / 2);
}

function sumByType(specs: readonly DamageSpec[], critical: boolean): ReadonlyMap<DamageType, Distribution> {
  const sums = new Map<DamageType, Distribution>();
  for (const spec of specs) {
    const one = clamped(diceOf(critical ? doubled(spec.dice) : spec.dice, spec.bonus ?? 0));
    const known = sums.get(spec.type);
    sums.set(spec.type, known ? plus(known, one) : one);
  }
  return sums;
}

function clamped(a: Distribution): Distribution {
  return a.least >= 0 ? a : mapped(a, (value) => Math.max(0, value));
}

function throughDefences(
  target: Creature,
  sums: ReadonlyMap<DamageType, Distribution>,
  mundane: ReadonlySet<DamageType>,
): Distribution {
  let whole = certain(0);
  for (const [type, sum] of sums) {
    const defence = defenceAgainst(target, type, !mundane.has(type));
    whole = plus(whole, defence === "none" ? sum : mapped(sum, (value) => afterDefence(value, defence)));
  }
  return whole;
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
