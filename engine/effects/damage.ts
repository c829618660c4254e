/** Damage in the order of game design 6.4: immunity, resistance, vulnerability, temporary hit points, hit points. */
import { monster } from "../content/mod.ts";
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import { type Dice, parseDice } from "../core/rng.ts";
import type { Creature } from "../types/creature.ts";
import type { Roll } from "../types/event.ts";
import type { CreatureId } from "../types/ids.ts";
import type { DamageType } from "../types/names.ts";
import { endConcentration, endEffect } from "./begin.ts";
import { afterDefence, defenceAgainst } from "./defences.ts";
import { fall, hurtWhileDown } from "./life.ts";
import { rollSave } from "./save.ts";

export interface DamagePart {
  readonly roll: Roll;
  readonly kind: DamageType;
  /** What it came from, for the log: `longsword`, `sneakAttack`, `burning_hands`. */
  readonly from: string;
  /** By a magic weapon. */
  readonly magical?: true;
}

export interface DamageInput {
  readonly target: CreatureId;
  readonly by: CreatureId | null;
  readonly parts: readonly DamagePart[];
  readonly critical?: boolean;
  /** A save held: each part is halved, rounded down. */
  readonly half?: boolean;
}

/** Rolls the dice of some damage; a critical doubles the dice, not the bonus (SRD 5.1, Critical Hits). */
export function rollDamage(
  dice: Dice,
  specs: readonly {
    readonly dice: string;
    readonly type: DamageType;
    readonly bonus?: number;
    readonly from: string;
    readonly magical?: true;
  }[],
  critical = false,
): readonly DamagePart[] {
  return specs.map((spec) => ({
    roll: dice.roll(critical ? doubled(spec.dice) : spec.dice, spec.bonus ?? 0),
    kind: spec.type,
    from: spec.from,
    ...(spec.magical ? { magical: true } : {}),
  }));
}

/** A notation with twice the dice. */
export function doubled(notation: string): string {
  const { count, sides, bonus } = parseDice(notation);
  if (count === 0) return notation;
  return `${count * 2}d${sides}${bonus === 0 ? "" : bonus > 0 ? `+${bonus}` : bonus}`;
}

/**
 * Deals damage and everything that follows: resistances, temporary hit points, effects that end on damage, a
 * concentration save, falling, death. Answers the damage that got through to the creature.
 */
export function dealDamage(play: Play, input: DamageInput): number {
  const before = findCreature(play.state, input.target);
  if (!before || before.life === "dead" || before.life === "fled") return 0;
  const byKind = new Map<DamageType, number>();
  let rolled = 0;
  for (const part of input.parts) {
    const amount = Math.max(0, input.half ? Math.floor(part.roll.total / 2) : part.roll.total);
    byKind.set(part.kind, (byKind.get(part.kind) ?? 0) + amount);
    rolled += amount;
  }
  play.emit({ type: "DamageRolled", by: input.by, target: input.target, parts: input.parts, total: rolled });
  const mundane = new Set(input.parts.flatMap((part) => (part.magical ? [] : [part.kind])));
  const taken = takeParts(play, before, { byKind, mundane, critical: input.critical ?? false });
  if (taken.total > 0) afterDamage(play, before, taken.total, taken.excess, input);
  return taken.total;
}

interface Taken {
  readonly total: number;
  /** Damage left over once hit points had reached 0. */
  readonly excess: number;
}

interface Blow {
  readonly byKind: ReadonlyMap<DamageType, number>;
  /** Kinds that did not come from magic weapons alone. */
  readonly mundane: ReadonlySet<DamageType>;
  readonly critical: boolean;
}

function takeParts(play: Play, before: Creature, { byKind, mundane, critical }: Blow): Taken {
  let { hp, tempHp } = before;
  let total = 0;
  let excess = 0;
  const hits = [...byKind].map(([kind, amount]) => {
    const why = defenceAgainst(before, kind, !mundane.has(kind));
    return { kind, why, amount: afterDefence(amount, why) };
  });
  const whole = hits.reduce((sum, hit) => sum + hit.amount, 0);
  const held = whole >= hp + tempHp && before.life === "up" &&
    fortitude(play, before, whole, critical || byKind.has("radiant"));
  for (const { kind, why, amount } of hits) {
    const soaked = Math.min(tempHp, amount);
    tempHp -= soaked;
    excess += Math.max(0, amount - soaked - hp);
    hp = Math.max(held ? 1 : 0, hp - (amount - soaked));
    total += amount;
    play.emit({
      type: "DamageTaken",
      creature: before.id,
      amount,
      kind,
      hp,
      tempHp,
      ...(why === "none" ? {} : { why }),
    });
  }
  return { total, excess: held ? 0 : excess };
}

/** Undead fortitude: a CON save of 5 + damage leaves 1 hit point, but for radiant damage and criticals (SRD 5.1, Zombie). */
function fortitude(play: Play, creature: Creature, damage: number, barred: boolean): boolean {
  if (barred || creature.type !== "monster" || !monster(creature.monster).traits.includes("undeadFortitude")) {
    return false;
  }
  return rollSave(play, { creature: creature.id, ability: "con", dc: 5 + damage, against: "undeadFortitude" });
}

function afterDamage(play: Play, before: Creature, total: number, excess: number, input: DamageInput): void {
  if (before.life === "dying" || before.life === "stable") {
    hurtWhileDown(play, before.id, total, input.critical ?? false);
    return;
  }
  for (const effect of before.effects) {
    if (effect.record.endsOnDamage) endEffect(play, before.id, effect.id, "damage");
    else if (effect.record.save?.when === "onDamage") {
      const { ability } = effect.record.save;
      const ok = rollSave(play, { creature: before.id, ability, dc: effect.dc, against: effect.source });
      if (ok) endEffect(play, before.id, effect.id, "save");
    }
  }
  const now = findCreature(play.state, before.id);
  if (!now) return;
  if (now.hp === 0) fall(play, now, excess);
  else if (now.concentration !== null) {
    const dc = Math.max(10, Math.floor(total / 2));
    const tags = ["concentration"];
    if (!rollSave(play, { creature: now.id, ability: "con", dc, against: "concentration", tags })) {
      endConcentration(play, now.id, "broken");
    }
  }
}
