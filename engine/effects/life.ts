/** Falling, dying, being struck while down, healing (SRD 5.1, Damage and Healing). */
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import type { EffectRecord } from "../types/content.ts";
import type { Creature } from "../types/creature.ts";
import type { Roll } from "../types/event.ts";
import type { CreatureId, EffectId } from "../types/ids.ts";
import { beginEffect, endConcentration, endEffectsWhere } from "./begin.ts";

/** Lying on the ground: until it stands up. */
export const PRONE: EffectRecord = {
  kind: "condition",
  name: "Prone",
  tags: ["posture"],
  condition: "prone",
  duration: null,
  stackKey: "prone",
  stackRule: "refresh",
  priority: 0,
  dispel: "none",
};

/** A creature has come to 0 hit points. `excess`: damage left over, which may kill at once. */
export function fall(play: Play, creature: Creature, excess: number): void {
  if (creature.type === "monster") {
    die(play, creature.id, "slain");
    return;
  }
  if (excess >= creature.maxHp) {
    die(play, creature.id, "dead");
    return;
  }
  if (creature.features.includes("relentless") && (creature.used["relentless"] ?? 0) === 0) {
    play.emit({ type: "FeatureUsed", creature: creature.id, feature: "relentless", used: 1 });
    play.emit({ type: "Healed", creature: creature.id, amount: 1, hp: 1, by: "relentless" });
    return;
  }
  endConcentration(play, creature.id, "incapacitated");
  play.emit({ type: "LifeChanged", creature: creature.id, life: "dying", hp: 0, why: "down" });
}

/** Death: concentration and passing effects end with it. */
export function die(play: Play, id: CreatureId, why: "dead" | "slain" | "destroyed"): void {
  endConcentration(play, id, "incapacitated");
  play.emit({ type: "LifeChanged", creature: id, life: "dead", hp: 0, why });
  if (play.state.characters[id]) endEffectsWhere(play, id, (one) => one.endsAt !== null, "death");
}

/** Damage to one who lies dying is a failed death save, two for a critical; as much as its maximum kills. */
export function hurtWhileDown(play: Play, id: CreatureId, damage: number, critical: boolean): void {
  const one = play.state.characters[id];
  if (!one) return;
  if (damage >= one.maxHp) {
    die(play, id, "dead");
    return;
  }
  const before = one.life === "stable" ? { successes: 0, failures: 0 } : one.deathSaves;
  if (one.life === "stable") play.emit({ type: "LifeChanged", creature: id, life: "dying", hp: 0, why: "down" });
  const failures = Math.min(3, before.failures + (critical ? 2 : 1));
  const roll: Roll = { dice: "0", rolls: [], bonus: 0, total: 0 };
  play.emit({ type: "DeathSaveRolled", creature: id, roll, successes: before.successes, failures });
  if (failures >= 3) die(play, id, "dead");
}

export interface HealInput {
  readonly target: CreatureId;
  readonly amount: number;
  /** What healed: a spell, item or feature id. */
  readonly by: string;
  readonly roll?: Roll;
}

/** Heals up to the maximum and brings the fallen back to their senses, lying where they fell. The dead stay dead. */
export function heal(play: Play, input: HealInput): number {
  const one = findCreature(play.state, input.target);
  if (!one || one.life === "dead" || one.life === "fled") return 0;
  if (one.effects.some((effect) => effect.record.tags.includes("noHealing"))) return 0;
  const bleeding = one.effects.some((effect) => effect.record.kind === "bleeding");
  const offered = Math.max(0, bleeding ? Math.floor(input.amount / 2) : input.amount);
  const hp = Math.min(one.maxHp, one.hp + offered);
  const amount = hp - one.hp;
  const { by, roll } = input;
  play.emit({ type: "Healed", creature: one.id, amount, hp, by, ...(roll === undefined ? {} : { roll }) });
  if (one.life !== "up" && hp > 0) wake(play, one.id, hp);
  return amount;
}

/** Back on its senses; in battle it still has to stand up. */
export function wake(play: Play, id: CreatureId, hp: number): void {
  play.emit({ type: "LifeChanged", creature: id, life: "up", hp, why: "up" });
  if (play.state.battle?.on[id]) {
    beginEffect(play, { target: id, record: PRONE, source: "fall", caster: null, id: play.id<EffectId>("e") });
  }
}

/** Stops a dying creature's death saves. */
export function stabilise(play: Play, id: CreatureId): void {
  if (findCreature(play.state, id)?.life !== "dying") return;
  play.emit({ type: "LifeChanged", creature: id, life: "stable", hp: 0, why: "stable" });
}

/** Temporary hit points do not add up: the larger number stays. */
export function gainTempHp(play: Play, id: CreatureId, amount: number): void {
  const one = findCreature(play.state, id);
  if (one && amount > one.tempHp) play.emit({ type: "TempHpGained", creature: id, tempHp: amount });
}
