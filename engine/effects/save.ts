/** Saving throws (SRD 5.1, Using Ability Scores). */
import { saveBonus } from "../character/mod.ts";
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import type { Dice, RollMode } from "../core/rng.ts";
import type { Creature } from "../types/creature.ts";
import type { Roll } from "../types/event.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Ability, Stat } from "../types/names.ts";
import { failsSave, hampersSave } from "./conditions.ts";
import { flag, modifiers } from "./modifiers.ts";

const SAVE_STAT: Readonly<Record<Ability, Stat>> = {
  str: "saveStr",
  dex: "saveDex",
  con: "saveCon",
  int: "saveInt",
  wis: "saveWis",
  cha: "saveCha",
};

export interface SaveInput {
  readonly creature: CreatureId;
  readonly ability: Ability;
  readonly dc: number;
  /** What the log names: a spell, effect or trap. */
  readonly against: string;
  /** Nature of the danger, for lineage traits: `magic`, `poison`, `fear`, or a condition such as `charmed`. */
  readonly tags?: readonly string[];
  /** Added by cover to DEX saves. */
  readonly cover?: number;
}

/** Rolls a save and says so; answers whether it held. Conditions may fail it without a roll that counts. */
export function rollSave(play: Play, input: SaveInput): boolean {
  const creature = findCreature(play.state, input.creature);
  if (!creature) return false;
  const odds = saveOdds(creature, input);
  const roll = addDice(play.dice("save"), play.dice("save").d20(odds.bonus, odds.mode), odds.dice);
  const ok = !odds.fails && roll.total >= input.dc;
  play.emit({
    type: "SaveRolled",
    creature: creature.id,
    ability: input.ability,
    roll,
    dc: input.dc,
    ok,
    against: input.against,
  });
  return ok;
}

export interface SaveOdds {
  readonly bonus: number;
  readonly mode: RollMode;
  /** Dice added, such as bless's. */
  readonly dice: readonly string[];
  readonly fails: boolean;
}

/** Everything that decides a save but the die itself; also what forecasts read. */
export function saveOdds(creature: Creature, input: Omit<SaveInput, "creature" | "dc" | "against">): SaveOdds {
  const stat = SAVE_STAT[input.ability];
  const better = flag(creature, "advantageSave", input.ability) ||
    (input.tags ?? []).some((tag) => flag(creature, "advantageSave", tag)) ||
    favoured(creature, input.ability, input.tags ?? []);
  const worse = hampersSave(creature, input.ability);
  return {
    bonus: saveBonus(creature, input.ability) + (input.cover ?? 0),
    mode: better === worse ? "normal" : better ? "advantage" : "disadvantage",
    dice: [...modifiers(creature, "save").dice, ...modifiers(creature, stat).dice],
    fails: failsSave(creature, input.ability),
  };
}

/** Traits of lineages that give advantage (SRD 5.1, Races). */
function favoured(creature: Creature, ability: Ability, tags: readonly string[]): boolean {
  if (creature.type === "monster") return false;
  const has = (feature: string) => creature.features.includes(feature);
  if ((tags.includes("poison") || tags.includes("poisoned")) && has("poisonResilience")) return true;
  if (tags.includes("charmed") && has("feyAncestry")) return true;
  if ((tags.includes("fear") || tags.includes("frightened")) && has("brave")) return true;
  return tags.includes("magic") && has("gnomeCunning") && (ability === "int" || ability === "wis" || ability === "cha");
}

/** A roll with further dice added to it; `-1d4` takes away. Each die is kept in `rolls`. */
export function addDice(dice: Dice, roll: Roll, extra: readonly string[]): Roll {
  let sum = roll;
  for (const notation of extra) {
    const minus = notation.startsWith("-");
    const more = dice.roll(minus ? notation.slice(1) : notation);
    const total = minus ? -more.total : more.total;
    sum = { ...sum, dice: `${sum.dice}${minus ? "-" : "+"}${more.dice}`, rolls: [...sum.rolls, ...more.rolls] };
    sum = { ...sum, total: sum.total + total };
  }
  return sum;
}
