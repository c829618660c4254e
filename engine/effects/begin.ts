/** Effects begin and end; concentration holds them together. */
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import type { EffectRecord } from "../types/content.ts";
import type { Effect } from "../types/creature.ts";
import type { EventOf } from "../types/event.ts";
import type { CreatureId, EffectId } from "../types/ids.ts";
import type { Condition } from "../types/names.ts";
import { COUNT_CAP } from "./active.ts";
import { isImmune } from "./defences.ts";

type EndReason = EventOf<"EffectEnded">["why"];

export interface EffectInput {
  readonly target: CreatureId;
  readonly record: EffectRecord;
  /** What it came from: a spell, item, attack or feature id. */
  readonly source: string;
  readonly caster: CreatureId | null;
  /** DC of the save that ends it, and of dispelling. */
  readonly dc?: number;
  /** Shared by all effects of one casting, so that concentration can end them together. Made when absent. */
  readonly id?: EffectId;
  /** Seconds instead of the record's duration. */
  readonly seconds?: number;
}

/**
 * Puts an effect to work by its stacking rule. Returns its id, or undefined when it did not take hold: the creature is
 * immune or gone, or an opposite effect was cancelled instead.
 */
export function beginEffect(play: Play, input: EffectInput): EffectId | undefined {
  const creature = findCreature(play.state, input.target);
  if (!creature || creature.life === "dead" || creature.life === "fled") return undefined;
  const { record } = input;
  if (isImmune(creature, record)) {
    const condition = record.condition ?? (record.kind === "poison" ? "poisoned" : undefined);
    if (condition) play.emit({ type: "ConditionNoted", creature: creature.id, condition, immune: true });
    return undefined;
  }
  const same = creature.effects.filter((one) => one.record.stackKey === record.stackKey);
  if (record.stackRule === "exclusive") {
    const opposed = same.filter((one) => one.record.name !== record.name);
    for (const one of opposed) endEffect(play, creature.id, one.id, "replaced");
    if (opposed.length > 0) return undefined;
  }
  if (record.stackRule === "refresh" || record.stackRule === "exclusive") {
    for (const one of same) endEffect(play, creature.id, one.id, "replaced");
  }
  if (record.stackRule === "count" && same.length >= COUNT_CAP) return undefined;
  const seconds = input.seconds ?? record.duration;
  const id = input.id ?? play.id<EffectId>("e");
  const effect: Effect = {
    id,
    record,
    source: input.source,
    caster: input.caster,
    dc: input.dc ?? 0,
    startsAt: play.state.clock,
    endsAt: typeof seconds === "number" ? play.state.clock + seconds : seconds,
  };
  play.emit({ type: "EffectBegan", creature: creature.id, effect });
  endIfIncapacitated(play, creature.id);
  return id;
}

/** Ends one effect on one creature; nothing happens when it is not there. */
export function endEffect(play: Play, creature: CreatureId, effect: EffectId, why: EndReason): void {
  const found = findCreature(play.state, creature)?.effects.find((one) => one.id === effect);
  if (!found) return;
  play.emit({ type: "EffectEnded", creature, effect, why });
  const caster = found.caster === null ? undefined : findCreature(play.state, found.caster);
  if (caster?.concentration === effect && !isHeld(play, effect)) {
    play.emit({ type: "ConcentrationEnded", creature: caster.id, why: why === "time" ? "time" : "broken" });
  }
}

/** Ends every effect that brings a condition; answers whether there was one. */
export function endCondition(play: Play, creature: CreatureId, condition: Condition, why: EndReason): boolean {
  const list = (findCreature(play.state, creature)?.effects ?? []).filter((one) =>
    one.record.condition === condition || (condition === "poisoned" && one.record.kind === "poison") ||
    (condition === "stunned" && one.record.kind === "stun")
  );
  for (const one of list) endEffect(play, creature, one.id, why);
  return list.length > 0;
}

/** Ends effects of `creature` by a test, e.g. what ends when it attacks. */
export function endEffectsWhere(
  play: Play,
  creature: CreatureId,
  test: (effect: Effect) => boolean,
  why: EndReason,
): void {
  for (const one of findCreature(play.state, creature)?.effects ?? []) {
    if (test(one)) endEffect(play, creature, one.id, why);
  }
}

/** Whether anything of a casting is still at work. */
function isHeld(play: Play, effect: EffectId): boolean {
  const { state } = play;
  if (state.battle?.clouds[effect]) return true;
  const creatures = [...Object.values(state.characters), ...Object.values(state.battle?.monsters ?? {})];
  return creatures.some((one) => one.effects.some((held) => held.id === effect));
}

/** Begins concentration; what the creature held before ends (one at a time, SRD 5.1). */
export function beginConcentration(play: Play, creature: CreatureId, effect: EffectId): void {
  endConcentration(play, creature, "replaced");
  play.emit({ type: "ConcentrationBegan", creature, effect });
}

/** Ends concentration and everything it held. */
export function endConcentration(
  play: Play,
  creature: CreatureId,
  why: EventOf<"ConcentrationEnded">["why"],
): void {
  const held = findCreature(play.state, creature)?.concentration ?? null;
  if (held === null) return;
  play.emit({ type: "ConcentrationEnded", creature, why });
  for (const one of [...Object.values(play.state.characters), ...Object.values(play.state.battle?.monsters ?? {})]) {
    if (one.effects.some((effect) => effect.id === held)) {
      play.emit({ type: "EffectEnded", creature: one.id, effect: held, why: "concentration" });
    }
  }
  if (play.state.battle?.clouds[held]) play.emit({ type: "CloudEnded", cloud: held });
}

/** Concentration does not survive being incapacitated. */
export function endIfIncapacitated(play: Play, id: CreatureId): void {
  const creature = findCreature(play.state, id);
  if (!creature || creature.concentration === null) return;
  if (creature.life !== "up" || isIncapacitated(creature.effects)) endConcentration(play, id, "incapacitated");
}

function isIncapacitated(effects: readonly Effect[]): boolean {
  const taking: readonly (Condition | undefined)[] = [
    "incapacitated",
    "paralyzed",
    "petrified",
    "stunned",
    "unconscious",
  ];
  return effects.some((one) => one.record.kind === "stun" || taking.includes(one.record.condition));
}
