/** What surrounds an attack: advantage and its reasons, cover, range, what a hit would do (SRD 5.1, Combat). Pure: also for forecasts. */
import { armourClass, type AttackForm, sizeOf } from "../character/mod.ts";
import { monster } from "../content/mod.ts";
import { findCreature } from "../core/fold.ts";
import type { RollMode } from "../core/rng.ts";
import { conditionReasons, hasCondition, isAble, isHelpless } from "../effects/mod.ts";
import { isDark, seesInDark } from "./darkness.ts";
import { coverFrom, distanceBetween, type Place } from "../grid/mod.ts";
import type { Combatant, Creature } from "../types/creature.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Trait } from "../types/content.ts";
import type { Battle, WorldState } from "../types/state.ts";

export interface Circumstances {
  readonly mode: RollMode;
  /** Reasons, `+` for and `-` against: `+rear`, `-prone`; cover as `cover2` or `cover5`. */
  readonly why: readonly string[];
  readonly ranged: boolean;
  /** Target number: armour class with cover. */
  readonly ac: number;
  /** A hit is a critical by itself. */
  readonly finishing: boolean;
  /** Sneak attack's conditions hold, but for the weapon and once a turn. */
  readonly opening: boolean;
}

export interface AttackInput {
  readonly by: CreatureId;
  readonly form: AttackForm;
  readonly target: CreatureId;
  /** Judged as if the attacker stood there. */
  readonly from?: Place;
}

/** Everything about an attack but its dice. Both creatures must be on the field (RangeError). */
export function circumstances(state: WorldState, input: AttackInput): Circumstances {
  const battle = state.battle;
  const by = findCreature(state, input.by);
  const target = findCreature(state, input.target);
  const own = battle?.on[input.by];
  const other = battle?.on[input.target];
  if (!battle || !by || !target || !own || !other) {
    throw new RangeError(`Cannot judge an attack as both must be on the field: got ${input.by}, ${input.target}`);
  }
  const place = input.from ?? own;
  const feet = distanceBetween(place, other);
  const ranged = !reaches(input.form, feet);
  const cover = coverFrom(state, place, input.target, input.by);
  const lying = conditionReasons(by, target, feet);
  const pro = [...lying.advantage];
  const contra = [...lying.disadvantage];
  if (own.hidden) pro.push("hidden");
  if (isDark(state)) {
    if (!seesInDark(target, feet)) pro.push("dark");
    if (!seesInDark(by, feet)) contra.push("dark");
  }
  if (own.helped !== null) pro.push("helped");
  if (other.dodging && isAble(target) && !hasCondition(target, "blinded")) contra.push("dodging");
  if (ranged && foesBeside(state, battle, input.by, place)) contra.push("crowded");
  if (ranged && input.form.range && feet > input.form.range[0]) contra.push("long");
  if (input.form.properties.includes("heavy") && sizeOf(by) === "small") contra.push("heavy");
  if (!ranged && isRear(place, other) && !hasTrait(target, "allround")) pro.push("rear");
  const flanked = fellowBeside(state, battle, input.by, input.target);
  if (flanked && hasTrait(by, "packTactics")) pro.push("pack");
  const mode: RollMode = pro.length > 0 === contra.length > 0
    ? "normal"
    : pro.length > 0
    ? "advantage"
    : "disadvantage";
  return {
    mode,
    why: [...pro.map((one) => `+${one}`), ...contra.map((one) => `-${one}`), ...(cover > 0 ? [`cover${cover}`] : [])],
    ranged,
    ac: armourClass(target) + cover,
    finishing: feet <= 5 && isHelpless(target),
    opening: mode === "advantage" || (mode === "normal" && flanked) || (mode === "normal" && pro.includes("rear")),
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
function foesBeside(state: WorldState, battle: Battle, by: CreatureId, place: Place): boolean {
  const side = battle.on[by]?.side;
  return battle.order.some((id) => {
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
