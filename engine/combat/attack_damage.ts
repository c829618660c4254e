/** What a hit does: dice doubled by a critical, sneak attack, finishing blow, riders (SRD 5.1, Damage Rolls). */
import type { AttackForm } from "../character/mod.ts";
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import { beginEffect, type DamagePart, dealDamage, die, modifiers, rollDamage, rollSave } from "../effects/mod.ts";
import type { Creature } from "../types/creature.ts";
import type { CreatureId } from "../types/ids.ts";

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
  if (hit.finishing) finish(play, hit.target);
  if (taken > 0) applyRider(play, hit);
}

function partsOf(play: Play, by: Creature, hit: Hit): readonly DamagePart[] {
  const dice = play.dice("damage");
  const from = hit.form.id;
  const own = hit.form.damage.map((one) => ({ dice: one.dice, type: one.type, bonus: one.bonus, from }));
  // A character's form has its flat bonuses in it already.
  const change = modifiers(by, "damage");
  const [first, ...rest] = own;
  if (!first) return [];
  const main = { ...first, bonus: first.bonus + (by.type === "monster" ? change.add : 0) };
  const extra = change.dice.map((one) => ({ dice: one, type: first.type, bonus: 0, from: "effect" }));
  const sneak = sneakDice(play, by, hit);
  const more = sneak === undefined ? [] : [{ dice: sneak, type: first.type, bonus: 0, from: "sneakAttack" }];
  if (sneak !== undefined) play.emit({ type: "CombatantMarked", creature: by.id, sneakUsed: true });
  return rollDamage(dice, [main, ...rest, ...extra, ...more], hit.critical);
}

/** Once a turn, with a finesse or ranged weapon, when the target is open (SRD 5.1, Rogue): 1d6, 2d6 from level 3. */
function sneakDice(play: Play, by: Creature, hit: Hit): string | undefined {
  if (by.type !== "character" || !by.features.includes("sneakAttack") || !hit.opening) return undefined;
  if (play.state.battle?.on[by.id]?.sneakUsed !== false) return undefined;
  const weapon = hit.ranged || hit.form.finesse;
  const level = by.classes.find((one) => one.id === "thief")?.level ?? 0;
  return weapon && level > 0 ? `${Math.ceil(level / 2)}d6` : undefined;
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
