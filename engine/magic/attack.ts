/** Attack rolls of spells (SRD 5.1, Spellcasting, Attack Rolls). */
import type { AttackForm } from "../character/mod.ts";
import { circumstances } from "../combat/circumstances.ts";
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import { addDice, endEffectsWhere, modifiers } from "../effects/mod.ts";
import type { CreatureId } from "../types/ids.ts";

export interface SpellHit {
  readonly hit: boolean;
  readonly critical: boolean;
}

interface SpellAttack {
  readonly by: CreatureId;
  readonly target: CreatureId;
  readonly source: string;
  readonly bonus: number;
  readonly melee: boolean;
}

/** A spell's attack in the shape of any other, so that one set of circumstances serves both. */
export function spellForm(source: string, bonus: number, melee: boolean): AttackForm {
  return {
    id: source,
    name: source,
    toHit: bonus,
    ...(melee ? { reach: 5 } : { range: [600, 600] }),
    damage: [],
    properties: [],
    finesse: false,
    melee,
    proficient: true,
    criticalOn: 20,
  };
}

/** Rolls a spell's attack and says so. An attack gives away who hid, and ends what an attack ends. */
export function rollSpellAttack(play: Play, attack: SpellAttack): SpellHit {
  const { state } = play;
  const by = findCreature(state, attack.by);
  const target = findCreature(state, attack.target);
  if (!by || !target || !state.battle) return { hit: false, critical: false };
  const form = spellForm(attack.source, attack.bonus, attack.melee);
  const around = circumstances(state, { by: by.id, form, target: target.id });
  const change = modifiers(by, "attack");
  const roll = addDice(play.dice("attack"), play.dice("attack").d20(form.toHit + change.add, around.mode), change.dice);
  const natural = roll.kept ?? roll.total;
  const hit = natural === 20 || (natural !== 1 && roll.total >= around.ac);
  const critical = hit && (natural === 20 || around.finishing);
  play.emit({
    type: "AttackRolled",
    by: by.id,
    target: target.id,
    with: attack.source,
    roll,
    vs: around.ac,
    hit,
    critical,
    why: around.why,
    ...(attack.melee ? {} : { ranged: true as const }),
  });
  endEffectsWhere(play, by.id, (one) => one.record.endsOnAttack === true, "attack");
  endEffectsWhere(play, target.id, (one) => one.record.tags.includes("spentWhenAttacked"), "attack");
  if (play.state.battle?.on[by.id]?.hidden) play.emit({ type: "MarkSet", creature: by.id, mark: "hidden", on: false });
  if (play.state.battle?.on[by.id]?.helped) play.emit({ type: "CombatantMarked", creature: by.id, helped: null });
  return { hit, critical };
}
