/** Spells and features a creature could use now: what menus, the AI and the random player choose from. */
import { findCreature } from "../core/fold.ts";
import type { LegalList } from "../core/rule.ts";
import { isAble } from "../effects/mod.ts";
import { canStand, crowdOf, distance, takesRoom } from "../grid/mod.ts";
import type { SpellRecord } from "../types/content.ts";
import type { Creature } from "../types/creature.ts";
import type { CreatureId, Point } from "../types/ids.ts";
import type { Battle, WorldState } from "../types/state.ts";
import { startsAtCaster } from "./area.ts";
import {
  cannotCast,
  type CastIntent,
  type CastPlan,
  type CastStart,
  isPlan,
  mostTargets,
  planAimed,
  wrongTarget,
} from "./check.ts";
import { featureOptions } from "./features.ts";
import { findSpell, isHarmful, payable, spellsOf } from "./known.ts";

const MODES: ReadonlySet<string> = new Set(["explore", "camp", "aftermath", "battle"]);

/** Casts and features `decide` would accept. Areas are listed with the points worth aiming at: the foes. */
export const magicLegal: LegalList = (state, who) => {
  const creature = findCreature(state, who.creature);
  if (!creature || !MODES.has(state.mode) || !isAble(creature)) return [];
  if (state.battle && (state.battle.prompt || state.battle.turn !== creature.id)) return [];
  return [...castOptions(state, creature), ...featureOptions(state, creature)];
};

/** A cast with what it would come to. */
export interface CastOption {
  readonly intent: CastIntent;
  readonly plan: CastPlan;
}

/** Every spell with every slot that would pay for it and each sensible target. */
export function castOptions(state: WorldState, caster: Creature): readonly CastIntent[] {
  return startsOf(state, caster).flatMap((start) => castPlans(state, start).map((one) => one.intent));
}

/** Spells it could cast now and the slots that would pay, before any target is looked at: the same wherever it stands. */
export function startsOf(state: WorldState, caster: Creature): readonly CastStart[] {
  const out: CastStart[] = [];
  for (const id of spellsOf(caster)) {
    const spell = findSpell(id);
    const slots = spell ? payable(caster, spell) : [];
    if (!spell || slots[0] === undefined || cannotCast(state, caster, spell, slots[0])) continue;
    for (const slot of slots) out.push({ caster, spell, slot });
  }
  return out;
}

/** Every sensible aim of one spell and slot, with its plan. */
export function castPlans(state: WorldState, start: CastStart): readonly CastOption[] {
  const { caster, spell, slot } = start;
  const base: CastIntent = { type: "CastSpell", character: caster.id, spell: spell.id, slot };
  const { battle } = state;
  switch (spell.targets) {
    case "self":
    case "door":
      return accepted(state, start, [base]);
    case "point":
      return battle
        ? accepted(state, start, points(state, battle, caster, spell).map((point) => ({ ...base, point })))
        : [];
    case "ally":
    case "foe":
    case "creature":
      return accepted(state, start, candidates(state, caster).map((id) => ({ ...base, targets: [id] })));
    case "creatures":
      return accepted(state, start, groups(state, caster, spell, slot).map((targets) => ({ ...base, targets })));
  }
}

function accepted(state: WorldState, start: CastStart, intents: readonly CastIntent[]): readonly CastOption[] {
  const out: CastOption[] = [];
  for (const intent of intents) {
    const plan = planAimed(state, start, intent);
    if (isPlan(plan)) out.push({ intent, plan });
  }
  return out;
}

function candidates(state: WorldState, caster: Creature): readonly CreatureId[] {
  if (!state.battle) return state.party.order;
  return [caster.id, ...state.battle.order.filter((id) => id !== caster.id)];
}

/** One creature alone, and as many of its kind as the spell may name: friends for help, foes for harm. */
function groups(
  state: WorldState,
  caster: Creature,
  spell: SpellRecord,
  slot: number,
): readonly (readonly CreatureId[])[] {
  const { battle } = state;
  const harm = isHarmful(spell);
  const open = candidates(state, caster).filter((id) => {
    if (!battle) return true;
    const friend = battle.on[id]?.side === battle.on[caster.id]?.side;
    return friend !== harm && !wrongTarget(state, battle, caster, spell, id);
  });
  const most = mostTargets(spell, slot);
  const singles = open.map((id) => [id]);
  return open.length > 1 && most > 1 ? [open.slice(0, most), ...singles] : singles;
}

/** Squares worth aiming at: each foe's; for a step through mist, free squares around. */
function points(state: WorldState, battle: Battle, caster: Creature, spell: SpellRecord): readonly Point[] {
  const own = battle.on[caster.id];
  if (!own) return [];
  if (spell.operations.some((one) => one.type === "teleport")) return landings(state, battle, caster, spell);
  const reach = spell.shape && startsAtCaster(spell.shape, spell.range) ? 60 : spell.range;
  return battle.order.flatMap((id) => {
    const one = battle.on[id];
    const open = one && one.side !== own.side && !one.waiting && !one.hidden && takesRoom(findCreature(state, id));
    return open && distance(own.at, one.at) <= reach ? [one.at] : [];
  });
}

function landings(state: WorldState, battle: Battle, caster: Creature, spell: SpellRecord): readonly Point[] {
  const own = battle.on[caster.id];
  if (!own) return [];
  const crowd = crowdOf(state, battle, caster.id);
  const far = Math.floor(spell.range / 5);
  const out: Point[] = [];
  for (const [dx, dy] of [[0, -1], [1, 0], [0, 1], [-1, 0], [1, -1], [1, 1], [-1, 1], [-1, -1]] as const) {
    for (let squares = far; squares >= 1; squares--) {
      const at: Point = [own.at[0] + dx * squares, own.at[1] + dy * squares];
      if (!canStand(battle, at, own.size, crowd)) continue;
      out.push(at);
      break;
    }
  }
  return out;
}
