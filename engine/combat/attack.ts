/** Resolving one attack: roll, reactions to the roll, damage, what follows (SRD 5.1, Making an Attack). */
import { type AttackForm, attackForms } from "../character/mod.ts";
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import { addDice, modifiers, spendOnAttack } from "../effects/mod.ts";
import { facingTowards } from "../grid/mod.ts";
import type { Creature } from "../types/creature.ts";
import type { EventOf, Roll } from "../types/event.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Prompt } from "../types/state.ts";
import { dealHit } from "./attack_damage.ts";
import { type Circumstances, circumstances } from "./circumstances.ts";
import { castShield, considerShield } from "./shield.ts";

export interface Attack {
  readonly by: CreatureId;
  readonly form: AttackForm;
  readonly target: CreatureId;
  /** Made with the reaction: an opportunity attack or a guard's. */
  readonly reaction?: true;
}

/**
 * Rolls an attack and everything that follows from it. The caller has checked that it is legal and paid for it. May leave
 * a shield prompt open; then `resumeAttack` goes on when it is answered.
 */
export function resolveAttack(play: Play, attack: Attack): void {
  const by = findCreature(play.state, attack.by);
  if (!by) return;
  const around = circumstances(play.state, attack);
  const roll = rollToHit(play, by, attack.form, around);
  const natural = roll.kept ?? roll.total;
  const certain = natural >= attack.form.criticalOn;
  const hit = certain || (natural !== 1 && roll.total >= around.ac);
  const critical = certain || (hit && around.finishing);
  const event = eventOf(attack, around, { roll, hit, critical });
  play.emit(event);
  turnBoth(play, attack);
  giveAway(play, attack);
  if (!hit) return;
  const shield = certain ? "none" : considerShield(play, { ...attack, event });
  if (shield === "asked") return;
  if (shield === "cast" && turnedAside(play, attack, event)) return;
  dealHit(play, { ...attack, critical, opening: around.opening, ranged: around.ranged, finishing: around.finishing });
}

/** Goes on with an attack whose target has been asked about its shield. */
export function resumeAttack(play: Play, prompt: Extract<Prompt, { type: "shield" }>, take: boolean): void {
  const by = findCreature(play.state, prompt.attacker);
  const form = by ? attackForms(by).find((one) => one.id === prompt.attack) : undefined;
  if (!by || !form || !findCreature(play.state, prompt.creature)) return;
  const attack: Attack = {
    by: by.id,
    form,
    target: prompt.creature,
    ...(prompt.reaction ? { reaction: true as const } : {}),
  };
  const around = circumstances(play.state, attack);
  const roll: Roll = {
    dice: "1d20",
    rolls: [prompt.d20],
    bonus: prompt.total - prompt.d20,
    total: prompt.total,
    kept: prompt.d20,
  };
  if (take && castShield(play, prompt.creature)) {
    const event = eventOf(attack, around, { roll, hit: true, critical: false });
    if (turnedAside(play, attack, event)) return;
  }
  const critical = prompt.critical ?? false;
  dealHit(play, { ...attack, critical, opening: around.opening, ranged: around.ranged, finishing: around.finishing });
}

/** Whether the armour class has risen over the roll meanwhile; if so the log says so. */
function turnedAside(play: Play, attack: Attack, event: EventOf<"AttackRolled">): boolean {
  const { ac } = circumstances(play.state, attack);
  if (event.roll.total >= ac) return false;
  play.emit({ ...event, vs: ac, hit: false, critical: false, why: ["-shield"] });
  return true;
}

function eventOf(
  attack: Attack,
  around: Circumstances,
  result: Pick<EventOf<"AttackRolled">, "roll" | "hit" | "critical">,
): EventOf<"AttackRolled"> {
  return {
    type: "AttackRolled",
    by: attack.by,
    target: attack.target,
    with: attack.form.id,
    vs: around.ac,
    why: around.why,
    ...result,
    ...(attack.reaction ? { reaction: true as const } : {}),
    ...(around.ranged ? { ranged: true as const } : {}),
  };
}

/** The d20 with the form's bonus, effects' bonuses and dice; halflings roll a 1 again (SRD 5.1, Lucky). */
function rollToHit(play: Play, by: Creature, form: AttackForm, around: Circumstances): Roll {
  const dice = play.dice("attack");
  const change = modifiers(by, "attack");
  // A character's form has its flat bonuses in it already.
  const bonus = form.toHit + (by.type === "monster" ? change.add : 0);
  const first = dice.d20(bonus, around.mode);
  const lucky = first.kept === 1 && by.type === "character" && by.features.includes("lucky");
  if (!lucky) return addDice(dice, first, change.dice);
  const again = dice.d20(bonus);
  return addDice(dice, { ...again, rolls: [...first.rolls, ...again.rolls] }, change.dice);
}

/** The attacker turns to its target; the target to the first who attacks it since its turn, and holds that facing. */
function turnBoth(play: Play, attack: Attack): void {
  const own = play.state.battle?.on[attack.by];
  const other = play.state.battle?.on[attack.target];
  if (!own || !other) return;
  const facing = facingTowards(own.at, other.at);
  if (!own.heldFacing && own.facing !== facing) {
    play.emit({ type: "CreatureFaced", creature: attack.by, facing, held: false });
  }
  if (!other.heldFacing) {
    play.emit({ type: "CreatureFaced", creature: attack.target, facing: facingTowards(other.at, own.at), held: true });
  }
}

/** An attack gives away who made it, uses up help, and ends effects such as invisibility. */
function giveAway(play: Play, { by, target }: Attack): void {
  const one = play.state.battle?.on[by];
  if (one?.hidden) play.emit({ type: "MarkSet", creature: by, mark: "hidden", on: false });
  if (one && one.helped !== null) play.emit({ type: "CombatantMarked", creature: by, helped: null });
  spendOnAttack(play, by, target);
}
