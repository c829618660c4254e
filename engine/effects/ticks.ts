/** What effects do as time goes by: at turns in battle, in time order when the clock jumps (game design 6.4). */
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import type { Effect } from "../types/creature.ts";
import type { CreatureId } from "../types/ids.ts";
import { ROUND } from "../types/state.ts";
import { endConcentration, endEffect } from "./begin.ts";
import { endSpentClouds, touchClouds } from "./clouds.ts";
import { dealDamage } from "./damage.ts";
import { die, heal, stabilise, wake } from "./life.ts";
import { rollSave } from "./save.ts";

/** Most rounds of saves and ticks worked out one by one in one jump of the clock. */
const MOST_ROUNDS = 100;

/** Start of a creature's turn: what has run out ends, damage and healing over time, clouds it stands in. */
export function tickTurnStart(play: Play, creature: CreatureId): void {
  endSpentClouds(play);
  expire(play, creature, play.state.clock);
  for (const effect of effectsOf(play, creature)) {
    if (effect.record.tick === "turnStart") tick(play, creature, effect);
  }
  touchClouds(play, creature, "turnStart");
}

/** End of a creature's turn: ticks due then, saves that end effects, what has run out. */
export function tickTurnEnd(play: Play, creature: CreatureId): void {
  for (const effect of effectsOf(play, creature)) {
    if (effect.record.tick === "turnEnd") tick(play, creature, effect);
  }
  for (const effect of effectsOf(play, creature)) saveToEnd(play, creature, effect);
  expire(play, creature, play.state.clock);
}

function effectsOf(play: Play, creature: CreatureId): readonly Effect[] {
  return findCreature(play.state, creature)?.effects ?? [];
}

function expire(play: Play, creature: CreatureId, clock: number): void {
  for (const effect of inTimeOrder(effectsOf(play, creature))) {
    if (typeof effect.endsAt === "number" && effect.endsAt <= clock) endEffect(play, creature, effect.id, "time");
  }
}

/** By end, then priority, then id (game design 17). */
export function inTimeOrder(effects: readonly Effect[]): readonly Effect[] {
  const end = (one: Effect) => typeof one.endsAt === "number" ? one.endsAt : Infinity;
  return [...effects].sort((a, b) => {
    if (end(a) !== end(b)) return end(a) < end(b) ? -1 : 1;
    return b.record.priority - a.record.priority || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  });
}

function tick(play: Play, creature: CreatureId, effect: Effect): void {
  const { dice, damageType, kind } = effect.record;
  if (dice === undefined) return;
  if (kind === "healOverTime") {
    const roll = play.dice("damage").roll(dice);
    heal(play, { target: creature, amount: roll.total, by: effect.source, roll });
    return;
  }
  const type = damageType ?? (kind === "burning" ? "fire" : kind === "poison" ? "poison" : "slashing");
  dealDamage(play, {
    target: creature,
    by: effect.caster,
    parts: [{ roll: play.dice("damage").roll(dice), kind: type, from: effect.source }],
  });
}

function saveToEnd(play: Play, creature: CreatureId, effect: Effect): void {
  const save = effect.record.save;
  if (save?.when !== "turnEnd") return;
  const input = { creature, ability: save.ability, dc: effect.dc, against: effect.source, tags: tagsOf(effect) };
  if (rollSave(play, input)) endEffect(play, creature, effect.id, "save");
}

function tagsOf({ record }: Effect): readonly string[] {
  return record.condition === undefined ? record.tags : [...record.tags, record.condition];
}

/**
 * Brings effects of the party up to the clock after `TimePassed` has been emitted outside battle. `seconds` is how far the
 * clock jumped; rounds within the jump are gone through in order while something ticks, saves or dies.
 */
export function tickPeace(play: Play, seconds: number): void {
  const now = play.state.clock;
  const ids = everyone(play).map((one) => one.id).sort();
  const rounds = Math.min(MOST_ROUNDS, Math.floor(seconds / ROUND));
  const from = now - seconds;
  for (let round = 1; round <= rounds && ids.some((id) => isBusy(play, id)); round++) {
    for (const id of ids) tickRound(play, id, from + round * ROUND);
  }
  for (const id of ids) settle(play, id, from, now);
}

function isBusy(play: Play, id: CreatureId): boolean {
  const one = play.state.characters[id];
  if (!one) return false;
  return one.life === "dying" || one.effects.some((effect) => effect.record.tick || effect.record.save);
}

function tickRound(play: Play, id: CreatureId, clock: number): void {
  expire(play, id, clock);
  for (const effect of effectsOf(play, id)) if (effect.record.tick) tick(play, id, effect);
  for (const effect of effectsOf(play, id)) saveToEnd(play, id, effect);
  if (play.state.characters[id]?.life === "dying") rollDeathSave(play, id);
}

/** Ends what ran out, gets up, notices that nothing is left to concentrate on; the stable wake when an hour is full. */
function settle(play: Play, id: CreatureId, from: number, now: number): void {
  expire(play, id, now);
  for (const effect of effectsOf(play, id)) {
    if (effect.record.condition === "prone") endEffect(play, id, effect.id, "time");
  }
  const one = play.state.characters[id];
  if (!one) return;
  if (one.life === "stable" && Math.floor(from / 3600) < Math.floor(now / 3600)) {
    play.emit({ type: "Healed", creature: id, amount: 1, hp: 1, by: "rest" });
    wake(play, id, 1);
  }
  const held = one.concentration;
  if (held !== null && !everyone(play).some((other) => other.effects.some((effect) => effect.id === held))) {
    endConcentration(play, id, "time");
  }
}

function everyone(play: Play) {
  return Object.values(play.state.characters);
}

/**
 * One death save (SRD 5.1): 10 or more counts for life, 1 fails twice, 20 brings 1 hit point; three of a kind decide.
 */
export function rollDeathSave(play: Play, id: CreatureId): void {
  const one = play.state.characters[id];
  if (!one || one.life !== "dying") return;
  const roll = play.dice("save").d20(0);
  const natural = roll.rolls[0] ?? 0;
  const successes = one.deathSaves.successes + (natural >= 10 ? 1 : 0);
  const failures = one.deathSaves.failures + (natural === 1 ? 2 : natural < 10 ? 1 : 0);
  play.emit({
    type: "DeathSaveRolled",
    creature: id,
    roll,
    successes: Math.min(3, successes),
    failures: Math.min(3, failures),
  });
  if (natural === 20) heal(play, { target: id, amount: 1, by: "deathSave" });
  else if (failures >= 3) die(play, id, "dead");
  else if (successes >= 3) stabilise(play, id);
}
