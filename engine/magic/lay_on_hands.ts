/** Lay on hands: a pool of five hit points a level, or five of them against poison (SRD 5.1, Paladin). */
import { findCreature } from "../core/fold.ts";
import { reject } from "../core/rule.ts";
import { endCondition, endEffectsWhere, hasCondition, heal } from "../effects/mod.ts";
import type { Creature } from "../types/creature.ts";
import type { FeatureRule } from "./features.ts";
import { canTouch, classLevel, friendsOf, noteUse, usesOf } from "./uses.ts";

const CURE_POINTS = 5;

/** Points left in the pool. */
export function handsLeft(creature: Creature): number {
  if (creature.type !== "character") return 0;
  return 5 * classLevel(creature, "paladin") - usesOf(creature, "layOnHands");
}

export const layOnHands: FeatureRule = {
  cost: { action: 1 },
  has: (creature) => creature.type === "character" && creature.features.includes("layOnHands"),
  fault(state, creature, intent) {
    const target = findCreature(state, intent.target ?? creature.id);
    if (!target || target.life === "dead" || target.life === "fled") return reject("magic/bad_target");
    if (!canTouch(state, creature.id, target.id)) return reject("combat/not_adjacent");
    const left = handsLeft(creature);
    if (intent.choice === "cure") {
      if (!hasCondition(target, "poisoned")) return reject("magic/bad_target");
      return left < CURE_POINTS ? reject("character/feature_spent", { feature: "layOnHands" }) : undefined;
    }
    const amount = intent.amount ?? Math.min(left, target.maxHp - target.hp);
    if (left < 1 || amount > left) return reject("character/feature_spent", { feature: "layOnHands", left });
    return amount < 1 || target.hp >= target.maxHp ? reject("magic/bad_target") : undefined;
  },
  apply(play, creature, intent) {
    const target = findCreature(play.state, intent.target ?? creature.id);
    if (!target) return;
    if (intent.choice === "cure") {
      noteUse(play, creature, "layOnHands", { by: CURE_POINTS, target: target.id });
      endCondition(play, target.id, "poisoned", "dispelled");
      endEffectsWhere(
        play,
        target.id,
        (one) => one.record.dispel === "poison" || one.record.dispel === "disease",
        "dispelled",
      );
      return;
    }
    const amount = intent.amount ?? Math.min(handsLeft(creature), target.maxHp - target.hp);
    noteUse(play, creature, "layOnHands", { by: amount, target: target.id });
    heal(play, { target: target.id, amount, by: "layOnHands" });
  },
  options: (state, creature) =>
    friendsOf(state, creature.id).flatMap((target) => [
      { feature: "layOnHands", target },
      { feature: "layOnHands", target, choice: "cure" },
    ]),
};
