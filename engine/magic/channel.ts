/** Channel divinity: turn the undead, or preserve life (SRD 5.1, Cleric; Life Domain). Once per rest. */
import { spellDc } from "../character/mod.ts";
import { monster } from "../content/mod.ts";
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import { reject } from "../core/rule.ts";
import { beginEffect, heal, rollSave } from "../effects/mod.ts";
import { creatureDistance, creaturesSee } from "../grid/mod.ts";
import type { EffectRecord } from "../types/content.ts";
import type { Creature } from "../types/creature.ts";
import type { CreatureId } from "../types/ids.ts";
import type { WorldState } from "../types/state.ts";
import type { FeatureRule } from "./features.ts";
import { hallowWeapon } from "./sacred_weapon.ts";
import { classLevel, friendsOf, noteUse, spent } from "./uses.ts";

/** Feet both uses carry. */
const FAR = 30;

/** Turned: it flees its turner and does nothing else until hurt, for a minute. The AI reads the tag. */
export const TURNED: EffectRecord = {
  kind: "condition",
  name: "Turned",
  tags: ["holy", "fear", "turned", "noReactions"],
  condition: "frightened",
  duration: 60,
  endsOnDamage: true,
  stackKey: "turned",
  stackRule: "refresh",
  priority: 50,
  dispel: "none",
};

/** Undead that see or hear the cleric within 30 feet; a paladin turns fiends as well (SRD 5.1, Turn the Unholy). */
function undeadNear(state: WorldState, by: CreatureId): readonly CreatureId[] {
  const { battle } = state;
  if (!battle) return [];
  const turner = state.characters[by];
  const kinds = turner && classLevel(turner, "paladin") > 0 ? ["undead", "fiend"] : ["undead"];
  return battle.order.filter((id) => {
    const one = findCreature(state, id);
    return one?.type === "monster" && one.life === "up" && battle.on[id]?.waiting === false &&
      kinds.includes(monster(one.monster).creatureType) && creatureDistance(battle, by, id) <= FAR &&
      creaturesSee(battle, by, id);
  });
}

/** The hurt within reach of preserve life: those under half their hit points. */
function hurtNear(state: WorldState, by: CreatureId): readonly Creature[] {
  const { battle } = state;
  return friendsOf(state, by).flatMap((id) => {
    const one = findCreature(state, id);
    const near = !battle || creatureDistance(battle, by, id) <= FAR;
    const open = one && one.life !== "dead" && one.life !== "fled" && one.hp < Math.floor(one.maxHp / 2);
    return near && open ? [one] : [];
  });
}

function turn(play: Play, creature: Creature): void {
  const dc = spellDc(creature);
  for (const target of undeadNear(play.state, creature.id)) {
    const save = { creature: target, ability: "wis", dc, against: "turnUndead", tags: TURNED.tags } as const;
    if (rollSave(play, save)) continue;
    beginEffect(play, { target, record: TURNED, source: "turnUndead", caster: creature.id, dc });
  }
}

/** Five points a level, each to at most half its hit points; the fallen and the worst hurt first. */
function preserve(play: Play, creature: Creature): void {
  let pool = creature.type === "character" ? 5 * classLevel(creature, "cleric") : 0;
  const hurt = [...hurtNear(play.state, creature.id)].sort((a, b) =>
    Number(a.life === "up") - Number(b.life === "up") || a.hp * b.maxHp - b.hp * a.maxHp || (a.id < b.id ? -1 : 1)
  );
  for (const one of hurt) {
    const amount = Math.min(pool, Math.floor(one.maxHp / 2) - one.hp);
    if (amount <= 0) continue;
    pool -= amount;
    heal(play, { target: one.id, amount, by: "preserveLife" });
  }
}

export const channelDivinity: FeatureRule = {
  cost: { action: 1 },
  has: (creature) => creature.type === "character" && creature.features.includes("channelDivinity"),
  fault(state, creature, intent) {
    const gone = spent(creature, "channelDivinity", 1);
    if (gone) return gone;
    if (intent.choice === "turnUndead") {
      if (creature.type !== "character" || !creature.features.includes("turnUndead")) {
        return reject("character/no_feature");
      }
      return undeadNear(state, creature.id).length === 0 ? reject("magic/bad_target") : undefined;
    }
    if (intent.choice === "sacredWeapon") {
      if (creature.type !== "character" || !creature.features.includes("sacredWeapon")) {
        return reject("character/no_feature");
      }
      return state.battle ? undefined : reject("magic/not_here");
    }
    if (intent.choice !== "preserveLife") return reject("character/bad_choice");
    if (creature.type !== "character" || !creature.features.includes("discipleOfLife")) {
      return reject("character/no_feature");
    }
    return hurtNear(state, creature.id).length === 0 ? reject("magic/bad_target") : undefined;
  },
  apply(play, creature, intent) {
    noteUse(play, creature, "channelDivinity");
    if (intent.choice === "turnUndead") turn(play, creature);
    else if (intent.choice === "sacredWeapon") hallowWeapon(play, creature);
    else preserve(play, creature);
  },
  options: () => [
    { feature: "channelDivinity", choice: "turnUndead" },
    { feature: "channelDivinity", choice: "preserveLife" },
    { feature: "channelDivinity", choice: "sacredWeapon" },
  ],
};
