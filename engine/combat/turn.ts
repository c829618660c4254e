/** Turns and rounds: who acts, with what budget, and what falls due at a turn's edges (SRD 5.1, Combat). */
import { speedOf } from "../character/mod.ts";
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import { isAble, rollDeathSave, tickTurnEnd, tickTurnStart } from "../effects/mod.ts";
import type { Budget, Creature } from "../types/creature.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Battle } from "../types/state.ts";
import { bankAfter, turnEndsAt } from "./clock.ts";
import { endIfOver } from "./ending.ts";
import { bringReinforcements } from "./reinforcements.ts";

/** Turns looked through at most before a battle is given up as idle; ten idle rounds end it long before. */
const LIMIT = 2_000;

/** Opens round 1 and gives the turn to the first who can act. */
export function firstTurn(play: Play): void {
  play.emit({ type: "RoundStarted", round: 1, idle: 0 });
  passOn(play, undefined);
}

/**
 * Starts a creature's turn: budget, marks cleared, death save, effects and clouds of the turn's start.
 * Returns whether it can act; false: its turn is over already, or it had none.
 */
export function beginTurn(play: Play, id: CreatureId): boolean {
  const battle = play.state.battle;
  const creature = findCreature(play.state, id);
  const one = battle?.on[id];
  if (!battle || !creature || !one || one.waiting || creature.life === "dead" || creature.life === "fled") return false;
  const budget = one.surprised ? NOTHING : fullBudget(creature);
  play.emit({ type: "TurnStarted", creature: id, budget, endsAt: turnEndsAt(play.state, battle, id, play.at) });
  if (creature.life === "dying") rollDeathSave(play, id);
  tickTurnStart(play, id);
  if (!one.surprised && canAct(play, id)) return true;
  closeTurn(play, id, {});
  return false;
}

/** Ends the running turn and hands on to the next creature that can act; ends the battle where it is over. */
export function finishTurn(play: Play, id: CreatureId, options: { readonly missed?: number } = {}): void {
  closeTurn(play, id, options);
  passOn(play, id);
}

/** Ends the turn at the moment of delaying: its effects fall due, then the next one after the old place acts. */
export function finishDelayed(play: Play, id: CreatureId, next: CreatureId | undefined): void {
  closeTurn(play, id, {});
  passOn(play, next);
}

/** Movement in feet, one of each kind, a free hand. */
export function fullBudget(creature: Creature): Budget {
  return { movement: Math.max(0, speedOf(creature)), action: 1, bonusAction: 1, reaction: 1, attacks: 0, freeHand: 1 };
}

/** Whether a creature stands on the field and can act at all. */
export function canAct(play: Play, id: CreatureId): boolean {
  const creature = findCreature(play.state, id);
  return play.state.battle?.on[id] !== undefined && creature?.life === "up" && isAble(creature);
}

const NOTHING: Budget = { movement: 0, action: 0, bonusAction: 0, reaction: 0, attacks: 0, freeHand: 0 };

function closeTurn(play: Play, id: CreatureId, options: { readonly missed?: number }): void {
  tickTurnEnd(play, id);
  const battle = play.state.battle;
  if (!battle) return;
  const bank = bankAfter(play.state, battle, id, play.at);
  play.emit({
    type: "TurnEnded",
    creature: id,
    ...(bank ? { bank } : {}),
    ...(options.missed === undefined ? {} : { missed: options.missed }),
  });
  const one = play.state.battle?.on[id];
  const creature = findCreature(play.state, id);
  // A surprised creature may react once its first turn has ended (SRD 5.1, Surprise).
  if (battle.on[id]?.surprised && one && creature?.life === "up") {
    play.emit({ type: "BudgetSpent", creature: id, budget: { ...one.budget, reaction: 1 } });
  }
}

function passOn(play: Play, after: CreatureId | undefined): void {
  let last = after;
  for (let step = 0; step < LIMIT; step++) {
    if (endIfOver(play)) return;
    const battle = play.state.battle;
    if (!battle) return;
    const next = nextInOrder(battle, last) ?? newRound(play);
    if (next === undefined || !play.state.battle) return;
    if (beginTurn(play, next)) return;
    last = next;
  }
}

function nextInOrder(battle: Battle, last: CreatureId | undefined): CreatureId | undefined {
  return battle.order[last === undefined ? 0 : battle.order.indexOf(last) + 1];
}

/** The next round begins: six seconds pass, latecomers arrive. Returns who is first; undefined: the battle ended. */
function newRound(play: Play): CreatureId | undefined {
  const battle = play.state.battle;
  if (!battle) return undefined;
  play.emit({ type: "RoundStarted", round: battle.round + 1, idle: battle.idle + 1 });
  bringReinforcements(play);
  if (endIfOver(play)) return undefined;
  return play.state.battle?.order[0];
}
