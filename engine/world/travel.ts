/** Travel: many known steps in one command, ended by whatever deserves a decision (game design 4.2). */
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import { spotGroups } from "../encounter/spot.ts";
import type { EventOf } from "../types/event.ts";
import type { Point } from "../types/ids.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";
import { cellKey, facingTo, samePoint } from "./geometry.ts";
import { lookAround } from "./look.ts";
import { gather, partyFault } from "./gather.ts";
import { stepFault, walk } from "./move.ts";
import { destination, lockedDoor, reach, type Reached, unknownDoor, wayTo } from "./route.ts";

type StopReason = EventOf<"TravelStopped">["why"];

/** No walk on one level is longer than its cells. */
const STEPS_MAX = 256;

/** The way a Travel would take from here; `known` is everything in reach. */
export function planTravel(
  state: WorldState,
  to: IntentOf<"Travel">["to"],
  reached: Reached | undefined = reachedNow(state),
): { readonly way: readonly Point[] } | Rejection {
  const level = state.levels[state.party.level];
  const known = level && state.known[level.id];
  if (!level || !known || !reached) return reject("move/no_way");
  if (typeof to === "object" && (to.level !== level.id || known.cells[cellKey(to.at)] === undefined)) {
    return reject("move/unknown_cell");
  }
  const goal = destination(state, to, reached);
  if (!goal) return reject("move/no_way");
  const way = wayTo(reached, goal);
  const first = way[0];
  if (!first) return reject("move/nothing_there");
  const facing = facingTo(state.party.at, first);
  if (way.length > 0 && facing === state.party.facing) {
    const fault = stepFault(state);
    if (fault) return fault;
  }
  return { way };
}

/** Everything in reach over known ground from where the party stands. */
export function reachedNow(state: WorldState): Reached | undefined {
  const level = state.levels[state.party.level];
  const known = level && state.known[level.id];
  return level && known ? reach(level, known, state.party.at) : undefined;
}

/** Walks a known way until it arrives or something deserves a decision. */
export function travel(play: Play, intent: IntentOf<"Travel">): Rejection | undefined {
  const fault = partyFault(play.state);
  if (fault) return fault;
  if (gather(play)) return undefined;
  const plan = planTravel(play.state, intent.to);
  if ("code" in plan) return plan;
  const why = follow(play, plan.way);
  if (play.state.mode === "explore") faceDoor(play, intent.to);
  play.emit({ type: "TravelStopped", why });
  return undefined;
}

function follow(play: Play, way: readonly Point[]): StopReason {
  for (const [count, to] of way.slice(0, STEPS_MAX).entries()) {
    const facing = facingTo(play.state.party.at, to);
    if (!facing) return "blocked";
    if (facing !== play.state.party.facing) {
      play.emit({ type: "PartyTurned", facing });
      const fresh = lookAround(play);
      if (spotGroups(play)) return "foe";
      if (fresh && count > 0) return "new";
    }
    const fault = stepFault(play.state);
    if (fault) return fault.code === "move/blocked" ? "blocked" : "door";
    const lit = play.state.party.light !== null;
    const calm = walk(play, to, true);
    if (play.state.mode !== "explore") return "foe";
    if (lit && play.state.party.light === null) return "light";
    if (!calm) return samePoint(to, way.at(-1) ?? to) ? "arrived" : "new";
  }
  return "arrived";
}

/** At the end of the way, looks at the door it came for. */
function faceDoor(play: Play, to: IntentOf<"Travel">["to"]): void {
  const { level: id, at, facing } = play.state.party;
  const level = play.state.levels[id];
  const known = play.state.known[id];
  if (!level || !known) return;
  const wanted = to === "frontier"
    ? unknownDoor(level, known, at)
    : to === "lockedDoor"
    ? lockedDoor(level, known, at)
    : undefined;
  if (wanted === undefined || wanted === facing) return;
  play.emit({ type: "PartyTurned", facing: wanted });
  lookAround(play);
  spotGroups(play);
}
