/** What surrounds an attack: advantage and its reasons, cover, range, what a hit would do (SRD 5.1, Combat). Pure: also for forecasts. */
import { armourClass, type AttackForm, darkvision, sizeOf } from "../character/mod.ts";
import { monster } from "../content/mod.ts";
import { findCreature } from "../core/fold.ts";
import { memo } from "../core/memo.ts";
import type { RollMode } from "../core/rng.ts";
import { type AttackReasons, conditionReasons, hasCondition, isAble, isHelpless } from "../effects/mod.ts";
import { isDark } from "./darkness.ts";
import { coverFrom, distanceBetween, type Place } from "../grid/mod.ts";
import type { Combatant, Creature } from "../types/creature.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Trait } from "../types/content.ts";
import type { Battle, WorldState } from "../types/state.ts";

/** How an attack is judged. */
export interface Judgement {
  readonly mode: RollMode;
  /** Reasons for and against, in the order they are told. */
  readonly pro: readonly string[];
  readonly contra: readonly string[];
  readonly ranged: boolean;
  /** Target number: armour class with cover. */
  readonly ac: number;
  /** A hit is a critical by itself. */
  readonly finishing: boolean;
  /** Sneak attack's conditions hold, but for the weapon and once a turn. */
  readonly opening: boolean;
}

export interface Circumstances extends Omit<Judgement, "pro" | "contra"> {
  /** Reasons, `+` for and `-` against: `+rear`, `-prone`; cover as `cover2` or `cover5`. */
  readonly why: readonly string[];
}

export interface AttackInput {
  readonly by: CreatureId;
  readonly form: AttackForm;
  readonly target: CreatureId;
}

/** Everything about an attack but its dice. Both creatures must be on the field (RangeError). */
export function circumstances(state: WorldState, { by, form, target }: AttackInput): Circumstances {
  const pair = pairOf(state, by, target);
  const stand = { place: pair.own, crowded: foesBeside(state, by, pair.own) };
  const cover = coverFrom(state, pair.own, target, by);
  const { pro, contra, ...rest } = judge(pair, form, stand, cover);
  const why = [...pro.map((one) => `+${one}`), ...contra.map((one) => `-${one}`)];
  return { ...rest, why: cover > 0 ? [...why, `cover${cover}`] : why };
}

/** What lies between two creatures wherever the attacker stands and whatever it strikes with: good for many squares. */
export interface Pair {
  readonly own: Combatant;
  readonly other: Combatant;
  /** Reasons that lie in conditions and effects: within five feet, and farther off. */
  readonly near: AttackReasons;
  readonly far: AttackReasons;
  /** Feet each of the two sees in the darkness; undefined where there is light. */
  readonly dark: { readonly by: number; readonly target: number } | undefined;
  /** The target dodges, and can. */
  readonly dodging: boolean;
  /** The target lies helpless. */
  readonly helpless: boolean;
  /** The target has eyes all round. */
  readonly allround: boolean;
  /** An able friend of the attacker stands beside the target. */
  readonly flanked: boolean;
  /** The attacker hunts in packs. */
  readonly pack: boolean;
  /** The attacker is too small for heavy weapons. */
  readonly small: boolean;
  /** Armour class of the target, without cover. */
  readonly ac: number;
}

/** What of an attack hangs on the two creatures alone. Both must be on the field (RangeError). */
export function pairOf(state: WorldState, by: CreatureId, target: CreatureId): Pair {
  const known = pairsOf(state);
  const key = `${by} ${target}`;
  const before = known.get(key);
  if (before) return before;
  const pair = pairNow(state, by, target);
  known.set(key, pair);
  return pair;
}

/** Several spells at one target ask for the same pair. */
const pairsOf = memo((_state: WorldState) => new Map<string, Pair>());

function pairNow(state: WorldState, by: CreatureId, target: CreatureId): Pair {
  const { battle } = state;
  const one = findCreature(state, by);
  const two = findCreature(state, target);
  const own = battle?.on[by];
  const other = battle?.on[target];
  if (!battle || !one || !two || !own || !other) {
    throw new RangeError(`Cannot judge an attack as both must be on the field: got ${by}, ${target}`);
  }
  return {
    own,
    other,
    near: conditionReasons(one, two, 5),
    far: conditionReasons(one, two, Infinity),
    dark: isDark(state) ? { by: darkvision(one), target: darkvision(two) } : undefined,
    dodging: other.dodging && isAble(two) && !hasCondition(two, "blinded"),
    helpless: isHelpless(two),
    allround: hasTrait(two, "allround"),
    flanked: fellowBeside(state, battle, by, target),
    pack: hasTrait(one, "packTactics"),
    small: sizeOf(one) === "small",
    ac: armourClass(two),
  };
}

/** Where the attacker stands, or is supposed to. */
export interface Stand {
  readonly place: Place;
  /** An able foe is beside it: it spoils ranged attacks. */
  readonly crowded: boolean;
}

/** An attack of one of the pair with this form from there, with so much cover for the other. */
export function judge(pair: Pair, form: AttackForm, { place, crowded }: Stand, cover: number): Judgement {
  const { own, other, dark } = pair;
  const feet = distanceBetween(place, other);
  const ranged = !reaches(form, feet);
  const { advantage, disadvantage } = feet <= 5 ? pair.near : pair.far;
  const pro = [...advantage];
  const contra = [...disadvantage];
  if (own.hidden) pro.push("hidden");
  if (dark && feet > dark.target) pro.push("dark");
  if (dark && feet > dark.by) contra.push("dark");
  if (own.helped !== null) pro.push("helped");
  if (pair.dodging) contra.push("dodging");
  if (ranged && crowded) contra.push("crowded");
  if (ranged && form.range && feet > form.range[0]) contra.push("long");
  if (pair.small && form.properties.includes("heavy")) contra.push("heavy");
  const rear = !ranged && !pair.allround && isRear(place, other);
  if (rear) pro.push("rear");
  if (pair.flanked && pair.pack) pro.push("pack");
  const mode = pro.length > 0 === contra.length > 0 ? "normal" : pro.length > 0 ? "advantage" : "disadvantage";
  return {
    mode,
    pro,
    contra,
    ranged,
    ac: pair.ac + cover,
    finishing: feet <= 5 && pair.helpless,
    opening: mode === "advantage" || (mode === "normal" && (pair.flanked || rear)),
  };
}

/** Whether the form strikes in melee at this distance. */
export function reaches(form: AttackForm, feet: number): boolean {
  return form.reach !== undefined && feet <= form.reach;
}

/** Whether the form can be used at all at this distance. */
export function inRange(form: AttackForm, feet: number): boolean {
  return reaches(form, feet) || (form.range !== undefined && feet <= form.range[1]);
}

/** House rule, game design 6.2: while its facing is held, a creature is open from the three squares behind it. */
export function isRear(from: Place, target: Combatant): boolean {
  if (!target.heldFacing || distanceBetween(from, target) > 5) return false;
  switch (target.facing) {
    case "north":
      return from.at[1] >= target.at[1] + target.size;
    case "south":
      return from.at[1] + from.size <= target.at[1];
    case "east":
      return from.at[0] + from.size <= target.at[0];
    case "west":
      return from.at[0] >= target.at[0] + target.size;
  }
}

export function hasTrait(creature: Creature, trait: Trait): boolean {
  return creature.type === "monster" && monster(creature.monster).traits.includes(trait);
}

/** An able foe within 5 feet spoils ranged attacks (SRD 5.1, Ranged Attacks in Close Combat). */
function foesBeside(state: WorldState, by: CreatureId, place: Place): boolean {
  const { battle } = state;
  const side = battle?.on[by]?.side;
  return battle !== null && battle.order.some((id) => {
    const one = battle.on[id];
    const near = one !== undefined && one.side !== side && !one.waiting && distanceBetween(one, place) <= 5;
    return near && isReady(state, id);
  });
}

/** An able friend of the attacker beside the target (SRD 5.1, Sneak Attack and Pack Tactics). */
function fellowBeside(state: WorldState, battle: Battle, by: CreatureId, target: CreatureId): boolean {
  const side = battle.on[by]?.side;
  const place = battle.on[target];
  return place !== undefined && battle.order.some((id) => {
    const one = battle.on[id];
    const near = id !== by && id !== target && one !== undefined && one.side === side && !one.waiting &&
      distanceBetween(one, place) <= 5;
    return near && isReady(state, id);
  });
}

function isReady(state: WorldState, id: CreatureId): boolean {
  const creature = findCreature(state, id);
  return creature !== undefined && isAble(creature);
}
