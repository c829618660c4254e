/** Short and long rests, with what may come by in the night (SRD 5.1, Resting; game design 8). */
import { levelOf, maxSlots } from "../character/mod.ts";
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import { endEffectsWhere } from "../effects/mod.ts";
import { callWanderers, meetGroup } from "../encounter/mod.ts";
import type { Character } from "../types/creature.ts";
import type { EventOf } from "../types/event.ts";
import type { CreatureId } from "../types/ids.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";
import { bringBack } from "../world/collapse.ts";
import { passTime } from "../world/time.ts";
import { eat, rationsHeld, rationsNeeded } from "./food.ts";
import { isCleared, isSafe } from "./place.ts";

type Kind = "short" | "long";
type RestedOne = EventOf<"Rested">["characters"][number];

const SECONDS: Readonly<Record<Kind, number>> = { short: 3_600, long: 28_800 };
const DAY = 86_400;
/** Features that a short rest gives back (SRD 5.1); everything else waits for a long one. */
const BACK_AFTER_SHORT: readonly string[] = ["secondWind", "actionSurge", "channelDivinity"];

export function rest(play: Play, intent: IntentOf<"Rest">): Rejection | undefined {
  const { kind } = intent;
  const refused = cannotRest(play.state, kind);
  if (refused) return refused;
  const before = doneBefore(play.state, kind);
  if (kind === "long" && before === 0 && needsFood(play.state)) eat(play);
  play.emit({ type: "RestStarted", kind });
  if (!sleepThrough(play, kind, before)) return undefined;
  finishRest(play, kind);
  return undefined;
}

/** Why this rest cannot begin; undefined when it can. Said before any time passes. */
export function cannotRest(state: WorldState, kind: Kind): Rejection | undefined {
  const living = livingMembers(state);
  if (living.length === 0) return reject("character/none");
  if (kind === "short") return undefined;
  const end = state.clock + SECONDS.long - doneBefore(state, kind);
  if (!living.some((one) => isDue(one, end))) return reject("character/rested", { hours: 24 });
  const needed = rationsNeeded(state);
  if (doneBefore(state, kind) === 0 && needsFood(state) && rationsHeld(state) < needed) {
    return reject("item/unknown", { item: "ration", needed, held: rationsHeld(state) });
  }
  return undefined;
}

/** No one benefits from a second long rest within 24 hours (SRD 5.1). */
function isDue(character: Character, end: number): boolean {
  return character.lastLongRest === null || end - character.lastLongRest >= DAY;
}

function needsFood(state: WorldState): boolean {
  return !isSafe(state) && !isCleared(state);
}

/** Seconds already rested before an interruption that did not spoil it. */
function doneBefore(state: WorldState, kind: Kind): number {
  const { resting } = state.party;
  return resting && resting.kind === kind && state.clock <= resting.until ? resting.done : 0;
}

/** Lets the hours go by; false when something broke them off. */
function sleepThrough(play: Play, kind: Kind, before: number): boolean {
  const level = play.state.levels[play.state.party.level];
  const quiet = isSafe(play.state) || !level || level.restPercent <= 0;
  const period = Math.max(600, level?.restPeriod ?? SECONDS.short);
  let done = before;
  while (done < SECONDS[kind]) {
    const part = Math.min(period, SECONDS[kind] - done);
    passTime(play, part);
    done += part;
    if (livingMembers(play.state).length === 0) {
      play.emit({ type: "CampBroken" });
      bringBack(play);
      return false;
    }
    if (quiet || part < period || done >= SECONDS[kind]) continue;
    const roll = play.dice("rest").roll("1d100");
    if (roll.total > level.restPercent) continue;
    const group = callWanderers(play, roll);
    play.emit({ type: "RestInterrupted", kind, group, afterSeconds: done, roll });
    meetGroup(play, group, { distance: 1, surprise: false, camp: true });
    return false;
  }
  return true;
}

function finishRest(play: Play, kind: Kind): void {
  const end = play.state.clock;
  const whole = kind === "long" ? livingMembers(play.state).filter((one) => isDue(one, end)) : [];
  for (const one of whole) wearOff(play, one);
  const characters = kind === "long"
    ? whole.map(({ id }) => id).flatMap((id) => restedLong(play.state.characters[id]))
    : livingMembers(play.state).map(restedShort);
  play.emit({ type: "Rested", kind, characters });
}

/** What lasts until a rest ends, and one step of exhaustion goes. */
function wearOff(play: Play, character: Character): void {
  const tired = character.effects.filter((one) => one.record.condition === "exhaustion").at(-1);
  endEffectsWhere(play, character.id, (one) => one.endsAt === "rest" || one === tired, "rest");
}

/** All hit points, all slots, all features, half the hit dice (at least one). */
function restedLong(one: Character | undefined): readonly RestedOne[] {
  if (!one) return [];
  const level = levelOf(one);
  return [{
    id: one.id,
    hp: one.maxHp,
    slots: maxSlots(one),
    used: {},
    hitDice: Math.min(level, one.hitDice + Math.max(1, Math.floor(level / 2))),
    life: "up",
  }];
}

/** Some features; the senseless come round with one hit point. */
function restedShort(one: Character): RestedOne {
  return {
    id: one.id,
    hp: Math.max(1, one.hp),
    slots: one.slots,
    used: Object.fromEntries(Object.entries(one.used).filter(([feature]) => !BACK_AFTER_SHORT.includes(feature))),
    hitDice: one.hitDice,
    life: "up",
  };
}

export function livingMembers(state: WorldState): readonly Character[] {
  return state.party.order.flatMap((id: CreatureId) => {
    const one = state.characters[id];
    return one && one.life !== "dead" ? [one] : [];
  });
}
