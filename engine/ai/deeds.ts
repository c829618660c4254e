/** Everything that is neither a strike nor a spell: features, bandages, doors, running, waiting on guard. */
import { refuseDoor } from "../combat/door.ts";
import { refuseAction, refuseBandage, refuseGuard } from "../combat/verbs.ts";
import { findCreature } from "../core/fold.ts";
import { adjacent, NEIGHBOURS, NO_WAY } from "../grid/mod.ts";
import { featureChoices, featureFault } from "../magic/mod.ts";
import type { PlayerIntent } from "../types/command.ts";
import type { Creature } from "../types/creature.ts";
import type { Point } from "../types/ids.ts";
import type { WorldState } from "../types/state.ts";
import type { Mind } from "./mind.ts";
import { opensDoor } from "./mind.ts";
import { incoming } from "./places.ts";
import { mendValue } from "./spells.ts";
import type { Option } from "./strikes.ts";

/** Bandages it could give from where it stands in `state`, and the features it could use; those only where it `stays`. */
export function helps(mind: Mind, state: WorldState, stays: boolean): readonly Option[] {
  const out: Option[] = [];
  for (const friend of mind.friends) {
    if (friend.creature.life !== "dying" || mind.weights.mend === 0) continue;
    if (refuseBandage(state, mind.me.id, friend.id)) continue;
    const value = mind.weights.mend * urgency(friend.creature);
    out.push({ intent: { type: "Bandage", character: mind.me.id, ally: friend.id }, value });
  }
  if (!stays) return out;
  for (const intent of featureChoices(state, mind.me)) {
    const value = featureValue(mind, intent);
    if (value > 0 && !featureFault(state, intent)) out.push({ intent, value });
  }
  return out;
}

/** Two failed death saves leave no time, none leaves some. */
function urgency(friend: Creature): number {
  const failures = friend.type === "character" ? friend.deathSaves.failures : 0;
  return failures >= 2 ? 1.6 : failures === 1 ? 1 : 0.6;
}

type FeatureIntent = Extract<PlayerIntent, { type: "UseFeature" }>;

function featureValue(mind: Mind, intent: FeatureIntent): number {
  const { me } = mind;
  const thrift = mind.weights.thrift * 0.05;
  switch (intent.feature) {
    case "secondWind":
      return mendValue(mind, me, 7) * 2 - thrift;
    case "layOnHands": {
      const target = findCreature(mind.state, intent.target ?? me.id);
      if (!target) return 0;
      if (intent.choice === "cure") return mind.weights.mend * 0.3;
      return mendValue(mind, target, 5) - thrift;
    }
    case "channelDivinity":
      if (intent.choice === "sacredWeapon") return mind.spends ? 0.4 : 0;
      return intent.choice === "turnUndead" ? turnValue(mind) : preserveValue(mind);
    case "divineSmite":
      return mind.spends && intent.amount === 1 && mind.foes.some((foe) => adjacent(mind.own, foe.place)) &&
          mind.own.budget.action > 0
        ? 1.5
        : 0;
    case "actionSurge":
      return mind.spends && mind.own.budget.action === 0 && mind.foes.some((foe) => adjacent(mind.own, foe.place))
        ? 0.6
        : 0;
    case "aggressive":
      return chargeValue(mind);
    case "cunningAction":
      return cunningValue(mind, intent.choice);
    default:
      return 0;
  }
}

/** Running on is worth it when nobody is near enough to strike. */
function chargeValue(mind: Mind): number {
  const way = mind.flow()[mind.own.at[1] * mind.battle.field.width + mind.own.at[0]] ?? NO_WAY;
  return way > mind.own.budget.movement + 5 ? 0.4 : 0;
}

function turnValue(mind: Mind): number {
  const undead = mind.foes.length;
  return mind.spends || undead > 3 ? mind.weights.bind * Math.min(4, undead) * 0.5 : 0;
}

function preserveValue(mind: Mind): number {
  const fallen = mind.friends.filter((one) => one.creature.life === "dying").length;
  return mind.weights.mend * (fallen * 1.4 + (mind.spends ? 0.3 : 0));
}

/** Slipping away is for those beside a foe who would rather not be; hiding for whoever can. */
function cunningValue(mind: Mind, choice: string | undefined): number {
  const pressed = mind.foes.some((foe) => foe.able && foe.reach > 0 && adjacent(mind.own, foe.place));
  if (choice === "slip") return pressed && mind.own.budget.movement >= 10 ? mind.weights.risk * 0.15 : 0;
  if (choice === "hide") return mind.own.attacked === undefined && mind.own.budget.action > 0 ? 0.3 : 0.1;
  return 0;
}

/** What to do with an action when nothing better offers, and doors in the way. `idle`: there was nothing to strike. */
export function waits(mind: Mind, idle: boolean): readonly Option[] {
  const { me, own, state } = mind;
  const out: Option[] = [];
  const way = mind.flow()[own.at[1] * mind.battle.field.width + own.at[0]] ?? NO_WAY;
  if (idle) {
    const door = doorAhead(mind, way);
    if (door) out.push({ intent: { type: "OpenDoor", character: me.id, square: door }, value: 0.5 });
  }
  if (refuseAction(state, me.id)) return out;
  const pressed = mind.foes.some((foe) => foe.able && adjacent(own, foe.place));
  if (mind.flees && pressed && !own.slipping) out.push({ intent: { type: "Slip", character: me.id }, value: 0.6 });
  if (idle && way !== NO_WAY && (mind.flees || (!mind.shoots && way > 5 && way < 400))) {
    out.push({ intent: { type: "Dash", character: me.id }, value: mind.flees ? 0.5 : 0.25 });
  }
  if (!mind.flees && idle && way <= 60 && !refuseGuard(state, me.id)) {
    out.push({ intent: { type: "Guard", character: me.id }, value: way === NO_WAY ? 0.1 : 0.2 });
  }
  const fear = Math.min(1, incoming(mind, own.at) / Math.max(1, me.hp));
  out.push({ intent: { type: "Dodge", character: me.id }, value: 0.02 + mind.weights.risk * fear * 0.2 });
  return out;
}

/** A shut door beside it that leads nearer to where it wants to go. */
function doorAhead(mind: Mind, way: number): Point | undefined {
  if (mind.wit < 6) return undefined;
  const { own, battle, state } = mind;
  for (const [dx, dy] of NEIGHBOURS) {
    const at: Point = [own.at[0] + dx, own.at[1] + dy];
    const beyond = mind.flow()[at[1] * battle.field.width + at[0]] ?? NO_WAY;
    const leads = beyond !== NO_WAY && (way === NO_WAY || beyond < way);
    if (leads && opensDoor(state, battle, at[0], at[1]) && !refuseDoor(state, mind.me.id, at)) return at;
  }
  return undefined;
}
