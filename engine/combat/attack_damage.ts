/** What a hit does: dice doubled by a critical, sneak attack, finishing blow, riders (SRD 5.1, Damage Rolls). */
import type { AttackForm } from "../character/mod.ts";
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import { parseDice } from "../core/rng.ts";
import {
  beginEffect,
  type DamagePart,
  dealDamage,
  die,
  extraDamage,
  modifiers,
  rollDamage,
  rollSave,
  spendOnHit,
} from "../effects/mod.ts";
import type { Creature } from "../types/creature.ts";
import type { CreatureId } from "../types/ids.ts";
import type { DamageType } from "../types/names.ts";
import { hasTrait } from "./circumstances.ts";

export interface Hit {
  readonly by: CreatureId;
  readonly form: AttackForm;
  readonly target: CreatureId;
  readonly critical: boolean;
  /** Sneak attack's conditions hold. */
  readonly opening: boolean;
  readonly ranged: boolean;
  /** From within 5 feet at one who cannot defend itself. */
  readonly finishing: boolean;
}

/** Rolls and deals a hit's damage, then its riders; may slay outright. */
export function dealHit(play: Play, hit: Hit): void {
  const by = findCreature(play.state, hit.by);
  if (!by) return;
  const parts = partsOf(play, by, hit);
  const taken = dealDamage(play, { target: hit.target, by: hit.by, parts, critical: hit.critical });
  if (!hit.ranged) spendOnHit(play, hit.by);
  if (hit.finishing) finish(play, hit.target);
  if (taken > 0) applyRider(play, hit);
}

function partsOf(play: Play, by: Creature, hit: Hit): readonly DamagePart[] {
  const target = findCreature(play.state, hit.target);
  const [first, ...rest] = hit.form.damage;
  if (!first || !target) return [];
  const from = hit.form.id;
  // A character's form has its flat bonuses in it already.
  const flat = by.type === "monster" ? modifiers(by, "damage").add : 0;
  const specs: Spec[] = [
    { ...first, bonus: first.bonus + flat, from },
    ...rest.map((one) => ({ ...one, from })),
    ...extraDamage(by, target, { type: first.type, melee: !hit.ranged }),
  ];
  const strike = strikeOnce(play, by, target, hit);
  if (strike) {
    specs.push({ ...strike, type: first.type });
    play.emit({ type: "CombatantMarked", creature: by.id, sneakUsed: true });
  }
  if (isSurprised(play, hit.target) && hasTrait(by, "surpriseAttack")) {
    specs.push({ dice: "2d6", type: first.type, from: "surpriseAttack" });
  }
  const parts = rollDamage(play.dice("damage"), specs, hit.critical);
  return hit.critical && !hit.ranged ? [...parts, ...savage(play, by, first)] : parts;
}

interface Spec {
  readonly dice: string;
  readonly type: DamageType;
  readonly bonus?: number;
  readonly from: string;
}

/**
 * Damage that comes once a turn. Sneak attack: with a finesse or ranged weapon at an open target, 1d6, 2d6 from level 3
 * (SRD 5.1, Rogue). Hunters: 1d8 against one already hurt (SRD 5.1, Ranger, Colossus Slayer).
 */
function strikeOnce(play: Play, by: Creature, target: Creature, hit: Hit): Omit<Spec, "type"> | undefined {
  if (by.type !== "character" || play.state.battle?.on[by.id]?.sneakUsed !== false) return undefined;
  const level = by.classes.find((one) => one.id === "thief")?.level ?? 0;
  if (level > 0 && by.features.includes("sneakAttack") && hit.opening && (hit.ranged || hit.form.finesse)) {
    return { dice: `${Math.ceil(level / 2)}d6`, from: "sneakAttack" };
  }
  const armed = hit.form.item !== undefined;
  return armed && by.features.includes("hunter") && target.hp < target.maxHp
    ? { dice: "1d8", from: "hunter" }
    : undefined;
}

/** One of the weapon's dice more on a critical in melee (SRD 5.1, Half-Orc, Savage Attacks). */
function savage(play: Play, by: Creature, first: AttackForm["damage"][number]): readonly DamagePart[] {
  if (by.type !== "character" || !by.features.includes("savageAttacks")) return [];
  const { count, sides } = parseDice(first.dice);
  if (count === 0) return [];
  return rollDamage(play.dice("damage"), [{ dice: `1d${sides}`, type: first.type, from: "savageAttacks" }]);
}

function isSurprised(play: Play, id: CreatureId): boolean {
  return play.state.battle?.on[id]?.surprised === true;
}

/** House rule, game design 6.2: an ordinary foe struck helpless and left at a third of its hit points or less is slain. */
function finish(play: Play, target: CreatureId): void {
  const foe = play.state.battle?.monsters[target];
  if (!foe || foe.life !== "up" || isBoss(play, target) || foe.hp * 3 > foe.maxHp) return;
  die(play, target, "slain");
}

function isBoss(play: Play, target: CreatureId): boolean {
  const battle = play.state.battle;
  const group = battle ? play.state.levels[battle.field.level]?.groups[battle.group] : undefined;
  return group?.boss === true && battle?.monsters[target]?.leader === true;
}

function applyRider(play: Play, hit: Hit): void {
  const rider = hit.form.rider;
  const target = findCreature(play.state, hit.target);
  if (!rider || !target || target.life !== "up") return;
  const against = hit.form.id;
  const dc = rider.save?.dc ?? 0;
  const tags = rider.effect?.tags ?? (rider.damage?.type === "poison" ? ["poison"] : []);
  const ok = rider.save !== undefined &&
    rollSave(play, { creature: target.id, ability: rider.save.ability, dc, against, tags });
  if (rider.damage && (!ok || rider.damage.half)) {
    const spec = { dice: rider.damage.dice, type: rider.damage.type, from: against };
    dealDamage(play, { target: target.id, by: hit.by, parts: rollDamage(play.dice("damage"), [spec]), half: ok });
  }
  if (ok || !rider.effect) return;
  beginEffect(play, { target: target.id, record: rider.effect, source: against, caster: hit.by, dc });
}
