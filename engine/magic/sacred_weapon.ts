/** Channel divinity of the oath: for a minute the weapon strikes truer and counts as magic (SRD 5.1, Oath of Devotion). */
import { abilityModifier } from "../character/mod.ts";
import type { Play } from "../core/play.ts";
import { beginEffect } from "../effects/mod.ts";
import type { EffectRecord } from "../types/content.ts";
import type { Creature } from "../types/creature.ts";

function record(bonus: number): EffectRecord {
  return {
    kind: "statBoost",
    name: "Sacred weapon",
    tags: ["magic", "holy"],
    modifiers: [{ stat: "attack", op: "add", value: bonus, only: "weapon" }],
    duration: 60,
    stackKey: "sacredWeapon",
    stackRule: "refresh",
    priority: 50,
    dispel: "magic",
  };
}

/** Adds CHA, at least 1, to attacks with weapons. */
export function hallowWeapon(play: Play, creature: Creature): void {
  beginEffect(play, {
    target: creature.id,
    record: record(Math.max(1, abilityModifier(creature, "cha"))),
    source: "sacredWeapon",
    caster: creature.id,
  });
}
