/** Steps and turns of the party (game design 4.2). */
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import { spotGroups } from "../encounter/spot.ts";
import { noteQuests } from "../quest/note.ts";
import type { Point } from "../types/ids.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";
import { faceOf, isOpenDoor, neighbour, turned } from "./geometry.ts";
import { gather, partyFault } from "./gather.ts";
import { lookAround } from "./look.ts";
import { noticeSecrets, searchHere } from "./search.ts";
import { passTime } from "./time.ts";

/** Seconds of one step, and of one while searching. */
export const STEP_SECONDS = 60;
export const CAREFUL_SECONDS = 600;

/** What stops a step ahead, or undefined. */
export function stepFault(state: WorldState): Rejection | undefined {
  const { level: id, at, facing } = state.party;
  const level = state.levels[id];
  if (!level) return reject("move/blocked");
  const face = faceOf(level, at, facing, state.known[id]?.found ?? {});
  if (face.type === "wall") return reject("move/blocked", { facing });
  if (face.type === "door" && !isOpenDoor(face.door)) {
    const kind = face.door.kind;
    if (face.door.pass === 2) return reject("move/locked", { kind, edge: face.edge });
    if (face.door.pass === 3) return reject("move/barred", { kind, edge: face.edge });
    return reject("move/door_shut", { kind, edge: face.edge });
  }
  return undefined;
}

/** Moves the party one cell and settles what comes of it. True when it may walk on undisturbed and saw nothing new. */
export function walk(play: Play, to: Point, travelling: boolean): boolean {
  play.emit({ type: "PartyMoved", to });
  const searching = play.state.party.searching && !travelling;
  const calm = passTime(play, searching ? CAREFUL_SECONDS : STEP_SECONDS);
  const fresh = lookAround(play);
  noteQuests(play);
  if (play.state.mode !== "explore") return false;
  if (spotGroups(play)) return false;
  const found = searching ? searchHere(play, 0) : noticeSecrets(play, travelling);
  return calm && !fresh && !found;
}

/** One step ahead: a minute, ten while searching; a blocked one costs nothing and says why (game design 4.2). */
export function step(play: Play): Rejection | undefined {
  const fault = partyFault(play.state) ?? stepFault(play.state);
  if (fault) return fault;
  if (gather(play)) return undefined;
  walk(play, neighbour(play.state.party.at, play.state.party.facing), false);
  return undefined;
}

/** Turning takes no time. */
export function turn(play: Play, intent: IntentOf<"Turn">): Rejection | undefined {
  const fault = partyFault(play.state);
  if (fault) return fault;
  if (gather(play)) return undefined;
  play.emit({ type: "PartyTurned", facing: turned(play.state.party.facing, intent.to) });
  lookAround(play);
  spotGroups(play);
  return undefined;
}
