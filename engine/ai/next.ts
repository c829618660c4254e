/** The next act of a creature: best utility over square, action and target (game design 11.1). No dice but the last pick. */
import { speedOf } from "../character/mod.ts";
import { refuseStandUp } from "../combat/verbs.ts";
import type { Dice } from "../core/rng.ts";
import { withCombatant } from "../core/fold.ts";
import type { PlayerIntent } from "../types/command.ts";
import type { CreatureId } from "../types/ids.ts";
import type { WorldState } from "../types/state.ts";
import { helps, waits } from "./deeds.ts";
import { type Mind, mindOf } from "./mind.ts";
import { type Spot, spotsOf } from "./places.ts";
import { casts } from "./spells.ts";
import { type Option, type Seen, strikes } from "./strikes.ts";

/** Options weighed in one thought at most. */
const MOST = 4_000;
/** Squares from which spells and features are tried; strikes are tried from all of them. */
const CAST_SQUARES = 2;
/** A mere walk has to be this much better than staying. */
const WALK_GAIN = 0.04;
/** How much better than the best act seen another square's may turn out: advantage, less cover. */
const HOPE = 1.15;
/** An act worth doing without looking for a better square. */
const ENOUGH = 0.1;

/** What the creature does now; `EndTurn` when nothing is worth doing. The same state and dice give the same answer. */
export function nextIntent(state: WorldState, creature: CreatureId, dice: Dice): PlayerIntent {
  const end: PlayerIntent = { type: "EndTurn", character: creature };
  const mind = mindOf(state, creature);
  if (!mind || state.battle?.prompt || state.battle?.turn !== creature) return end;
  if (!refuseStandUp(state, creature)) return { type: "StandUp", character: creature };
  if (isSpent(mind)) return end;
  return pick(weigh(mind), dice) ?? end;
}

/** Nothing left that could be paid with. */
function isSpent(mind: Mind): boolean {
  const { budget } = mind.own;
  if (budget.action > 0 || budget.attacks > 0) return false;
  if (budget.bonusAction > 0 && mind.me.type === "character") return false;
  const holds = !mind.shoots && !mind.flees && mind.weights.risk < 0.8;
  return budget.movement < 5 || holds;
}

interface Choice {
  readonly intent: PlayerIntent;
  readonly score: number;
}

/** Every option with its full score, best first. */
export function weigh(mind: Mind): readonly Choice[] {
  const arrived = arrivedChoices(mind);
  if (arrived.length > 0) return arrived;
  const spots = spotsOf(mind);
  const stay = spots[0];
  if (!stay) return [];
  const out: Choice[] = [{ intent: { type: "EndTurn", character: mind.me.id }, score: stay.score }];
  let best = stay.score;
  let most = 0;
  let struck = false;
  const seen: Seen = new Map();
  for (const [index, spot] of spots.entries()) {
    // An act at another square begins with the way there; the act itself is thought of again on arrival.
    const way = index === 0 ? undefined : walk(mind, spot);
    if (way && spot.score - stay.score > WALK_GAIN) out.push({ intent: way, score: spot.score });
    // A square that could not win even with the best act seen so far, and some luck, is not looked at.
    if (!spot.mercy && most > 0 && spot.score + most * HOPE < best) continue;
    for (const option of optionsAt(mind, spot, index, seen)) {
      const score = spot.score + option.value;
      out.push({ intent: way ?? option.intent, score });
      struck ||= option.intent.type === "Attack" || option.intent.type === "CastSpell";
      best = Math.max(best, score);
      most = Math.max(most, option.value);
    }
    if (out.length >= MOST) break;
  }
  for (const option of waits(mind, !struck)) out.push({ intent: option.intent, score: stay.score + option.value });
  return out.sort((a, b) => b.score - a.score);
}

/** Once it has walked it strikes or casts from where it stands, if it can at all, before it looks about again. */
function arrivedChoices(mind: Mind): readonly Choice[] {
  if (mind.flees || mind.own.budget.movement >= speedOf(mind.me)) return [];
  const stay: Spot = { at: mind.own.at, path: [], score: 0 };
  return optionsAt(mind, stay, 0, new Map()).flatMap((one) =>
    one.value > ENOUGH ? [{ intent: one.intent, score: one.value }] : []
  )
    .sort((a, b) => b.score - a.score);
}

/** What it could do once it stood there: for more than strikes the rules are asked about a state in which it does. */
function optionsAt(mind: Mind, spot: Spot, index: number, seen: Seen): readonly Option[] {
  const { me, state } = mind;
  if (mind.flees && me.effects.some((one) => one.record.tags.includes("turned"))) return [];
  const struck = strikes(mind, spot.at, seen);
  if (index > 0 && ((index >= CAST_SQUARES && !spot.mercy) || !reachesOut(mind))) return struck;
  const there = index === 0 ? state : withCombatant(state, me.id, { at: spot.at });
  return [...struck, ...casts(mind, there), ...helps(mind, there, index === 0)];
}

/** Whether it has anything but strikes to do at another square: a spell to cast, somebody to bandage. */
function reachesOut(mind: Mind): boolean {
  return mind.starts().length > 0 || mind.friends.some((one) => one.creature.life === "dying");
}

function walk(mind: Mind, spot: Spot): PlayerIntent {
  return { type: "MoveInBattle", character: mind.me.id, path: spot.path };
}

/** Within 5 % of the best, the best with weight 0.6, the others share 0.4 (game design 11.1). */
function pick(choices: readonly Choice[], dice: Dice): PlayerIntent | undefined {
  const best = choices[0];
  if (!best) return undefined;
  const least = best.score - Math.abs(best.score) * 0.05;
  const close: Choice[] = [];
  for (const one of choices) {
    if (one.score < least) break;
    if (!close.some((other) => other.intent === one.intent)) close.push(one);
  }
  if (close.length === 1) return best.intent;
  const others = close.length - 1;
  return dice.weighted(close.map((one, i) => [one.intent, i === 0 ? 60 * others : 40] as const));
}
