/** Walking a path, one step at a time, in the six parts of game design 6.2. */
import { speedOf } from "../character/mod.ts";
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import { causesOf, hasCondition, isAble, touchClouds } from "../effects/mod.ts";
import {
  canStand,
  coverBetween,
  creaturesSee,
  crowdOf,
  distance,
  facingTowards,
  isExit,
  stepCost,
  type Walk,
} from "../grid/mod.ts";
import type { Creature } from "../types/creature.ts";
import type { CreatureId, Point } from "../types/ids.ts";
import type { Rejection } from "../types/rejection.ts";
import type { Battle, WorldState } from "../types/state.ts";
import { isPlayed } from "./clock.ts";
import { hasTrait } from "./circumstances.ts";
import { guardsStrike, leaveReach } from "./reactions.ts";

/** Longest path taken in one command, in squares. */
const LONGEST = 80;

/** Moves along a path as far as nothing stops it. */
export function moveRule(play: Play, intent: IntentOf<"MoveInBattle">): Rejection | undefined {
  const refused = refusePath(play.state, intent.character, intent.path);
  if (refused) return refused;
  walk(play, intent.character, intent.path, []);
  return undefined;
}

/** Why a path cannot be walked as things stand, or undefined. Pure: menus ask it too. */
export function refusePath(state: WorldState, id: CreatureId, path: readonly Point[]): Rejection | undefined {
  const battle = state.battle;
  const creature = findCreature(state, id);
  const own = battle?.on[id];
  if (!battle || !creature || !own) return reject("move/nothing_there");
  if (!isAble(creature)) return reject("combat/incapacitated");
  const last = path.at(-1);
  if (!last || path.length > LONGEST) return reject("move/no_way");
  if (speedOf(creature) === 0) return reject("combat/no_movement", { left: 0 });
  const crowd = crowdOf(state, battle, id);
  const how = walkOf(creature);
  let at = own.at;
  let left = own.budget.movement;
  for (const [step, to] of path.entries()) {
    const cost = stepCost(battle, { at, size: own.size }, to, crowd, how);
    if (cost === undefined) return reject("move/blocked", { step });
    if (nearsFear(battle, creature, at, to)) return reject("move/blocked", { step, why: "frightened" });
    left -= cost;
    if (left < 0) return reject("combat/no_movement", { step, left: own.budget.movement });
    at = to;
  }
  return canStand(battle, last, own.size, crowd) ? undefined : reject("move/occupied");
}

/** How the ground treats a creature. */
export function walkOf(creature: Creature): Walk {
  return { crawling: hasCondition(creature, "prone"), surefooted: hasTrait(creature, "webWalker") };
}

/**
 * Goes on along a path. `asked`: foes who have answered for the step that comes first. Stops when the mover falls, a
 * question is put to somebody, or a new foe comes into view.
 */
export function walk(play: Play, id: CreatureId, path: readonly Point[], asked: readonly CreatureId[]): void {
  let answered = asked;
  for (const [index, to] of path.entries()) {
    const battle = play.state.battle;
    const own = battle?.on[id];
    const creature = findCreature(play.state, id);
    if (!battle || !own || !creature || !isAble(creature)) return;
    const crowd = crowdOf(play.state, battle, id);
    const cost = stepCost(battle, own, to, crowd, walkOf(creature));
    if (cost === undefined || cost > own.budget.movement || speedOf(creature) === 0) return;
    if (index + 1 === path.length && !canStand(battle, to, own.size, crowd)) return;
    const seen = foesSeen(play.state, battle, id);
    if (leaveReach(play, { mover: id, to, rest: path.slice(index), answered }) !== "go") return;
    answered = [];
    play.emit({ type: "CreatureMoved", creature: id, to, cost, facing: facingTowards(own.at, to) });
    touchClouds(play, id, "enter");
    if (!stands(play.state, id)) return;
    if (guardsStrike(play, { mover: id, from: own }) === "asked" || !stands(play.state, id)) return;
    reveal(play, id);
    if (index + 1 === path.length) return leaveField(play, id, to);
    if (newFoe(play.state, id, seen) && mayStop(play.state, id)) return;
  }
}

function stands(state: WorldState, id: CreatureId): boolean {
  const creature = findCreature(state, id);
  return creature !== undefined && isAble(creature);
}

function mayStop(state: WorldState, id: CreatureId): boolean {
  const battle = state.battle;
  const own = battle?.on[id];
  return battle !== null && own !== undefined && canStand(battle, own.at, own.size, crowdOf(state, battle, id));
}

/** Whoever ends its steps on a way out leaves the battle. */
function leaveField(play: Play, id: CreatureId, to: Point): void {
  const field = play.state.battle?.field;
  if (field && isExit(field, to)) play.emit({ type: "CreatureLeftField", creature: id, how: "exit" });
}

/** Whoever hides and is in plain view of an able foe after the step, the mover or one it has walked up to, hides no longer. */
function reveal(play: Play, mover: CreatureId): void {
  const { battle } = play.state;
  for (const id of battle?.order ?? []) {
    const one = battle?.on[id];
    if (!battle || !one?.hidden) continue;
    const watchers = id === mover ? battle.order : [mover];
    if (watchers.some((other) => isPlain(play.state, battle, { hider: id, watcher: other }))) {
      play.emit({ type: "MarkSet", creature: id, mark: "hidden", on: false });
    }
  }
}

function isPlain(
  state: WorldState,
  battle: Battle,
  { hider, watcher }: { readonly hider: CreatureId; readonly watcher: CreatureId },
): boolean {
  const creature = findCreature(state, watcher);
  return battle.on[watcher]?.side !== battle.on[hider]?.side && creature !== undefined && isAble(creature) &&
    creaturesSee(battle, watcher, hider) && coverBetween(state, watcher, hider) === 0;
}

/** Foes a played character has in view; nobody else is stopped by a new one. */
function foesSeen(state: WorldState, battle: Battle, id: CreatureId): ReadonlySet<CreatureId> | undefined {
  return isPlayed(state.characters[id]) ? new Set(foesInView(state, battle, id)) : undefined;
}

function newFoe(state: WorldState, id: CreatureId, seen: ReadonlySet<CreatureId> | undefined): boolean {
  return seen !== undefined && state.battle !== null &&
    foesInView(state, state.battle, id).some((other) => !seen.has(other));
}

function foesInView(state: WorldState, battle: Battle, id: CreatureId): readonly CreatureId[] {
  const side = battle.on[id]?.side;
  return battle.order.filter((other) => {
    const one = battle.on[other];
    return one !== undefined && one.side !== side && !one.waiting && !one.hidden &&
      findCreature(state, other)?.life === "up" && creaturesSee(battle, id, other);
  });
}

/** The frightened do not come nearer to what they fear (SRD 5.1, Frightened). */
function nearsFear(battle: Battle, creature: Creature, from: Point, to: Point): boolean {
  return causesOf(creature, "frightened").some((cause) => {
    const place = battle.on[cause];
    return place !== undefined && distance(to, place.at) < distance(from, place.at);
  });
}
