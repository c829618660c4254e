/** A world ends for good: its seed is revealed, and everybody goes home. */
import type { Play } from "../core/play.ts";
import { type IntentOf, reject } from "../core/rule.ts";
import type { Rejection } from "../types/rejection.ts";
import { goHome } from "./home.ts";

/**
 * WorldEnded, then what each character leaves behind and CharacterLeft. Whatever was going on is over with it, a fight too:
 * nobody has to win a battle to close a world. Refused where `name` is not the world's own.
 */
export function endWorld(play: Play, intent: IntentOf<"EndWorld">): Rejection | undefined {
  const { state, by, at } = play;
  if (by.type !== "seat") return reject("world/not_host");
  if (intent.name.trim() !== state.name.trim()) return reject("world/wrong_name");
  play.emit({ type: "WorldEnded", seat: by.seat, at, seed: state.seed, seedHash: state.seedHash });
  for (const character of Object.values(state.characters)) goHome(play, character);
  return undefined;
}
