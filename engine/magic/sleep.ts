/** Sleep by a pool of hit points, the weakest first (SRD 5.1, Sleep). */
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import { beginEffect, hasCondition, isImmune } from "../effects/mod.ts";
import type { EffectRecord, SpellOperation } from "../types/content.ts";
import type { CreatureId, EffectId } from "../types/ids.ts";

export const ASLEEP: EffectRecord = {
  kind: "condition",
  name: "Asleep",
  tags: ["magic", "mind", "sleep"],
  condition: "unconscious",
  duration: 60,
  endsOnDamage: true,
  stackKey: "sleep",
  stackRule: "refresh",
  priority: 25,
  dispel: "magic",
};

interface Run {
  readonly source: string;
  readonly by: CreatureId;
  readonly dc: number;
  readonly effect: EffectId;
  readonly targets: readonly CreatureId[];
  readonly above?: number;
}

/** Takes creatures from the pool by rising hit points until the next one is too strong. The undead and the awake pass by. */
export function dropAsleep(play: Play, run: Run, operation: Extract<SpellOperation, { type: "sleep" }>): void {
  const dice = play.dice("damage");
  let pool = dice.roll(operation.dice).total;
  for (let level = 0; level < (run.above ?? 0); level++) pool += dice.roll(operation.perSlot).total;
  for (const id of sleepers(play, run.targets)) {
    const hp = findCreature(play.state, id)?.hp ?? 0;
    if (hp > pool) return;
    pool -= hp;
    beginEffect(play, { target: id, record: ASLEEP, source: run.source, caster: run.by, dc: run.dc, id: run.effect });
  }
}

function sleepers(play: Pick<Play, "state">, targets: readonly CreatureId[]): readonly CreatureId[] {
  const able = targets.filter((id) => {
    const one = findCreature(play.state, id);
    return one?.life === "up" && !isImmune(one, ASLEEP) && !hasCondition(one, "unconscious");
  });
  const hp = (id: CreatureId) => findCreature(play.state, id)?.hp ?? 0;
  return [...able].sort((a, b) => hp(a) - hp(b) || (a < b ? -1 : 1));
}
