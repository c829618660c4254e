/** Where it could stand and how good it is to stand there. */
import { refusePath, walkOf } from "../combat/move.ts";
import { speedOf } from "../character/mod.ts";
import { first } from "../core/first.ts";
import { hasCondition } from "../effects/mod.ts";
import { feetBetween, isExit, NO_WAY, type Reach, reachable, samePoint } from "../grid/mod.ts";
import type { Point } from "../types/ids.ts";
import type { Known, Mind } from "./mind.ts";

/** Squares looked at closely. */
export const BEST_SQUARES = 12;

export interface Spot {
  readonly at: Point;
  readonly path: readonly Point[];
  /** What standing (and getting) there is worth by itself. */
  readonly score: number;
  /** Beside a friend who lies dying. */
  readonly mercy?: true;
}

/** The present square first, then the best others by position alone. */
export function spotsOf(mind: Mind): readonly Spot[] {
  const { own, me, state } = mind;
  const stay: Spot = { at: own.at, path: [], score: placeScore(mind, own.at) };
  if (own.budget.movement < 5 || speedOf(me) === 0) return [stay];
  const reach = reachable(state, me.id, own.budget.movement, walkOf(me));
  const strikes = strikesFrom(mind);
  const rough: Rough[] = [];
  for (const at of reach.squares) {
    if (samePoint(at, own.at) || (!mind.flees && isExit(mind.battle.field, at))) continue;
    const place = placeScore(mind, at);
    const steps = (reach.costTo(at) ?? 0) / 1000;
    rough.push({ at, place, steps, score: place + strikes(at) - steps });
  }
  const mercies = beside(mind, rough).map((one) => ({ ...spotAt(mind, reach, one), mercy: true as const }));
  const spots: readonly Spot[] = [
    ...mercies,
    ...first(rough, BEST_SQUARES, better).map((one) => spotAt(mind, reach, one)),
  ];
  // Reach knows walls and crowds but not fear: the frightened may not be allowed the way.
  const afraid = hasCondition(me, "frightened");
  return [stay, ...(afraid ? spots.filter((spot) => !refusePath(state, me.id, spot.path)) : spots)];
}

/** A square as it looks before the way there is looked at. */
interface Rough {
  readonly at: Point;
  /** What standing there is worth. */
  readonly place: number;
  /** What every step less is worth: a hair, so that of two like squares the nearer one wins. */
  readonly steps: number;
  readonly score: number;
}

function better(a: Rough, b: Rough): number {
  return b.score - a.score || a.at[1] - b.at[1] || a.at[0] - b.at[0];
}

/** The best square beside each friend who lies dying, for those who help. */
function beside(mind: Mind, rough: readonly Rough[]): readonly Rough[] {
  if (mind.weights.mend === 0) return [];
  return mind.friends.flatMap((friend) => {
    if (friend.creature.life !== "dying" || feetTo(mind, mind.own.at, friend) <= 5) return [];
    return first(rough.filter(({ at }) => feetTo(mind, at, friend) <= 5), 1, better);
  });
}

function spotAt(mind: Mind, reach: Reach, { at, place, steps }: Rough): Spot {
  const path = reach.pathTo(at) ?? [];
  const hurt = mind.weights.risk * reactionHarm(mind, path) / Math.max(1, mind.me.hp);
  return { at, path, score: place - Math.min(2, hurt) - steps };
}

/** Squares from which something can be struck come first when squares are pruned. */
function strikesFrom(mind: Mind): (at: Point) => number {
  if (mind.flees || mind.own.budget.action + mind.own.budget.attacks < 1) return () => 0;
  const farthest = Math.max(-1, ...mind.forms.map((form) => Math.max(form.reach ?? -1, form.range?.[0] ?? -1)));
  return (at) => {
    let best = 0;
    for (const foe of mind.foes) {
      if (feetTo(mind, at, foe) <= farthest) best = Math.max(best, 0.3 + foe.worth / 4);
    }
    return best;
  };
}

/** Feet from a square it may only suppose itself on to somebody else. */
export function feetTo({ own }: Mind, at: Point, one: Known): number {
  return feetBetween(at[0], at[1], own.size, one.at[0], one.at[1], one.size);
}

/** Mean damage foes would deal by reactions along a path, each once. */
function reactionHarm(mind: Mind, path: readonly Point[]): number {
  if (mind.own.slipping || path.length === 0) return 0;
  let sum = 0;
  for (const foe of mind.foes) {
    if (foe.able && foe.reach > 0 && foe.place.budget.reaction >= 1 && leaves(mind, path, foe)) sum += foe.harm;
  }
  return sum;
}

/** Whether a path leads out of somebody's reach. */
function leaves(mind: Mind, path: readonly Point[], foe: Known): boolean {
  let inside = feetTo(mind, mind.own.at, foe) <= foe.reach;
  for (const at of path) {
    const still = feetTo(mind, at, foe) <= foe.reach;
    if (inside && !still) return true;
    inside = still;
  }
  return false;
}

/** Fear of what may come next round, and taste. */
export function placeScore(mind: Mind, at: Point): number {
  const fear = mind.weights.risk === 0 ? 0 : mind.weights.risk * incoming(mind, at) / Math.max(1, mind.me.hp);
  return taste(mind, at) - Math.min(1, fear) - cloudFear(mind, at);
}

/** Mean damage next round to it if it stood here, shared with the friends who could be struck instead. */
export function incoming(mind: Mind, at: Point): number {
  let sum = 0;
  for (const foe of mind.foes) {
    const feet = feetTo(mind, at, foe);
    if (foe.reach > 0 && feet <= foe.reach) sum += foe.harm;
    else if (foe.range > 0 && feet <= foe.range) sum += foe.harm * 0.7;
    else if (foe.reach > 0 && feet <= foe.reach + foe.speed) sum += foe.harm * 0.8;
  }
  return sum / (1 + mind.fellows.length / 2);
}

function taste(mind: Mind, at: Point): number {
  const feet = mind.flow()[at[1] * mind.battle.field.width + at[0]] ?? NO_WAY;
  if (mind.flees) return (feet === NO_WAY ? 0 : -feet / 30) + nearestFoe(mind, at) / 60;
  const far = feet === NO_WAY ? nearestFoe(mind, at) + 60 : feet;
  const near = mind.shoots ? shooterTaste(mind, far, at) : -Math.max(0, far - 5) / 40;
  return Math.max(-4, near) + company(mind, at);
}

function shooterTaste(mind: Mind, far: number, at: Point): number {
  const nearest = nearestFoe(mind, at);
  const crowded = nearest <= 5 ? -0.5 : nearest <= 15 ? -0.15 : 0;
  return crowded - Math.max(0, far - Math.min(mind.far, 60)) / 40;
}

function nearestFoe(mind: Mind, at: Point): number {
  let least = 120;
  for (const foe of mind.foes) least = Math.min(least, feetTo(mind, at, foe));
  return least;
}

/** Company counts for those who lead, hide behind others, or hunt in packs. */
function company(mind: Mind, at: Point): number {
  const wanted = mind.weights.place;
  if (wanted === "contact" || wanted === "nearest" || wanted === "exits" || wanted === "edge") return 0;
  const feet = wanted === "followers" ? 30 : 10;
  let near = 0;
  for (const one of mind.fellows) if (feetTo(mind, at, one) <= feet) near += 1;
  return Math.min(2, near) / 20;
}

/** Clouds that harm are shunned by whoever is clever enough. */
function cloudFear(mind: Mind, at: Point): number {
  if (mind.wit < 3) return 0;
  let fear = 0;
  for (const id in mind.battle.clouds) {
    const cloud = mind.battle.clouds[id as keyof typeof mind.battle.clouds];
    if (!cloud) continue;
    const inside = cloud.squares.some((square) => samePoint(square, at));
    if (inside) fear += cloud.blocksSight ? 0.2 : 0.8;
  }
  return fear;
}

/** The nearest of the foes: all that the dull look at. */
export function nearestOnly(mind: Mind): readonly Known[] {
  const { at } = mind.own;
  const least = mind.foes.reduce((most, foe) => Math.min(most, feetTo(mind, at, foe)), Infinity);
  return mind.foes.filter((foe) => feetTo(mind, at, foe) === least);
}
