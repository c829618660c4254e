/** Opening a door in battle: the first in a turn is free, a further one costs the action. */
import { findCreature } from "../core/fold.ts";
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import { isAble } from "../effects/mod.ts";
import { distanceBetween, isShutDoor } from "../grid/mod.ts";
import type { CreatureId, EdgeKey, Point } from "../types/ids.ts";
import type { Door } from "../types/area.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";
import { canSpend, spend } from "./budget.ts";

export function refuseDoor(state: WorldState, id: CreatureId, square: Point): Rejection | undefined {
  const battle = state.battle;
  const own = battle?.on[id];
  const creature = findCreature(state, id);
  if (!battle || !own || !creature || !isAble(creature)) return reject("combat/incapacitated");
  if (!isShutDoor(battle.field, square)) return reject("move/nothing_there");
  if (distanceBetween(own, { at: square, size: 1 }) > 5) return reject("combat/not_adjacent");
  const door = doorAt(state, square);
  if (!door || door.pass === 0) return reject("move/nothing_there");
  if (door.pass === 2) return reject("move/locked", { dc: door.dc });
  if (door.pass === 3) return reject("move/barred", { dc: door.dc });
  return canSpend(state, id, { freeHand: 1 }) || canSpend(state, id, { action: 1 })
    ? undefined
    : reject("combat/no_action");
}

export function openDoorRule(play: Play, { character, square }: IntentOf<"OpenDoor">): Rejection | undefined {
  const refused = refuseDoor(play.state, character, square);
  if (refused) return refused;
  const edge = edgeAt(play.state, square);
  const door = doorAt(play.state, square);
  const level = play.state.battle?.field.level;
  if (!edge || !door || !level) return reject("move/nothing_there");
  spend(play, character, canSpend(play.state, character, { freeHand: 1 }) ? { freeHand: 1 } : { action: 1 });
  play.emit({ type: "FieldDoorOpened", creature: character, at: square, open: true });
  play.emit({ type: "DoorChanged", level, edge, open: true, pass: door.pass });
  return undefined;
}

function edgeAt(state: WorldState, [x, y]: Point): EdgeKey | undefined {
  return state.battle?.field.edges[`${x},${y}`];
}

function doorAt(state: WorldState, square: Point): Door | undefined {
  const edge = edgeAt(state, square);
  const level = state.battle ? state.levels[state.battle.field.level] : undefined;
  return edge ? level?.doors[edge] : undefined;
}
