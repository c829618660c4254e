/** Cunning action, and goblins' nimble escape: dash, slip away or hide with the bonus action (SRD 5.1, Rogue). */
import { checkBonus, passivePerception, speedOf } from "../character/mod.ts";
import { monster } from "../content/mod.ts";
import { findCreature } from "../core/fold.ts";
import { reject } from "../core/rule.ts";
import { hampersChecks, isAble } from "../effects/mod.ts";
import { coverBetween, creaturesSee } from "../grid/mod.ts";
import type { Creature } from "../types/creature.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Battle, WorldState } from "../types/state.ts";
import type { FeatureRule } from "./features.ts";

function has(creature: Creature): boolean {
  if (creature.type === "character") return creature.features.includes("cunningAction");
  return monster(creature.monster).traits.includes("nimbleEscape");
}

/** A foe that would notice: an able one. */
function watcher(state: WorldState, battle: Battle, id: CreatureId, other: CreatureId): Creature | undefined {
  const one = findCreature(state, other);
  const place = battle.on[other];
  return one && place && place.side !== battle.on[id]?.side && !place.waiting && isAble(one) ? one : undefined;
}

/** Hiding needs to be out of sight, or behind cover, from every foe that can act. */
function canHide(state: WorldState, battle: Battle, id: CreatureId): boolean {
  return battle.order.every((other) =>
    !watcher(state, battle, id, other) || !creaturesSee(battle, other, id) || coverBetween(state, other, id) >= 5
  );
}

export const cunningAction: FeatureRule = {
  cost: { bonusAction: 1 },
  has,
  fault(state, creature, intent) {
    const one = state.battle?.on[creature.id];
    if (!state.battle || !one) return reject("magic/not_here");
    switch (intent.choice) {
      case "dash":
        return creature.type === "monster" ? reject("character/bad_choice") : undefined;
      case "slip":
        return one.slipping ? reject("combat/already_acted") : undefined;
      case "hide":
        if (one.hidden) return reject("combat/already_acted");
        return canHide(state, state.battle, creature.id) ? undefined : reject("combat/bad_target", { why: "seen" });
      default:
        return reject("character/bad_choice");
    }
  },
  apply(play, creature, intent) {
    const { battle } = play.state;
    const budget = battle?.on[creature.id]?.budget;
    if (!battle || !budget) return;
    if (intent.choice === "dash") {
      const movement = budget.movement + speedOf(creature);
      play.emit({ type: "BudgetSpent", creature: creature.id, budget: { ...budget, movement } });
    } else if (intent.choice === "slip") {
      play.emit({ type: "MarkSet", creature: creature.id, mark: "slipping", on: true });
    } else {
      const dc = battle.order.reduce((most, other) => {
        const one = watcher(play.state, battle, creature.id, other);
        return one ? Math.max(most, passivePerception(one)) : most;
      }, 0);
      const mode = hampersChecks(creature) ? "disadvantage" : "normal";
      const roll = play.dice("check").d20(checkBonus(creature, "stealth"), mode);
      const ok = roll.total >= dc;
      play.emit({ type: "CheckRolled", creature: creature.id, check: "stealth", roll, dc, ok });
      if (ok) play.emit({ type: "MarkSet", creature: creature.id, mark: "hidden", on: true });
    }
  },
  options: () => ["dash", "slip", "hide"].map((choice) => ({ feature: "cunningAction", choice })),
};
