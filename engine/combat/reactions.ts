/** Opportunity attacks and guards: reactions to somebody's steps (SRD 5.1, Opportunity Attacks; game design 6.2). */
import { type AttackForm, attackForms } from "../character/mod.ts";
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import { parseDice } from "../core/rng.ts";
import { causesOf, hasCondition, hasTag, isAble } from "../effects/mod.ts";
import { creaturesSee, distanceBetween, type Place } from "../grid/mod.ts";
import type { Creature } from "../types/creature.ts";
import type { CreatureId, Point } from "../types/ids.ts";
import type { Battle, WorldState } from "../types/state.ts";
import { resolveAttack } from "./attack.ts";
import { spend } from "./budget.ts";
import { hasTrait } from "./circumstances.ts";
import { isPlayed, PROMPT_MS } from "./clock.ts";

export interface Leaving {
  readonly mover: CreatureId;
  readonly to: Point;
  /** Path from this step on, so that an answer can resume it. */
  readonly rest: readonly Point[];
  readonly answered: readonly CreatureId[];
}

/** Foes whose reach the step leaves strike first. `go`: the step may be taken; else a question is open or the mover fell. */
export function leaveReach(play: Play, leaving: Leaving): "go" | "asked" | "fell" {
  const asked = [...leaving.answered];
  for (const id of opportunities(play.state, leaving.mover, leaving.to)) {
    if (asked.includes(id)) continue;
    asked.push(id);
    const character = play.state.characters[id];
    const policy = character?.policy.opportunity ?? "always";
    if (policy === "never") continue;
    if (policy === "ask" && isPlayed(character)) {
      play.emit({
        type: "PromptOpened",
        prompt: {
          type: "opportunity",
          creature: id,
          mover: leaving.mover,
          path: leaving.rest,
          asked,
          endsAt: play.at + PROMPT_MS,
          since: play.at,
        },
      });
      return "asked";
    }
    strike(play, id, leaving.mover);
    if (play.state.battle?.prompt) return "asked";
    const mover = findCreature(play.state, leaving.mover);
    if (!mover || !isAble(mover)) return "fell";
  }
  return "go";
}

/** Who could strike at a creature's step to a square, in initiative order. Pure: forecasts ask it too. */
export function opportunities(state: WorldState, mover: CreatureId, to: Point): readonly CreatureId[] {
  const battle = state.battle;
  const own = battle?.on[mover];
  const creature = findCreature(state, mover);
  if (!battle || !own || !creature || own.slipping || own.hidden || hasTrait(creature, "flyby")) return [];
  if (hasCondition(creature, "invisible")) return [];
  const next: Place = { at: to, size: own.size };
  return battle.order.filter((id) => {
    const one = battle.on[id];
    // Who is no farther from the next square than from this one loses nobody out of reach.
    if (!one || distanceBetween(one, next) <= distanceBetween(one, own)) return false;
    const reach = readyReach(state, battle, id, mover);
    return reach !== undefined && distanceBetween(one, own) <= reach && distanceBetween(one, next) > reach;
  });
}

/** Guards whose reach the mover has come into attack at once. */
export function guardsStrike(
  play: Play,
  step: { readonly mover: CreatureId; readonly from: Place },
): "go" | "asked" {
  for (const id of play.state.battle?.order ?? []) {
    const battle = play.state.battle;
    const one = battle?.on[id];
    const own = battle?.on[step.mover];
    if (!battle || !one?.guarding || !own) continue;
    const reach = readyReach(play.state, battle, id, step.mover);
    if (reach === undefined || distanceBetween(one, own) > reach || distanceBetween(one, step.from) <= reach) continue;
    play.emit({ type: "MarkSet", creature: id, mark: "guarding", on: false });
    strike(play, id, step.mover);
    if (play.state.battle?.prompt) return "asked";
  }
  return "go";
}

/** Spends the reaction on one melee attack. Nothing happens when that is no longer possible. */
export function strike(play: Play, id: CreatureId, target: CreatureId): void {
  const battle = play.state.battle;
  const creature = findCreature(play.state, id);
  if (!battle || !creature || readyReach(play.state, battle, id, target) === undefined) return;
  const form = meleeForm(creature);
  if (!form) return;
  spend(play, id, { reaction: 1 });
  resolveAttack(play, { by: id, form, target, reaction: true });
}

/** Reach in feet of a foe able to react to `mover`; undefined when it cannot. */
function readyReach(state: WorldState, battle: Battle, id: CreatureId, mover: CreatureId): number | undefined {
  const one = battle.on[id];
  const own = battle.on[mover];
  const creature = findCreature(state, id);
  if (!one || !own || !creature || one.side === own.side || one.waiting || one.budget.reaction < 1) return undefined;
  if (
    !isAble(creature) || hasTag(creature, "noReactions") || hasCondition(creature, "blinded") ||
    causesOf(creature, "charmed").includes(mover)
  ) {
    return undefined;
  }
  return creaturesSee(battle, id, mover) ? meleeForm(creature)?.reach : undefined;
}

/** The melee form that hurts most; `armed` leaves bare hands out. */
export function meleeForm(creature: Creature, armed = false): AttackForm | undefined {
  let best: AttackForm | undefined;
  for (const form of attackForms(creature)) {
    if (form.reach === undefined || form.offHand || (armed && creature.type === "character" && !form.item)) continue;
    if (!best || worth(form) > worth(best)) best = form;
  }
  return best;
}

/** Twice the mean damage: enough to compare. */
function worth(form: AttackForm): number {
  return form.damage.reduce((sum, one) => {
    const dice = parseDice(one.dice);
    return sum + dice.count * (dice.sides + 1) + 2 * (dice.bonus + one.bonus);
  }, 0);
}
