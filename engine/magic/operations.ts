/** What spells, items and monsters' magic do: one interpreter for the closed list of operations. */
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import {
  beginConcentration,
  beginEffect,
  type DamagePart,
  dealDamage,
  doubled,
  endEffectsWhere,
  gainTempHp,
  heal,
  rollDamage,
  rollSave,
  stabilise,
} from "../effects/mod.ts";
import type { Shape, SpellOperation } from "../types/content.ts";
import type { CreatureId, EffectId, Point } from "../types/ids.ts";
import type { Ability, Condition } from "../types/names.ts";
import { rollSpellAttack, type SpellHit } from "./attack.ts";
import { layCloud } from "./cloud.ts";
import { knockAhead, lightUp, revealAround, teleport, thrust } from "./feats.ts";
import { dropAsleep } from "./sleep.ts";

export interface OperationsInput {
  readonly by: CreatureId;
  /** Spell, item or attack id, for the log and for effects. */
  readonly source: string;
  readonly operations: readonly SpellOperation[];
  /** Creatures touched; for darts one entry per dart, fewer are shared out in turn. */
  readonly targets: readonly CreatureId[];
  readonly point?: Point;
  readonly squares?: readonly Point[];
  readonly shape?: Shape;
  /** DC of saves the operations ask for and of effects that are saved against later. */
  readonly dc: number;
  readonly attackBonus?: number;
  readonly attack?: "melee" | "ranged";
  readonly save?: { readonly ability: Ability; readonly half: boolean };
  /** Spellcasting modifier, where healing adds it. */
  readonly modifier?: number;
  /** Levels of slot above the spell's own. */
  readonly above?: number;
  /** Multiplies the dice of a cantrip (SRD 5.1: levels 5, 11, 17). */
  readonly cantrip?: number;
  readonly concentration?: boolean;
  /** Points a healer adds to each healing. */
  readonly healBonus?: number;
  /** Allies an evoker spares: they take nothing (sculpt spells). */
  readonly spared?: ReadonlySet<CreatureId>;
}

interface Run extends OperationsInput {
  readonly effect: EffectId;
  /** Damage rolled once for everyone in an area, by operation. */
  readonly rolled: Map<SpellOperation, readonly DamagePart[]>;
}

/**
 * Runs operations on their targets: attack rolls or saves first, then each operation in order. Concentration begins when
 * something took hold. What is spent for it (slot, action, item) is the caller's business.
 */
export function runOperations(play: Play, input: OperationsInput): void {
  const run: Run = { ...input, effect: play.id<EffectId>("e"), rolled: new Map() };
  for (const operation of input.operations) runOnce(play, run, operation);
  for (const target of new Set(input.targets)) runOn(play, run, target);
  if (input.concentration && isHeld(play, run.effect)) beginConcentration(play, input.by, run.effect);
}

function isHeld(play: Play, effect: EffectId): boolean {
  const { state } = play;
  const all = [...Object.values(state.characters), ...Object.values(state.battle?.monsters ?? {})];
  return state.battle?.clouds[effect] !== undefined ||
    all.some((one) => one.effects.some((held) => held.id === effect));
}

/** Operations that are about a place or the whole group rather than about each target. */
function runOnce(play: Play, run: Run, operation: SpellOperation): void {
  switch (operation.type) {
    case "cloud":
      layCloud(play, { ...run, operation, squares: run.squares ?? [] });
      return;
    case "sleep":
      dropAsleep(play, run, operation);
      return;
    case "darts":
      throwDarts(play, run, operation);
      return;
    case "light":
      lightUp(play, run.by, operation.duration);
      return;
    case "knock":
      knockAhead(play, run.by);
      return;
    case "teleport":
      if (run.point) teleport(play, run.by, run.point);
      return;
    case "reveal":
      revealAround(play, run.by);
      return;
    case "damage":
    case "heal":
    case "tempHp":
    case "effect":
    case "stabilise":
    case "push":
    case "cure":
      return;
  }
}

function throwDarts(play: Play, run: Run, operation: Extract<SpellOperation, { type: "darts" }>): void {
  const count = operation.count + operation.perSlot * (run.above ?? 0);
  const { targets } = run;
  if (targets.length === 0) return;
  for (let dart = 0; dart < count; dart++) {
    const target = targets[dart % targets.length];
    if (target === undefined || !isStanding(play, target)) continue;
    const hit: SpellHit = run.attack
      ? rollSpellAttack(play, { ...run, target, bonus: run.attackBonus ?? 0, melee: run.attack === "melee" })
      : { hit: true, critical: false };
    if (!hit.hit) continue;
    const spec = [{ dice: operation.dice, type: operation.damageType, from: run.source }];
    const parts = rollDamage(play.dice("damage"), spec, hit.critical);
    dealDamage(play, { target, by: run.by, parts, critical: hit.critical });
  }
}

function isStanding(play: Play, id: CreatureId): boolean {
  const life = findCreature(play.state, id)?.life;
  return life !== undefined && life !== "dead" && life !== "fled";
}

const EACH: ReadonlySet<SpellOperation["type"]> = new Set([
  "damage",
  "heal",
  "tempHp",
  "effect",
  "stabilise",
  "push",
  "cure",
]);

function runOn(play: Play, run: Run, target: CreatureId): void {
  const list = run.operations.filter((one) => EACH.has(one.type));
  if (list.length === 0 || !isStanding(play, target)) return;
  const roll: SpellHit = run.attack
    ? rollSpellAttack(play, { ...run, target, bonus: run.attackBonus ?? 0, melee: run.attack === "melee" })
    : { hit: true, critical: false };
  const spared = run.spared?.has(target) ?? false;
  const saved = run.save !== undefined && !run.attack && (spared || saves(play, run, target, run.save.ability));
  for (const operation of list) {
    runEach(play, run, target, operation, { ...roll, saved, spared });
    if (!isStanding(play, target)) return;
  }
}

/** One save per target for the whole spell. */
function saves(play: Play, run: Run, creature: CreatureId, ability: Ability): boolean {
  const tags = ["magic", ...run.operations.flatMap(tagsOf)];
  return rollSave(play, { creature, ability, dc: run.dc, against: run.source, tags });
}

/** Nature of a danger for traits that help against it. */
export function tagsOf(operation: SpellOperation): readonly string[] {
  if (operation.type === "damage") return [operation.damageType];
  if (operation.type !== "effect" && operation.type !== "cloud") return [];
  const { effect } = operation;
  return effect.condition === undefined ? effect.tags : [...effect.tags, effect.condition];
}

interface Result extends SpellHit {
  readonly saved: boolean;
  readonly spared: boolean;
}

function runEach(play: Play, run: Run, target: CreatureId, operation: SpellOperation, result: Result): void {
  const through = result.hit && !result.saved;
  switch (operation.type) {
    case "damage":
      hurt(play, run, target, operation, result);
      return;
    case "heal":
      mend(play, run, target, operation);
      return;
    case "tempHp":
      gainTempHp(
        play,
        target,
        play.dice("heal").roll(operation.dice, (operation.perSlot ?? 0) * (run.above ?? 0)).total,
      );
      return;
    case "effect":
      if (!through) return;
      beginEffect(play, {
        target,
        record: operation.effect,
        source: run.source,
        caster: run.by,
        dc: run.dc,
        id: run.effect,
      });
      if (operation.effect.modifiers?.some((one) => one.stat === "maxHp")) {
        raiseWithMaximum(play, run, target, operation);
      }
      return;
    case "stabilise":
      stabilise(play, target);
      return;
    case "push":
      if (through) thrust(play, run.by, target, operation.feet);
      return;
    case "cure":
      cure(play, target, operation.conditions, operation.dispel);
      return;
    case "darts":
    case "sleep":
    case "cloud":
    case "light":
    case "knock":
    case "teleport":
    case "reveal":
      return;
  }
}

function hurt(
  play: Play,
  run: Run,
  target: CreatureId,
  operation: Extract<SpellOperation, { type: "damage" }>,
  result: Result,
): void {
  const missed = !result.hit || result.saved;
  const half = operation.half ?? run.save?.half ?? false;
  if (result.spared || (missed && !half)) return;
  const shared = run.attack ? undefined : run.rolled.get(operation);
  const parts = shared ?? rollDamage(
    play.dice("damage"),
    [operation.dice, ...Array.from({ length: operation.perSlot ? run.above ?? 0 : 0 }, () => operation.perSlot ?? "0")]
      .map((dice) => ({ dice: scaled(dice, run.cantrip ?? 1), type: operation.damageType, from: run.source })),
    result.critical,
  );
  run.rolled.set(operation, parts);
  dealDamage(play, { target, by: run.by, parts, critical: result.critical, half: missed });
}

/** Dice of a cantrip cast by a seasoned caster. */
export function scaled(dice: string, times: number): string {
  if (times <= 1) return dice;
  return times === 2 ? doubled(dice) : doubled(doubled(dice));
}

function mend(play: Play, run: Run, target: CreatureId, operation: Extract<SpellOperation, { type: "heal" }>): void {
  const bonus = (operation.addModifier ? run.modifier ?? 0 : 0) + (run.healBonus ?? 0);
  let roll = play.dice("heal").roll(operation.dice, bonus);
  for (let level = 0; level < (run.above ?? 0) && operation.perSlot !== undefined; level++) {
    const more = play.dice("heal").roll(operation.perSlot);
    roll = {
      ...roll,
      dice: `${roll.dice}+${more.dice}`,
      rolls: [...roll.rolls, ...more.rolls],
      total: roll.total + more.total,
    };
  }
  heal(play, { target, amount: Math.max(0, roll.total), by: run.source, roll });
}

/** Hit points rise with a raised maximum (SRD 5.1, Aid). */
function raiseWithMaximum(
  play: Play,
  run: Run,
  target: CreatureId,
  operation: Extract<SpellOperation, { type: "effect" }>,
): void {
  const gain = (operation.effect.modifiers ?? []).reduce((sum, one) => sum + (one.stat === "maxHp" ? one.value : 0), 0);
  const took = findCreature(play.state, target)?.effects.some((one) => one.id === run.effect);
  if (gain > 0 && took) heal(play, { target, amount: gain, by: run.source });
}

function cure(
  play: Play,
  target: CreatureId,
  conditions: readonly Condition[],
  dispel: readonly ("poison" | "disease")[],
): void {
  endEffectsWhere(
    play,
    target,
    ({ record }) =>
      (record.condition !== undefined && conditions.includes(record.condition)) ||
      (record.kind === "poison" && conditions.includes("poisoned")) ||
      dispel.some((kind) => record.dispel === kind),
    "dispelled",
  );
}
