/** What one creature knows and wants while it thinks about one act. Built once per thought, from the state alone. */
import { abilitiesOf, armourClass, type AttackForm, attackForms, speedOf } from "../character/mod.ts";
import { monster } from "../content/mod.ts";
import type { Pair } from "../combat/circumstances.ts";
import { findCreature } from "../core/fold.ts";
import { parseDice } from "../core/rng.ts";
import { causesOf, hasTag, isAble } from "../effects/mod.ts";
import { flowTo, footprint, isShutDoor, takesRoom } from "../grid/mod.ts";
import { type CastStart, findSpell, spellsOf, startsOf } from "../magic/mod.ts";
import type { TouchOdds } from "../odds/spell.ts";
import type { Combatant, Creature } from "../types/creature.ts";
import type { Level } from "../types/area.ts";
import type { CreatureId, Point } from "../types/ids.ts";
import type { Personality } from "../types/names.ts";
import type { Battle, Field, WorldState } from "../types/state.ts";
import { memo, memo2 } from "../core/memo.ts";
import { PERSONALITY_WEIGHTS, type Weights } from "./personalities.ts";
import type { Blow } from "./strikes.ts";

/** Somebody on the field as the thinker sees them. */
export interface Known {
  readonly id: CreatureId;
  readonly creature: Creature;
  readonly place: Combatant;
  /** As in `place`: thoughts measure from here very often. */
  readonly at: Point;
  readonly size: number;
  /** Worth as a target, 0.5-2.5. */
  readonly worth: number;
  /** Mean damage a round against the thinker, if it gets to strike. */
  readonly harm: number;
  /** Feet it strikes at in melee; 0 when it does not. */
  readonly reach: number;
  /** Feet it shoots; 0 when it does not. */
  readonly range: number;
  readonly speed: number;
  readonly able: boolean;
}

export interface Mind {
  readonly state: WorldState;
  readonly battle: Battle;
  readonly me: Creature;
  readonly own: Combatant;
  readonly personality: Personality;
  readonly weights: Weights;
  /** Intelligence: what it is clever enough for (game design 11.3). */
  readonly wit: number;
  /** Foes on their feet that it knows of. */
  readonly foes: readonly Known[];
  /** Its own side without itself, the fallen included. */
  readonly friends: readonly Known[];
  /** Friends who could be struck in its stead. */
  readonly fellows: readonly Known[];
  /** Able ones of the other side, whether or not it would strike them: they spoil its shots. */
  readonly hostile: readonly Known[];
  /** Everybody on their feet but itself: who may give cover. */
  readonly standing: readonly Known[];
  readonly forms: readonly AttackForm[];
  /** Feet its best shot carries at normal range. */
  readonly far: number;
  /** Prefers to stay away: its best means work at a distance. */
  readonly shoots: boolean;
  /** It runs instead of fighting. */
  readonly flees: boolean;
  /** Whether levelled spells are called for. */
  readonly spends: boolean;
  /** Feet on foot to the nearest foe (or way out, when it flees) by square number; worked out when first asked for. */
  readonly flow: () => Int16Array;
  /** Spells and slots there is time for in this turn, wherever it stands. */
  readonly starts: () => readonly CastStart[];
  /** What the odds of casts are worth, once they have been asked for. */
  readonly touches: Map<TouchOdds, number>;
  /** Attacks by distance, and what lies between it and each foe, once they have been asked for. */
  readonly blows: Map<number, readonly Blow[]>;
  readonly pairs: Map<CreatureId, Pair | null>;
}

/** Everything a thought starts from; undefined when the creature is not on the field or cannot act. */
export function mindOf(state: WorldState, id: CreatureId): Mind | undefined {
  const battle = state.battle;
  const me = findCreature(state, id);
  const own = battle?.on[id];
  if (!battle || !me || !own || own.waiting || !isAble(me)) return undefined;
  const nature = natureOf(me);
  const { personality, wit, flees } = nature;
  const others = othersOf(state, battle, me, own);
  const foes = judged(others.targets, wit);
  return {
    ...nature,
    state,
    battle,
    me,
    own,
    foes,
    friends: others.friends,
    fellows: others.friends.filter((one) => one.able),
    hostile: others.hostile,
    standing: [...foes, ...others.bystanders],
    spends: personality !== "conserve" || isDire(me, others.friends, foes),
    flow: once(() => flowOf(state, battle, wit, flees, foes)),
    starts: once(() => startsOf(state, me)),
    touches: new Map(),
    blows: new Map(),
    pairs: new Map(),
  };
}

/** What of a mind hangs on the creature alone. */
type Nature = Pick<Mind, "personality" | "weights" | "wit" | "forms" | "far" | "shoots" | "flees">;

const natureOf: (me: Creature) => Nature = memo((me) => {
  const personality = me.type === "character" ? "conserve" : monster(me.monster).personality;
  const forms = attackForms(me).filter((form) => !form.empty);
  return {
    personality,
    weights: PERSONALITY_WEIGHTS[personality],
    wit: personality === "mindless" ? 1 : abilitiesOf(me).int,
    forms,
    far: Math.max(30, ...forms.map((form) => form.range?.[0] ?? 0)),
    shoots: shootsBetter(me, forms),
    flees: hasTag(me, "turned") || (personality === "coward" && me.hp * 2 < me.maxHp),
  };
});

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => made ??= make();
}

interface Others {
  /** Foes on their feet, in the open, and nobody who has charmed it. */
  readonly targets: readonly Known[];
  readonly friends: readonly Known[];
  readonly hostile: readonly Known[];
  /** On their feet, but no targets. */
  readonly bystanders: readonly Known[];
}

function othersOf(state: WorldState, battle: Battle, me: Creature, own: Combatant): Others {
  const ac = armourClass(me);
  const dear = causesOf(me, "charmed");
  const targets: Known[] = [];
  const friends: Known[] = [];
  const hostile: Known[] = [];
  const bystanders: Known[] = [];
  for (const id of battle.order) {
    const creature = findCreature(state, id);
    const place = battle.on[id];
    if (id === me.id || !creature || !place || place.waiting || !takesRoom(creature)) continue;
    const one = known(creature, place, ac);
    const friend = place.side === own.side;
    const up = creature.life === "up";
    const target = !friend && up && !place.hidden && !dear.includes(id);
    if (friend) friends.push(one);
    else if (one.able) hostile.push(one);
    if (target) targets.push(one);
    else if (up) bystanders.push(one);
  }
  return { targets, friends, hostile, bystanders };
}

function known(creature: Creature, place: Combatant, ac: number): Known {
  const { forms, times, reach, range, speed } = profileOf(creature);
  const able = isAble(creature);
  let best = 0;
  for (const { toHit, mean } of forms) {
    best = Math.max(best, mean * Math.min(0.95, Math.max(0.05, (21 + toHit - ac) / 20)));
  }
  return {
    id: creature.id,
    creature,
    place,
    at: place.at,
    size: place.size,
    worth: 1,
    harm: able ? best * times : 0,
    reach,
    range,
    speed: able ? speed : 0,
    able,
  };
}

interface Profile {
  readonly forms: readonly { readonly toHit: number; readonly mean: number }[];
  readonly times: number;
  readonly reach: number;
  readonly range: number;
  readonly speed: number;
}

/** What can be seen of a creature's ways to hurt: plain means, enough for fear, not for choice. */
const profileOf: (creature: Creature) => Profile = memo(profile);

function profile(creature: Creature): Profile {
  const forms = attackForms(creature).filter((form) => !form.empty);
  return {
    forms: forms.map((form) => ({ toHit: form.toHit, mean: meanOfForm(form) })),
    times: creature.type === "monster" ? monster(creature.monster).multiattack?.length ?? 1 : 1,
    reach: Math.max(0, ...forms.map((form) => form.reach ?? 0)),
    range: Math.max(0, ...forms.map((form) => form.range?.[0] ?? 0), spellRange(creature)),
    speed: speedOf(creature),
  };
}

function spellRange(creature: Creature): number {
  let most = 0;
  for (const id of spellsOf(creature)) {
    const spell = findSpell(id);
    if (spell && spell.level === 0 && spell.inBattle && spell.targets === "foe") most = Math.max(most, spell.range);
  }
  return most;
}

function meanOfForm(form: AttackForm): number {
  return form.damage.reduce((sum, one) => sum + meanDice(one.dice) + one.bonus, 0);
}

/** Hit points against which harm is measured at most: a blow on a giant is no less worth than one on an ogre's dog. */
const MEASURE = 24;

/** What a wound is measured by. */
export function measureOf(creature: Creature): number {
  return Math.max(1, Math.min(MEASURE, creature.maxHp));
}

/** Mean of a notation without its distribution. */
export function meanDice(notation: string): number {
  const { count, sides, bonus } = parseDice(notation);
  return count * (sides + 1) / 2 + bonus;
}

/** Worth by wit: dull ones see bodies, sharper ones wounds, the clever ones threats and concentration. */
function judged(foes: readonly Known[], wit: number): readonly Known[] {
  if (wit < 6) return foes;
  const mean = foes.reduce((sum, one) => sum + threat(one), 0) / Math.max(1, foes.length);
  return foes.map((one) => ({ ...one, worth: worthOf(one, wit, mean) }));
}

function worthOf(one: Known, wit: number, mean: number): number {
  const wounded = 1 + (1 - one.creature.hp / Math.max(1, one.creature.maxHp)) / 2;
  if (wit < 8) return wounded;
  const holds = one.creature.concentration === null ? 1 : 1.25;
  return Math.min(2.5, Math.max(0.5, holds * threat(one) / Math.max(0.1, mean)));
}

/** Damage a round, and a little for each slot that may still come. */
function threat(one: Known): number {
  const slots = one.creature.slots.reduce((sum, left, i) => sum + left * (i + 1), 0);
  return one.harm + Math.min(6, slots);
}

function shootsBetter(me: Creature, forms: readonly AttackForm[]): boolean {
  const best = (list: readonly AttackForm[]) => list.reduce((most, form) => Math.max(most, meanOfForm(form)), 0);
  const near = best(forms.filter((form) => form.melee));
  const far = best(forms.filter((form) => !form.melee && !form.thrown));
  return far >= near || (spellRange(me) > 0 && near < 6);
}

/** Quick spends slots only when somebody lies dying or the party would be under 60 % after another round. */
function isDire(me: Creature, friends: readonly Known[], foes: readonly Known[]): boolean {
  if (friends.some((one) => one.creature.life === "dying")) return true;
  const party = [me, ...friends.map((one) => one.creature)];
  const hp = party.reduce((sum, one) => sum + one.hp, 0);
  const most = party.reduce((sum, one) => sum + one.maxHp, 0);
  const coming = foes.reduce((sum, one) => sum + one.harm, 0);
  return (hp - coming) * 10 < most * 6;
}

function flowOf(
  state: WorldState,
  battle: Battle,
  wit: number,
  flees: boolean,
  foes: readonly Known[],
): Int16Array {
  const { field } = battle;
  const known = flowsOf(field, state.levels[field.level]?.doors ?? NO_DOORS);
  const opens = (x: number, y: number) => wit >= 6 && opensDoor(state, battle, x, y);
  const sources = flees ? exitsOf(field) : foes.flatMap((one) => footprint(one.place));
  let key = wit >= 6 ? "opens" : "";
  if (flees) key += "out";
  else for (const [x, y] of sources) key += `,${y * field.width + x}`;
  const before = known.get(key);
  if (before) return before;
  const flow = flowTo(field, sources, opens);
  if (known.size >= FLOWS) known.clear();
  known.set(key, flow);
  return flow;
}

/** Ways kept for each battlefield and state of its doors: a side's foes stand still while it acts, and all of it ask. */
const FLOWS = 16;
const NO_DOORS: Level["doors"] = {};
const flowsOf = memo2((_field: Field, _doors: Level["doors"]) => new Map<string, Int16Array>());

const exitsOf = memo((field: Field): readonly Point[] =>
  field.rows.flatMap((row, y) => [...row].flatMap((tile, x) => tile === ">" ? [[x, y] as const] : []))
);

/** Whether a shut door on the field would open by hand. */
export function opensDoor(state: WorldState, battle: Battle, x: number, y: number): boolean {
  const edge = battle.field.edges[`${x},${y}`];
  const door = edge ? state.levels[battle.field.level]?.doors[edge] : undefined;
  return isShutDoor(battle.field, [x, y]) && door?.pass === 1;
}
