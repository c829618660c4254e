/** Whether a spell can be cast as asked; one check for the rule, the menus, the forecast and the AI. */
import { isHampered } from "../character/mod.ts";
import { monster } from "../content/mod.ts";
import { findCreature } from "../core/fold.ts";
import { memo } from "../core/memo.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import { causesOf, isAble } from "../effects/mod.ts";
import { canStand, creatureDistance, creaturesSee, crowdOf, distance, isSolid, lineOfSight } from "../grid/mod.ts";
import type { CreatureType, SpellRecord } from "../types/content.ts";
import type { Creature } from "../types/creature.ts";
import type { CreatureId, Point } from "../types/ids.ts";
import type { Rejection } from "../types/rejection.ts";
import type { Battle, WorldState } from "../types/state.ts";
import { areaSquares, creaturesIn, nearestSquare, startsAtCaster } from "./area.ts";
import { findSpell, isHarmful, payable, spellsOf } from "./known.ts";

/** A cast that would be accepted, worked out. */
export interface CastPlan {
  readonly caster: Creature;
  readonly spell: SpellRecord;
  /** Slot level spent; 0 for cantrips. */
  readonly slot: number;
  /** Creatures it falls on, an area's included; one entry per dart. */
  readonly targets: readonly CreatureId[];
  readonly point: Point | undefined;
  /** Squares of an area, empty when there is none. */
  readonly squares: readonly Point[];
}

/** Who casts what, and with which slot. */
export type CastStart = Pick<CastPlan, "caster" | "spell" | "slot">;

export type CastIntent = IntentOf<"CastSpell">;

/** The plan of a cast, or why it cannot be done. Nothing is spent. */
export function planCast(state: WorldState, intent: CastIntent): CastPlan | Rejection {
  const caster = findCreature(state, intent.character);
  if (!caster) return reject("character/unknown");
  const spell = findSpell(intent.spell);
  if (!spell) return reject("magic/unknown_spell", { spell: intent.spell });
  const refused = cannotCast(state, caster, spell, intent.slot);
  if (refused) return refused;
  const slot = caster.type === "monster" || spell.level === 0 ? spell.level : intent.slot;
  return planAimed(state, { caster, spell, slot }, intent);
}

/** The same for one who can cast the spell with this slot: `cannotCast` has been asked. */
export function planAimed(state: WorldState, start: CastStart, intent: CastIntent): CastPlan | Rejection {
  const { battle } = state;
  return battle ? planInBattle(state, battle, start, intent) : planInPeace(state, start, intent);
}

export function isPlan(plan: CastPlan | Rejection): plan is CastPlan {
  return "spell" in plan;
}

const hampered: (caster: Creature) => boolean = memo(isHampered);

/** Knowledge, payment, place and time, before any target is looked at. */
export function cannotCast(
  state: WorldState,
  caster: Creature,
  spell: SpellRecord,
  slot: number,
): Rejection | undefined {
  if (!isAble(caster)) return reject("combat/incapacitated");
  if (hampered(caster)) return reject("item/not_proficient");
  if (!spellsOf(caster).includes(spell.id)) return reject("magic/not_prepared", { spell: spell.id });
  const { battle } = state;
  if (battle ? !spell.inBattle : !spell.inPeace) return reject("magic/not_here", { spell: spell.id });
  if (spell.time === "reaction") return reject("magic/not_here", { spell: spell.id });
  const wanted = caster.type === "monster" || spell.level === 0 ? undefined : slot;
  const slots = payable(caster, spell);
  if (slots.length === 0 || (wanted !== undefined && !slots.includes(wanted))) {
    return reject("magic/no_slot", { spell: spell.id, slot });
  }
  return battle ? noTime(battle, caster.id, spell) : undefined;
}

/** SRD 5.1, Bonus Action: beside a spell cast as a bonus action only a cantrip may be cast in that turn. */
function noTime(battle: Battle, caster: CreatureId, spell: SpellRecord): Rejection | undefined {
  const one = battle.on[caster];
  if (!one) return reject("magic/not_here");
  if (spell.time === "bonusAction") {
    if (one.budget.bonusAction < 1) return reject("combat/no_bonus_action");
    return one.spellCast === "action" ? reject("magic/one_spell") : undefined;
  }
  if (one.budget.action < 1) return reject("combat/no_action");
  return one.spellCast === "bonus" && spell.level > 0 ? reject("magic/one_spell") : undefined;
}

function planInPeace(state: WorldState, start: CastStart, intent: CastIntent): CastPlan | Rejection {
  const none = { ...start, point: undefined, squares: [] };
  const { spell, caster } = start;
  if (spell.targets === "self" || spell.targets === "door") return { ...none, targets: [caster.id] };
  if (spell.targets === "point" || spell.targets === "foe") return reject("magic/not_here", { spell: spell.id });
  const targets = unique(intent.targets ?? []);
  const wrong = wrongCount(spell, start.slot, targets);
  if (wrong) return wrong;
  for (const id of targets) {
    const target = state.characters[id];
    if (!target || !isWilling(spell, target)) return reject("magic/bad_target", { target: id });
  }
  return { ...none, targets };
}

function planInBattle(state: WorldState, battle: Battle, start: CastStart, intent: CastIntent): CastPlan | Rejection {
  const { spell, caster, slot } = start;
  switch (spell.targets) {
    case "self":
      return { ...start, targets: [caster.id], point: undefined, squares: [] };
    case "door":
      return reject("magic/not_here", { spell: spell.id });
    case "point":
      return planPoint(state, battle, start, intent.point);
    case "ally":
    case "foe":
    case "creature":
    case "creatures": {
      const darts = spell.operations.some((one) => one.type === "darts");
      const targets = darts ? intent.targets ?? [] : unique(intent.targets ?? []);
      const wrong = wrongCount(spell, slot, targets);
      if (wrong) return wrong;
      for (const id of targets) {
        const bad = wrongTarget(state, battle, caster, spell, id);
        if (bad) return bad;
      }
      return { ...start, targets, point: undefined, squares: [] };
    }
  }
}

function unique<T>(list: readonly T[]): readonly T[] {
  return [...new Set(list)];
}

/** How many creatures a cast with this slot may name. */
export function mostTargets(spell: SpellRecord, slot: number): number {
  const above = Math.max(0, slot - spell.level);
  const count = spell.targets === "creatures" ? spell.count ?? 1 : 1;
  const more = spell.operations.map((one) =>
    one.type === "effect" ? one.perSlotTargets ?? 0 : one.type === "darts" ? one.perSlot : 0
  );
  return count + above * Math.max(0, ...more);
}

function wrongCount(spell: SpellRecord, slot: number, targets: readonly CreatureId[]): Rejection | undefined {
  if (targets.length === 0) return reject("magic/bad_target", { spell: spell.id });
  const most = mostTargets(spell, slot);
  return targets.length > most ? reject("magic/too_many", { spell: spell.id, most }) : undefined;
}

/** Why one creature cannot be the target of a spell from where its caster stands. */
export function wrongTarget(
  state: WorldState,
  battle: Battle,
  caster: Creature,
  spell: SpellRecord,
  id: CreatureId,
): Rejection | undefined {
  const target = findCreature(state, id);
  const place = battle.on[id];
  const own = battle.on[caster.id];
  if (!target || !place || !own || place.waiting || target.life === "dead" || target.life === "fled") {
    return reject("magic/bad_target", { target: id });
  }
  const friend = place.side === own.side;
  if ((spell.targets === "ally" && !friend) || (spell.targets === "foe" && friend)) {
    return reject("magic/bad_target", { target: id });
  }
  if (!isKind(target, spell.only) || (friend && !isWilling(spell, target))) {
    return reject("magic/bad_target", { target: id });
  }
  if (isHarmful(spell) && causesOf(caster, "charmed").includes(id)) {
    return reject("magic/bad_target", { why: "charmed" });
  }
  if (!friend && place.hidden) return reject("combat/no_line_of_sight", { target: id });
  const far = creatureDistance(battle, caster.id, id);
  if (far > Math.max(spell.range, id === caster.id ? 0 : 5)) {
    return reject("combat/out_of_range", { target: id, range: spell.range, distance: far });
  }
  if (id !== caster.id && !creaturesSee(battle, caster.id, id)) {
    return reject("combat/no_line_of_sight", { target: id });
  }
  return undefined;
}

/** Whether a spell touches this kind of creature. Characters are humanoids. */
export function isKind(target: Creature, only: readonly CreatureType[] | undefined): boolean {
  if (only === undefined) return true;
  return only.includes(target.type === "monster" ? monster(target.monster).creatureType : "humanoid");
}

/** Help goes only to those it can still help; a stabilising prayer only to the dying. */
function isWilling(spell: SpellRecord, target: Creature): boolean {
  if (target.life === "dead" || target.life === "fled") return false;
  return !spell.operations.every((one) => one.type === "stabilise") || target.life === "dying";
}

function planPoint(
  state: WorldState,
  battle: Battle,
  start: CastStart,
  point: Point | undefined,
): CastPlan | Rejection {
  const { spell, caster } = start;
  const place = battle.on[caster.id];
  if (!point || !place) return reject("magic/bad_target", { spell: spell.id });
  const from = nearestSquare(place, point);
  const own = spell.shape !== undefined && startsAtCaster(spell.shape, spell.range);
  const far = distance(from, point);
  if (own ? far === 0 : far > spell.range) {
    return reject("combat/out_of_range", { range: spell.range, distance: far });
  }
  if (!own && isSolid(battle.field, point[0], point[1])) return reject("magic/bad_target", { spell: spell.id });
  if (!own && !lineOfSight(battle, from, point)) return reject("combat/no_line_of_sight");
  if (spell.operations.some((one) => one.type === "teleport")) {
    const free = canStand(battle, point, place.size, crowdOf(state, battle, caster.id));
    return free ? { ...start, targets: [caster.id], point, squares: [] } : reject("move/occupied");
  }
  if (!spell.shape) return reject("magic/bad_target", { spell: spell.id });
  const squares = areaSquares(battle, place, { shape: spell.shape, range: spell.range, point });
  const inside = creaturesIn(state, squares, own ? caster.id : undefined);
  const lasting = spell.operations.every((one) => one.type === "cloud");
  const targets = lasting ? [] : inside.filter((id) => isTouched(state, id, spell));
  return { ...start, targets, point, squares };
}

function isTouched(state: WorldState, id: CreatureId, spell: SpellRecord): boolean {
  const target = findCreature(state, id);
  return target !== undefined && isKind(target, spell.only);
}
