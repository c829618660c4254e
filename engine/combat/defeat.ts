/** Defeat that goes on: overrun by captors or beasts, rescue by the temple (game design 17, simplest form). */
import { maxSlots } from "../character/mod.ts";
import { monster } from "../content/mod.ts";
import type { Play } from "../core/play.ts";
import { endEffectsWhere, tickPeace } from "../effects/mod.ts";
import type { Level } from "../types/area.ts";
import type { EventOf } from "../types/event.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Battle, WorldState } from "../types/state.ts";
import { finishDeathSaves } from "./death.ts";

const HOUR = 3_600;
/** Robbers leave their victims lying this long. */
const OVERRUN_SECONDS = 8 * HOUR;
const RESCUE_SECONDS = 7 * 24 * HOUR;
/** Below this score a foe has no use for coins. */
const BEAST_WIT = 4;

/** Ends a lost battle: whoever lives wakes at the first level's entry; if nobody does, the temple brings all back. */
export function loseBattle(play: Play, end: EventOf<"CombatEnded">): void {
  const battle = play.state.battle;
  if (!battle) return;
  const robbers = areRobbers(play.state, battle);
  for (const id of partyIn(battle)) finishDeathSaves(play, id);
  const alive = partyIn(battle).filter((id) => isAlive(play.state, id));
  play.emit(end);
  const level = firstLevel(play.state);
  if (!level) return;
  const place = { level: level.id, to: level.entry.at, facing: level.entry.facing };
  if (alive.length > 0) {
    const coins = robbers ? Math.floor(play.state.party.purse / 2) : 0;
    play.emit({ type: "PartyOverrun", by: robbers ? "robbers" : "beasts", coins, ...place });
    wakeAll(play, alive);
    passHours(play, OVERRUN_SECONDS);
    return;
  }
  const fee = Math.floor(play.state.party.purse / 10);
  play.emit({ type: "PartyRescued", fee, ...place });
  const all = play.state.party.order.filter((id) => play.state.characters[id] !== undefined);
  for (const id of all) {
    const one = play.state.characters[id];
    if (one) play.emit({ type: "LifeChanged", creature: id, life: "up", hp: one.maxHp, why: "raised" });
  }
  passHours(play, RESCUE_SECONDS);
  restAll(play, all);
}

/**
 * After a battle the party left on its own feet: those who fled come together, the dying are tended. With companions to
 * tend them they live; left behind on a field given up they finish their death saves first.
 */
export function bringRound(play: Play, battle: Battle): void {
  const held = partyIn(battle).some((id) => play.state.characters[id]?.life === "up");
  for (const id of partyIn(battle)) {
    if (!held) finishDeathSaves(play, id);
    const one = play.state.characters[id];
    if (!one || one.life === "dead" || one.life === "up") continue;
    play.emit({ type: "LifeChanged", creature: id, life: "up", hp: Math.max(1, one.hp), why: "up" });
  }
}

/** On its feet at 1 hit point; what gnawed at it has had its fill, so that nobody dies of it in the long sleep. */
function wakeAll(play: Play, ids: readonly CreatureId[]): void {
  for (const id of ids) {
    endEffectsWhere(play, id, (one) => one.record.tick !== undefined, "time");
    play.emit({ type: "LifeChanged", creature: id, life: "up", hp: 1, why: "up" });
  }
}

function passHours(play: Play, seconds: number): void {
  play.emit({ type: "TimePassed", seconds });
  tickPeace(play, seconds);
}

/** A week in the temple's care is more than a long rest (SRD 5.1, Resting). */
function restAll(play: Play, ids: readonly CreatureId[]): void {
  const characters = ids.flatMap((id) => {
    const one = play.state.characters[id];
    if (!one) return [];
    const hitDice = one.classes.reduce((sum, { level }) => sum + level, 0);
    return [{ id, hp: one.maxHp, slots: maxSlots(one), used: {}, hitDice, life: "up" as const }];
  });
  play.emit({ type: "Rested", kind: "long", characters });
}

/** The level everything began on. */
export function firstLevel(state: WorldState): Level | undefined {
  return Object.values(state.levels).sort((a, b) => a.depth - b.depth || (a.id < b.id ? -1 : 1))[0];
}

function areRobbers(state: WorldState, battle: Battle): boolean {
  return Object.values(state.battle?.monsters ?? battle.monsters).some((foe) => {
    const record = monster(foe.monster);
    return foe.life === "up" && record.abilities.int >= BEAST_WIT && !record.traits.includes("mindless");
  });
}

function partyIn(battle: Battle): readonly CreatureId[] {
  return battle.order.filter((id) => battle.on[id]?.side === "party");
}

function isAlive(state: WorldState, id: CreatureId): boolean {
  const life = state.characters[id]?.life;
  return life !== undefined && life !== "dead";
}
