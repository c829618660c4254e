/** Dealing with what is ahead or under foot: doors, stairs, caches. */
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import { spotGroups } from "../encounter/spot.ts";
import { noteQuests } from "../quest/note.ts";
import type { Cache, CellFeature } from "../types/area.ts";
import type { ItemStack } from "../types/creature.ts";
import type { Rejection } from "../types/rejection.ts";
import type { WorldState } from "../types/state.ts";
import { workDoor } from "./door.ts";
import { gather, partyFault } from "./gather.ts";
import { cellKey } from "./geometry.ts";
import { lookAround } from "./look.ts";
import { STEP_SECONDS } from "./move.ts";
import { templeFault, visitTemple } from "./temple.ts";
import { passTime } from "./time.ts";

/** Stacks the party's stash holds (game design 8). */
export const STASH_MAX = 60;

export function featureHere(state: WorldState): CellFeature | undefined {
  return state.levels[state.party.level]?.features[cellKey(state.party.at)];
}

/** Treasure on the party's cell that nobody carries. */
export function cacheHere(state: WorldState): Cache | undefined {
  const level = state.levels[state.party.level];
  const feature = featureHere(state);
  if (!level || feature?.type !== "cache") return undefined;
  const cache = level.caches[feature.cache];
  return cache && !cache.taken && cache.heldBy === undefined ? cache : undefined;
}

/** What of a cache fits: plot keys always do. */
function fitting(state: WorldState, cache: Cache): readonly ItemStack[] {
  let room = STASH_MAX - state.party.stash.length;
  return cache.items.filter((stack) => {
    if (stack.plot) return true;
    room -= 1;
    return room >= 0;
  });
}

function takeFault(state: WorldState): Rejection | undefined {
  const cache = cacheHere(state);
  if (!cache) return reject("move/nothing_there");
  if (cache.coins === 0 && fitting(state, cache).length === 0) return reject("item/stash_full", { limit: STASH_MAX });
  return undefined;
}

/** What stops taking stairs or a cache, or going to the temple; or undefined. */
export function hereFault(state: WorldState, how: "stairs" | "take" | "temple"): Rejection | undefined {
  if (how === "take") return takeFault(state);
  if (how === "temple") return templeFault(state);
  return featureHere(state)?.type === "stairs" ? undefined : reject("move/nothing_there");
}

function takeStairs(play: Play): void {
  const feature = featureHere(play.state);
  if (feature?.type !== "stairs") return;
  const { level, at } = feature.to;
  const target = play.state.levels[level];
  const arrives = target && target.entry.at[0] === at[0] && target.entry.at[1] === at[1];
  const facing = arrives ? target.entry.facing : play.state.party.facing;
  play.emit({ type: "LevelEntered", level, to: at, facing });
  passTime(play, STEP_SECONDS);
}

function takeCache(play: Play): void {
  const cache = cacheHere(play.state);
  if (!cache) return;
  play.emit({
    type: "CacheTaken",
    level: play.state.party.level,
    cache: cache.id,
    coins: cache.coins,
    items: fitting(play.state, cache),
  });
}

export function interact(play: Play, intent: IntentOf<"Interact">): Rejection | undefined {
  const fault = partyFault(play.state);
  if (fault) return fault;
  if (gather(play)) return undefined;
  const refused = handle(play, intent);
  if (refused) return refused;
  lookAround(play);
  noteQuests(play);
  spotGroups(play);
  return undefined;
}

function handle(play: Play, intent: IntentOf<"Interact">): Rejection | undefined {
  if (intent.how !== "stairs" && intent.how !== "take" && intent.how !== "temple") {
    return workDoor(play, intent.how, intent.character);
  }
  const fault = hereFault(play.state, intent.how);
  if (fault) return fault;
  if (intent.how === "temple") visitTemple(play);
  else if (intent.how === "stairs") takeStairs(play);
  else takeCache(play);
  return undefined;
}
