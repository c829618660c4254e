/** Composing a group of one theme to an XP budget (game design 7, 12.2). */
import { monster, MONSTERS } from "../content/mod.ts";
import type { Dice } from "../core/rng.ts";
import type { Group } from "../types/area.ts";
import type { MonsterRecord } from "../types/content.ts";
import type { Attitude, Theme } from "../types/names.ts";
import { budgetOf, type Strength } from "./budget.ts";

export interface Band {
  readonly monsters: Group["monsters"];
  readonly xp: number;
  readonly attitude: Attitude;
}

export interface BandInput extends Strength {
  readonly theme: Theme;
  /** XP to come as near to as possible, never over. */
  readonly target: number;
  /** One strong foe with followers. */
  readonly boss?: boolean;
  /** Always fights. */
  readonly hostile?: boolean;
  /** Kinds met before on the level weigh less. */
  readonly used?: ReadonlyMap<string, number>;
}

/** Monsters of a theme that a party of that level may meet: none above the party's level in challenge (SRD 5.2.1). */
export function fitting(theme: Theme, partyLevel: number): readonly MonsterRecord[] {
  return Object.values(MONSTERS).filter((one) => one.themes.includes(theme) && one.challenge <= partyLevel * 8);
}

/** Never more than two creatures per character unless the extra ones are fragile (game design 7). */
export function countMax(kind: MonsterRecord, strength: Strength): number {
  const fragile = kind.hpAverage <= 3 + 2 * strength.partyLevel;
  return strength.partySize * (fragile ? 3 : 2);
}

interface Mix {
  readonly parts: readonly { readonly kind: MonsterRecord; readonly count: number }[];
  readonly xp: number;
}

/**
 * A band worth at most `target` XP: one kind, or two of one family. Near the target is preferred, then kinds the level has not shown,
 * then handfuls over hordes. Throws a RangeError when the theme has nobody so weak.
 */
export function compose(dice: Dice, input: BandInput): Band {
  const kinds = fitting(input.theme, input.partyLevel).filter((one) => one.xp > 0 && one.xp <= input.target);
  const mixes = input.boss ? bossMixes(kinds, input) : plainMixes(kinds, input);
  const best = mixes.reduce((most, mix) => Math.max(most, mix.xp), 0);
  const near = mixes.filter((mix) => mix.xp * 100 >= best * 92);
  if (near.length === 0) {
    throw new RangeError(
      `Cannot compose a group as the theme must have a weak kind: ${input.theme} for ${input.target}`,
    );
  }
  const mix = dice.weighted(near.map((one) => [one, weigh(one, input)] as const));
  const monsters = mix.parts.map(({ kind, count }) => ({ monster: kind.id, count }));
  return { monsters, xp: mix.xp, attitude: input.hostile || input.boss ? "hostile" : attitudeOf(dice, mix) };
}

function plainMixes(kinds: readonly MonsterRecord[], input: BandInput): readonly Mix[] {
  const mixes: Mix[] = [];
  for (const kind of kinds) {
    const most = Math.min(countMax(kind, input), Math.floor(input.target / kind.xp));
    if (most > 0) mixes.push({ parts: [{ kind, count: most }], xp: most * kind.xp });
    for (const other of kinds) {
      if (other.family !== kind.family || other.xp >= kind.xp) continue;
      for (let count = 1; count <= Math.min(most, 3); count += 1) {
        const mix = fill(kind, count, other, input);
        if (mix) mixes.push(mix);
      }
    }
  }
  return mixes;
}

function fill(kind: MonsterRecord, count: number, other: MonsterRecord, input: BandInput): Mix | undefined {
  const left = input.target - count * kind.xp;
  const room = countMax(other, input) - count;
  const more = Math.min(room, Math.floor(left / other.xp));
  if (more <= 0) return undefined;
  return { parts: [{ kind, count }, { kind: other, count: more }], xp: count * kind.xp + more * other.xp };
}

/** The strongest kinds, alone in the lead, with weaker ones of any family behind. */
function bossMixes(kinds: readonly MonsterRecord[], input: BandInput): readonly Mix[] {
  const top = Math.max(0, ...kinds.map((kind) => kind.xp));
  const mixes: Mix[] = [];
  for (const kind of kinds) {
    if (kind.xp * 2 < top) continue;
    for (const other of kinds) {
      if (other.xp * 2 > kind.xp) continue;
      const mix = fill(kind, 1, other, input);
      if (mix) mixes.push(mix);
    }
  }
  return mixes.length > 0 ? mixes : plainMixes(kinds, input);
}

function weigh(mix: Mix, input: BandInput): number {
  const bodies = mix.parts.reduce((sum, part) => sum + part.count, 0);
  const seen = mix.parts.reduce((sum, part) => sum + (input.used?.get(part.kind.id) ?? 0), 0);
  const families = new Set(mix.parts.map((part) => part.kind.family)).size;
  const leads = input.boss && mix.parts[0]?.kind.personality === "leader" ? 4 : 1;
  const handful = bodies <= 5 ? 40 : bodies <= 7 ? 20 : bodies <= 9 ? 6 : 1;
  return Math.max(
    1,
    Math.floor((12 * handful * leads * (mix.parts.length === 2 ? 3 : 2)) / (families * (1 + 3 * seen))),
  );
}

/** The mindless always attack; beasts are often shy; folk with a tongue may be anything (game design 7). */
function attitudeOf(dice: Dice, mix: Mix): Attitude {
  const minds = mix.parts.map(({ kind }) => monster(kind.id));
  if (minds.some((one) => one.traits.includes("undead") || one.family === "undead")) return "hostile";
  if (minds.some((one) => one.personality === "mindless")) return "hostile";
  if (minds.every((one) => one.abilities.int <= 3)) {
    return dice.weighted([["hostile", 6], ["wary", 3], ["timid", 1]] as const);
  }
  return dice.weighted([["hostile", 13], ["wary", 4], ["timid", 1], ["curious", 1], ["friendly", 1]] as const);
}

export interface WanderInput extends Strength {
  readonly theme: Theme;
  readonly tier: number;
}

/** A wandering band: never worth more than three fifths of a low encounter. */
export function bandFor(dice: Dice, input: WanderInput): Band {
  const target = Math.max(25, Math.floor((budgetOf("low", input) * 3) / 5));
  return compose(dice, { ...input, target });
}
