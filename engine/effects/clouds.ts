/** Lasting areas: layers on squares that touch whoever enters or starts a turn there, once per turn (game design 6.2). */
import { monster, SPELLS } from "../content/mod.ts";
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import { covers } from "../grid/mod.ts";
import type { SpellRecord } from "../types/content.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Cloud } from "../types/state.ts";
import { beginEffect, endConcentration } from "./begin.ts";
import { dealDamage, rollDamage } from "./damage.ts";
import { rollSave } from "./save.ts";

/** Clouds whose time is over. */
export function endSpentClouds(play: Play): void {
  for (const cloud of Object.values(play.state.battle?.clouds ?? {})) {
    if (cloud.endsAt > play.state.clock) continue;
    const caster = findCreature(play.state, cloud.caster);
    if (caster?.concentration === cloud.id) endConcentration(play, caster.id, "time");
    else play.emit({ type: "CloudEnded", cloud: cloud.id });
  }
}

/**
 * Touches a creature by every cloud it stands in. On entering, call it after each step; at the start of its turn the
 * battle calls it through `tickTurnStart`, which forgets earlier touches.
 */
export function touchClouds(play: Play, id: CreatureId, when: "turnStart" | "enter"): void {
  const place = play.state.battle?.on[id];
  if (!place || place.waiting) return;
  for (const cloud of Object.values(play.state.battle?.clouds ?? {})) {
    if (when === "enter" && cloud.touched.includes(id)) continue;
    if (!cloud.squares.some((square) => covers(place, square))) continue;
    if (findCreature(play.state, id)?.life === "dead") return;
    play.emit({ type: "CloudTouched", cloud: cloud.id, creature: id });
    applyCloud(play, cloud, id);
  }
}

/** The save and effect of a cloud on one creature. */
function applyCloud(play: Play, cloud: Cloud, id: CreatureId): void {
  const record = SPELLS[cloud.spell];
  if (!record) return;
  for (const operation of record.operations) {
    if (operation.type !== "cloud") continue;
    const { effect } = operation;
    if (isHarmless(effect)) continue;
    if (isSurefooted(play, id, record)) continue;
    const save = record.save;
    const against = record.id;
    const ok = save !== undefined &&
      rollSave(play, { creature: id, ability: save.ability, dc: cloud.dc, against, tags: ["magic", ...effect.tags] });
    if (effect.dice !== undefined && effect.damageType !== undefined && (!ok || save?.half)) {
      const parts = rollDamage(play.dice("damage"), [{ dice: effect.dice, type: effect.damageType, from: record.id }]);
      dealDamage(play, { target: id, by: cloud.caster, parts, half: ok });
      if (effect.condition === undefined && !effect.modifiers) continue;
    }
    if (!ok) beginEffect(play, { target: id, record: effect, source: record.id, caster: cloud.caster, dc: cloud.dc });
  }
}

function isHarmless(effect: { readonly condition?: unknown; readonly dice?: unknown; readonly modifiers?: unknown }) {
  return effect.condition === undefined && effect.dice === undefined && effect.modifiers === undefined;
}

/** Those who walk webs are not held by them. */
function isSurefooted(play: Play, id: CreatureId, record: SpellRecord): boolean {
  const creature = findCreature(play.state, id);
  return record.id === "web" && creature?.type === "monster" &&
    monster(creature.monster).traits.includes("webWalker");
}
